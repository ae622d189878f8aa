import { flushCompileCache } from 'node:module';
import { parentPort, workerData } from 'node:worker_threads';
import type { DrawingOrder } from './draftsman.ts';

/** A thread that draws one paper and ends: layout takes a second of pure computing, which no meeting may wait for. */

const port = parentPort;
if (!port) throw new Error('this file runs as a worker thread');

// Set by the thread that starts this one, from typed values.
const { paper, format }: DrawingOrder = workerData;

async function draw(): Promise<Uint8Array> {
  switch (format) {
    case 'docx':
      return (await import('./docx.ts')).docxOf(paper);
    case 'pdf':
      return (await import('./pdf.ts')).pdfOf(paper);
    default: {
      const never: never = format;
      throw new Error(`no such format: ${never}`);
    }
  }
}

port.postMessage(await draw());

// A thread ends with its process, and would never write it by itself.
flushCompileCache();
