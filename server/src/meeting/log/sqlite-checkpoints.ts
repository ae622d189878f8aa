import { once } from 'node:events';
import { Worker } from 'node:worker_threads';
import type { CheckpointAnswer, CheckpointRequest, SqliteWorkerData } from './sqlite-messages.ts';

/** Pages that come into the journal before they are taken over into the database. */
const dueAfter = 1_000;
/** Pages that the journal may hold before the next commit waits for what is left of it: 32 MB. */
const mostPages = 8_000;
/** Milliseconds after which what came meanwhile is taken over too: in a quiet moment the journal begins anew. */
const restAfter = 250;

/**
 * Keeps the journal (WAL) of the event log short from a thread of its own. Done within a commit, as SQLite does by itself, it keeps
 * every meeting that rides on the commit waiting for two more writes to the disk and some hundred pages.
 */
export class Checkpoints {
  readonly #settings: SqliteWorkerData;
  /** Takes everything over at once, in the thread of the commits. */
  readonly #takeHere: () => void;
  #thread: Worker | null = null;
  #underWay: 'no' | 'yes' = 'no';
  #pagesSince = 0;
  #rest: NodeJS.Timeout | undefined;

  constructor(settings: SqliteWorkerData, takeHere: () => void) {
    this.#settings = settings;
    this.#takeHere = takeHere;
  }

  /** @param pages about how many a commit has written. */
  written(pages: number): void {
    this.#pagesSince += pages;
    if (this.#pagesSince >= dueAfter) this.#begin();
  }

  /** Resolves when the thread holds the database no longer. */
  async close(): Promise<void> {
    const thread = this.#thread;
    clearTimeout(this.#rest);
    if (!thread) return;
    this.#thread = null;
    const ended = once(thread, 'exit').catch(() => undefined);
    thread.postMessage('close' satisfies CheckpointRequest);
    await ended;
  }

  #begin(): void {
    if (this.#underWay === 'yes') return;
    clearTimeout(this.#rest);
    this.#pagesSince = 0;
    this.#underWay = 'yes';
    this.#thread ??= this.#start();
    this.#thread.postMessage('take' satisfies CheckpointRequest);
  }

  #start(): Worker {
    const thread = new Worker(new URL('./sqlite-checkpointer.ts', import.meta.url), {
      workerData: this.#settings,
    });
    thread.on('message', (answer: CheckpointAnswer) => this.#took(answer));
    thread.on('error', () => undefined);
    thread.on('exit', () => {
      this.#underWay = 'no';
      if (this.#thread !== thread) return;
      // It ended by itself: the journal must not grow for want of it.
      this.#thread = null;
      this.#takeHere();
    });
    return thread;
  }

  #took({ pages }: CheckpointAnswer): void {
    this.#underWay = 'no';
    if (this.#pagesSince === 0 || !this.#thread) return;
    // So many came at once that the journal never saw its end: what little is left is taken over between two commits.
    if (pages >= mostPages) this.#takeHere();
    else this.#rest = setTimeout(() => this.#begin(), restAfter);
  }
}
