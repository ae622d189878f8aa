import { Bucket } from './rate-limit.ts';

/** How often this process looks whether it comes to its work in time, milliseconds. */
const beat = 100;
/** Who comes to its work later than this is behind, milliseconds. */
const behind = 1_000;

/**
 * How many come in. Of a crowd that lost another server at once as many are let in as can be served, the rest come again by
 * full jitter. While this process is behind with those who are in nobody else comes in: they would only wait longer, and all
 * who are in with them.
 */
export class Admissions {
  readonly #elapsed: () => number;
  readonly #bucket: Bucket | null;
  readonly #timer: NodeJS.Timeout;
  #beatAt: number;

  /** @param perSecond new connections let in each second; without it only the lag counts. @param elapsed milliseconds that never go back. */
  constructor(perSecond: number | undefined, elapsed: () => number = () => performance.now()) {
    this.#elapsed = elapsed;
    this.#beatAt = elapsed();
    // A tenth at once: so no second sees many more than it may.
    const burst = Math.max(1, Math.ceil((perSecond ?? 0) / 10));
    this.#bucket = perSecond === undefined ? null : new Bucket({ burst, perSecond }, elapsed());
    this.#timer = setInterval(() => {
      this.#beatAt = elapsed();
    }, beat);
    this.#timer.unref();
  }

  /** @returns whether one more may come in now. */
  take(): boolean {
    const now = this.#elapsed();
    return now - this.#beatAt < beat + behind && (this.#bucket?.take(now) ?? true);
  }

  close(): void {
    clearInterval(this.#timer);
  }
}
