/** How much may come at once, and how much per second in the long run. */
export interface Allowance {
  readonly burst: number;
  readonly perSecond: number;
}

/** A bucket that fills by the clock; each request takes one out of it. */
export class Bucket {
  readonly #allowance: Allowance;
  #content: number;
  #filledAt: number;

  constructor(allowance: Allowance, now: number) {
    this.#allowance = allowance;
    this.#content = allowance.burst;
    this.#filledAt = now;
  }

  /** @returns whether there was one to take. */
  take(now: number): boolean {
    const gained = (Math.max(0, now - this.#filledAt) / 1000) * this.#allowance.perSecond;
    this.#content = Math.min(this.#allowance.burst, this.#content + gained);
    this.#filledAt = now;
    if (this.#content < 1) return false;
    this.#content -= 1;
    return true;
  }

  /** Whether it has stood full again since `now`, so that forgetting it changes nothing. */
  isFull(now: number): boolean {
    const gained = (Math.max(0, now - this.#filledAt) / 1000) * this.#allowance.perSecond;
    return this.#content + gained >= this.#allowance.burst;
  }
}

/** Buckets by whom they belong to; those that are full again are forgotten. */
export class Buckets {
  readonly #allowance: Allowance;
  readonly #buckets = new Map<string, Bucket>();
  #takes = 0;

  constructor(allowance: Allowance) {
    this.#allowance = allowance;
  }

  take(owner: string, now: number): boolean {
    this.#takes += 1;
    if (this.#takes % 1_000 === 0) this.#sweep(now);
    let bucket = this.#buckets.get(owner);
    if (!bucket) {
      bucket = new Bucket(this.#allowance, now);
      this.#buckets.set(owner, bucket);
    }
    return bucket.take(now);
  }

  #sweep(now: number): void {
    for (const [owner, bucket] of this.#buckets) if (bucket.isFull(now)) this.#buckets.delete(owner);
  }
}
