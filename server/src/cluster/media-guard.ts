import { type ChildProcess, spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import type { RoomLog } from '../meeting/ports.ts';

const program = fileURLToPath(new URL('./media-guard-process.ts', import.meta.url));

/**
 * Ends this node's media workers when its lease has ended and the node does not see to it itself, because its process stands
 * still: nobody then hears a meeting that lives elsewhere by now.
 */
export class MediaGuard {
  readonly #log: RoomLog;
  readonly #pids: () => readonly number[];
  #child: ChildProcess | null = null;
  #closed = false;

  /** @param pids process ids of the media workers of the moment. */
  constructor(log: RoomLog, pids: () => readonly number[]) {
    this.#log = log;
    this.#pids = pids;
  }

  /** The lease stands for so many milliseconds more, whatever becomes of this process. */
  allow(milliseconds: number): void {
    if (this.#closed) return;
    this.#child ??= this.#start();
    this.#child.stdin?.write(`${Math.max(0, Math.round(milliseconds))} ${this.#pids().join(' ')}\n`);
  }

  close(): void {
    this.#closed = true;
    this.#child?.stdin?.end();
    this.#child = null;
  }

  #start(): ChildProcess {
    const child = spawn(process.execPath, ['--max-old-space-size=16', program], {
      stdio: ['pipe', 'ignore', 'ignore'],
      env: {},
    });
    const gone = (error?: Error) => {
      if (this.#child !== child) return;
      this.#child = null;
      if (!this.#closed)
        this.#log.warn({ error }, 'the guard of the media workers has ended, and is begun anew');
    };
    child.on('error', gone);
    child.on('exit', () => gone());
    child.stdin.on('error', () => undefined);
    child.unref();
    return child;
  }
}
