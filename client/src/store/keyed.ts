import { Observable, type Readable } from './observable.ts';

/** Many values by key: each can be watched alone, so that one that changes draws nothing of the others anew. */
export class Keyed<K, V> {
  readonly #all = new Observable<ReadonlyMap<K, V>>(new Map());
  readonly #listeners = new Map<K, Set<() => void>>();
  readonly #single = new Map<K, Readable<V | undefined>>();

  /** All of them; another map after each change. */
  get all(): Readable<ReadonlyMap<K, V>> {
    return this.#all;
  }

  /** One of them; undefined while there is none. */
  at(key: K): Readable<V | undefined> {
    const known = this.#single.get(key);
    if (known !== undefined) return known;
    const made: Readable<V | undefined> = {
      get: () => this.#all.get().get(key),
      subscribe: (listener) => {
        const listeners = this.#listeners.get(key) ?? new Set();
        this.#listeners.set(key, listeners);
        const entry = () => listener();
        listeners.add(entry);
        return () => {
          listeners.delete(entry);
        };
      },
    };
    this.#single.set(key, made);
    return made;
  }

  /** Sets and drops in one step. */
  change(put: Iterable<readonly [K, V]>, drop: Iterable<K> = []): void {
    const next = new Map(this.#all.get());
    const touched = new Set<K>();
    for (const [key, value] of put) {
      if (next.get(key) === value) continue;
      next.set(key, value);
      touched.add(key);
    }
    for (const key of drop) if (next.delete(key)) touched.add(key);
    if (touched.size > 0) this.#publish(next, touched);
  }

  /** Puts others in the place of all. */
  replace(entries: Iterable<readonly [K, V]>): void {
    const next = new Map(entries);
    this.#publish(next, new Set([...this.#all.get().keys(), ...next.keys()]));
  }

  #publish(next: ReadonlyMap<K, V>, touched: ReadonlySet<K>): void {
    this.#all.set(next);
    for (const key of touched) for (const listener of [...(this.#listeners.get(key) ?? [])]) listener();
  }
}
