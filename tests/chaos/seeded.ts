import { createHash } from 'node:crypto';

/** Chance that begins with a seed: the same seed and name give the same numbers. */
export class Seeded {
  readonly seed: string;
  #state: number;
  #ids = 0;

  constructor(seed: string) {
    this.seed = seed;
    this.#state = createHash('sha256').update(seed).digest().readUInt32LE(0);
  }

  /** A stream of its own, so that nobody's choices hang on how often others chose. */
  fork(name: string): Seeded {
    return new Seeded(`${this.seed}/${name}`);
  }

  /** @returns a number in [0, 1) (mulberry32). */
  next(): number {
    this.#state = (this.#state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(this.#state ^ (this.#state >>> 15), this.#state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  }

  /** @returns whether something that happens so often (0 to 1) happens now. */
  happens(often: number): boolean {
    return this.next() < often;
  }

  /** @returns a whole number from `from` up to, not including, `below`. */
  between(from: number, below: number): number {
    return from + Math.floor(this.next() * (below - from));
  }

  /** @returns one of a list that is not empty. */
  pick<T>(list: readonly T[]): T {
    const chosen = list[this.between(0, list.length)];
    if (chosen === undefined) throw new Error('nothing to choose from');
    return chosen;
  }

  /** @returns an identifier that nobody else of this seed has. */
  newId(): string {
    this.#ids += 1;
    return createHash('sha256').update(`${this.seed}#${this.#ids}`).digest('base64url').slice(0, 22);
  }
}

/** @returns nanoseconds of the clock that all processes of this machine share and nobody sets. */
export function monotonicNow(): number {
  return Number(process.hrtime.bigint());
}
