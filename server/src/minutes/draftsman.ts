import { Worker } from 'node:worker_threads';
import type { Paper } from './paper.ts';

export type PaperFormat = 'docx' | 'pdf';

export interface DrawingOrder {
  readonly paper: Paper;
  readonly format: PaperFormat;
}

/** How many may wait to have something drawn; who comes later is asked to try again. */
const queueLimit = 12;
/** Drawings kept: after a meeting many ask for the same one within minutes. */
const kept = 8;
/** Milliseconds after which a drawing is given up. */
const patience = 30_000;
/** Megabytes that one drawing may take. */
const memory = 192;

/** Draws papers one at a time in a thread beside the meetings, and keeps the newest ones. */
export class Draftsman {
  readonly #drawn = new Map<string, Promise<Uint8Array>>();
  #last: Promise<unknown> = Promise.resolve();
  #waiting = 0;
  #thread: Worker | null = null;
  #closed = false;

  /**
   * @param key names the paper: the same key is the same paper.
   * @returns null when too many wait already. Rejects when the drawing failed.
   */
  draw(key: string, order: DrawingOrder): Promise<Uint8Array> | null {
    const name = `${key} ${order.format}`;
    const known = this.#drawn.get(name);
    if (known) return known;
    if (this.#closed || this.#waiting >= queueLimit) return null;
    this.#waiting += 1;
    const drawing = this.#last
      .then(() => this.#inThread(order))
      .finally(() => {
        this.#waiting -= 1;
      });
    this.#last = drawing.catch(() => {
      this.#drawn.delete(name);
    });
    this.#drawn.set(name, drawing);
    const [oldest] = this.#drawn.keys();
    if (this.#drawn.size > kept && oldest !== undefined) this.#drawn.delete(oldest);
    return drawing;
  }

  /** Gives up what is being drawn; nothing is drawn any more. */
  async close(): Promise<void> {
    this.#closed = true;
    await this.#thread?.terminate();
    await this.#last;
  }

  #inThread(workerData: DrawingOrder): Promise<Uint8Array> {
    if (this.#closed) return Promise.reject(new Error('the server is stopping'));
    return new Promise((resolve, reject) => {
      const thread = new Worker(new URL('./drawing-thread.ts', import.meta.url), {
        workerData,
        resourceLimits: { maxOldGenerationSizeMb: memory },
      });
      this.#thread = thread;
      const timer = setTimeout(() => void thread.terminate(), patience);
      thread.once('message', resolve);
      thread.once('error', reject);
      thread.once('exit', () => {
        clearTimeout(timer);
        this.#thread = null;
        reject(new Error('the drawing ended without a paper'));
      });
    });
  }
}
