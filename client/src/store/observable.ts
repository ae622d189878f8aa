/** A value that can be read and watched; its two methods are bound, so they fit `useSyncExternalStore` as they are. */
export interface Readable<T> {
  readonly get: () => T;
  /** @returns a function that ends the subscription; calling it again does nothing. */
  readonly subscribe: (listener: () => void) => () => void;
}

/** The smallest observable: a value, and who wants to know when it is another one. */
export class Observable<T> implements Readable<T> {
  #value: T;
  readonly #listeners = new Set<() => void>();

  constructor(value: T) {
    this.#value = value;
  }

  readonly get = (): T => this.#value;

  readonly subscribe = (listener: () => void): (() => void) => {
    // Wrapped, so that the same function subscribed twice is told twice and ends each by itself.
    const entry = () => listener();
    this.#listeners.add(entry);
    return () => {
      this.#listeners.delete(entry);
    };
  };

  /** Sets the value and tells the listeners, unless it is the same one. */
  set(value: T): void {
    if (Object.is(value, this.#value)) return;
    this.#value = value;
    for (const listener of [...this.#listeners]) listener();
  }

  update(change: (value: T) => T): void {
    this.set(change(this.#value));
  }
}

/** Resolves with the first value, the present one included, that satisfies the condition. */
export function until<T, S extends T>(source: Readable<T>, condition: (value: T) => value is S): Promise<S>;
export function until<T>(source: Readable<T>, condition: (value: T) => boolean): Promise<T>;
export function until<T>(source: Readable<T>, condition: (value: T) => boolean): Promise<T> {
  return new Promise((resolve) => {
    const present = source.get();
    if (condition(present)) {
      resolve(present);
      return;
    }
    const stop = source.subscribe(() => {
      const value = source.get();
      if (!condition(value)) return;
      stop();
      resolve(value);
    });
  });
}
