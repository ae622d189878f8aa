import type { Connection } from './connection.ts';

interface Held {
  readonly connection: Connection;
  users: number;
}

/** This device's connections to single servers of several: one for each, however many meetings use it, and none for longer. */
export class NodeLines {
  readonly #open: (address: string) => Connection;
  readonly #lines = new Map<string, Held>();

  /** @param open makes a connection to the address of a server, as the refusal `livesElsewhere` names it. */
  constructor(open: (address: string) => Connection) {
    this.#open = open;
  }

  /** Must be given back with {@link give}. */
  take(address: string): Connection {
    const known = this.#lines.get(address);
    if (known && known.connection.state.get().kind !== 'ended') {
      known.users += 1;
      return known.connection;
    }
    const connection = this.#open(address);
    this.#lines.set(address, { connection, users: 1 });
    connection.open();
    return connection;
  }

  give(connection: Connection): void {
    for (const [address, held] of this.#lines) {
      if (held.connection !== connection) continue;
      held.users -= 1;
      if (held.users > 0) return;
      this.#lines.delete(address);
      connection.close();
      return;
    }
  }

  closeAll(): void {
    for (const { connection } of this.#lines.values()) connection.close();
    this.#lines.clear();
  }
}
