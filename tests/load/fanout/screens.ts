/** Notes when the last of all screens has a mark. */
export class Screens {
  readonly #count: number;
  readonly #missing = new Map<number, number>();
  readonly #settle = new Map<number, (at: number) => void>();

  constructor(count: number) {
    this.#count = count;
  }

  /** @returns the time (`performance.now()`) at which the last screen had the mark. */
  allHave(mark: number): Promise<number> {
    this.#missing.set(mark, this.#count);
    return new Promise((resolve) => this.#settle.set(mark, resolve));
  }

  /** One more screen has the mark. */
  arrived(mark: number): void {
    const left = (this.#missing.get(mark) ?? 0) - 1;
    this.#missing.set(mark, left);
    if (left === 0) this.#settle.get(mark)?.(performance.now());
  }
}
