import { flushCompileCache } from 'node:module';
import { parentPort, workerData } from 'node:worker_threads';
import { readSheetOf } from './member-sheet.ts';

/** A thread that reads one uploaded list and ends: a hostile one may take its time and memory, and nobody else's. */

const port = parentPort;
if (!port) throw new Error('this file runs as a worker thread');

// Set by the thread that starts this one, from a file of bounded size.
const file: Uint8Array = workerData;

port.postMessage(await readSheetOf(Buffer.from(file)));

// A thread ends with its process, and would never write it by itself.
flushCompileCache();
