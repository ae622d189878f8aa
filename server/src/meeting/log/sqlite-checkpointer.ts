import { flushCompileCache } from 'node:module';
import { DatabaseSync } from 'node:sqlite';
import { parentPort, workerData } from 'node:worker_threads';
import type { CheckpointAnswer, CheckpointRequest, SqliteWorkerData } from './sqlite-messages.ts';

/** The thread that takes the journal's pages over into the database: commits go on meanwhile. */

const port = parentPort;
if (!port) throw new Error('this file runs as a worker thread');

// Set by the thread that starts this one, from typed values.
const { path }: SqliteWorkerData = workerData;
const database = new DatabaseSync(path, { timeout: 2_000 });
// As for the commits: pages are on the disk before the journal that holds them too is written over.
database.exec('PRAGMA synchronous = FULL');
const checkpoint = database.prepare('PRAGMA wal_checkpoint(PASSIVE)');

function take(): CheckpointAnswer {
  try {
    return { pages: Number(checkpoint.get()?.log ?? 0) };
  } catch {
    // A full disk, most likely: the journal keeps what it has, and a later one tries again.
    return { pages: 0 };
  }
}

port.on('message', (request: CheckpointRequest) => {
  if (request === 'take') return port.postMessage(take());
  database.close();
  port.close();
});

// A thread ends with its process, and would never write it by itself.
flushCompileCache();
