import { type ChildProcess, spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';

const program = fileURLToPath(new URL('./media-guard-process.ts', import.meta.url));

/**
 * Ends this node's media workers when its lease has ended and the node does not see to it itself, because its process stands
 * still: nobody then hears a meeting that lives elsewhere by now. Ends with the thread that made it.
 */
export class MediaGuard {
  #child: ChildProcess | null = null;

  /** The lease stands for so many milliseconds more: so long these may live, whatever becomes of this process. */
  allow(milliseconds: number, workers: readonly number[]): void {
    this.#child ??= this.#start();
    this.#child.stdin?.write(`${Math.max(0, Math.round(milliseconds))} ${workers.join(' ')}\n`);
  }

  #start(): ChildProcess {
    const child = spawn(process.execPath, ['--max-old-space-size=16', program], {
      stdio: ['pipe', 'ignore', 'ignore'],
      env: {},
    });
    // One that has ended is begun anew at the next word.
    const gone = () => {
      if (this.#child === child) this.#child = null;
    };
    child.on('error', gone);
    child.on('exit', gone);
    child.stdin.on('error', () => undefined);
    child.unref();
    return child;
  }
}
