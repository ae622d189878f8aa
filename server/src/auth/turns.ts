/** More work waits already than would be done in a bearable time: try again. */
export class TooManyWait extends Error {
  constructor() {
    super('too much work waits');
    this.name = 'TooManyWait';
  }
}

/** Lets a few pieces of work run at once; the others wait in the order in which they came, up to a number. */
export class Turns {
  readonly #atOnce: number;
  readonly #waitingLimit: number;
  readonly #waiting: (() => void)[] = [];
  #running = 0;

  constructor({ atOnce, waiting }: { readonly atOnce: number; readonly waiting: number }) {
    this.#atOnce = atOnce;
    this.#waitingLimit = waiting;
  }

  /** Rejects with {@link TooManyWait} where too many wait already, else as the work does. */
  async take<T>(work: () => Promise<T>): Promise<T> {
    if (this.#running >= this.#atOnce) {
      if (this.#waiting.length >= this.#waitingLimit) throw new TooManyWait();
      // Whoever ends hands its own turn on.
      await new Promise<void>((resolve) => this.#waiting.push(resolve));
    } else this.#running += 1;
    try {
      return await work();
    } finally {
      const next = this.#waiting.shift();
      if (next) next();
      else this.#running -= 1;
    }
  }
}
