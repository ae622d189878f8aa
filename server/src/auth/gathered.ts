/** Keys of one look-up: both databases bound what a statement may bind. */
const most = 512;

interface Gathering<K, V> {
  readonly keys: Set<K>;
  readonly found: Promise<ReadonlyMap<K, V>>;
}

/** Looks up together what is asked for within one turn of the event loop: a crowd that comes back at once is few statements. */
export class Gathered<K, V> {
  readonly #lookUp: (keys: readonly K[]) => Promise<ReadonlyMap<K, V>>;
  #open: Gathering<K, V> | null = null;

  /** @param lookUp finds what there is of these keys, of which the last may come several times. */
  constructor(lookUp: (keys: readonly K[]) => Promise<ReadonlyMap<K, V>>) {
    this.#lookUp = lookUp;
  }

  /** As of a moment after the call; undefined when there is none. Rejects as the look-up does. */
  async get(key: K): Promise<V | undefined> {
    const gathering = this.#open && this.#open.keys.size < most ? this.#open : this.#gather();
    gathering.keys.add(key);
    return (await gathering.found).get(key);
  }

  #gather(): Gathering<K, V> {
    const keys = new Set<K>();
    const found = new Promise<void>((resolve) => setImmediate(resolve)).then(() => {
      if (this.#open === gathering) this.#open = null;
      return this.#lookUp(padded([...keys]));
    });
    const gathering: Gathering<K, V> = { keys, found };
    this.#open = gathering;
    return gathering;
  }
}

/** Few lengths make few statements, which stay prepared. */
function padded<K>(keys: K[]): readonly K[] {
  const last = keys.at(-1);
  if (last === undefined) return keys;
  const length = 2 ** Math.ceil(Math.log2(keys.length));
  while (keys.length < length) keys.push(last);
  return keys;
}
