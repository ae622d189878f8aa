import { Worker } from 'node:worker_threads';
import type { Sheet } from './member-sheet.ts';

/** Milliseconds after which a list is given up; one of 2,000 rows takes a tenth of this. */
const patience = 10_000;
/** Megabytes that reading one may take. */
const memory = 128;

let last: Promise<unknown> = Promise.resolve();

/**
 * Reads an uploaded list in a thread beside the meetings, one after another.
 * @returns the table in an XLSX or CSV file; null when the file is neither, is too large, or takes too long.
 */
export function readUploadedSheet(file: Buffer): Promise<Sheet | null> {
  const reading = last.then(() => inThread(file));
  last = reading;
  return reading;
}

function inThread(file: Buffer): Promise<Sheet | null> {
  return new Promise((resolve) => {
    const thread = new Worker(new URL('./sheet-thread.ts', import.meta.url), {
      workerData: new Uint8Array(file),
      resourceLimits: { maxOldGenerationSizeMb: memory },
      // What a library prints about a broken file is nothing for the server's log.
      stdout: true,
      stderr: true,
    });
    const timer = setTimeout(() => void thread.terminate(), patience);
    thread.once('message', resolve);
    // Out of memory, or a fault of the library: to the person it is one more file that is no list.
    thread.once('error', () => resolve(null));
    thread.once('exit', () => {
      clearTimeout(timer);
      resolve(null);
    });
  });
}
