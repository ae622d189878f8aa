/** What one person's telephones, computers and tabs come to, many times over; what one account may hold of the process's. */
const connectionsLimit = 64;

/** How many connections each person, or each terminal, has to this server. */
export class Connections {
  readonly #byOwner = new Map<string, number>();

  /** @returns whether no more are taken from this owner. */
  isFull(owner: string): boolean {
    return (this.#byOwner.get(owner) ?? 0) >= connectionsLimit;
  }

  opened(owner: string): void {
    this.#byOwner.set(owner, (this.#byOwner.get(owner) ?? 0) + 1);
  }

  closed(owner: string): void {
    const left = (this.#byOwner.get(owner) ?? 0) - 1;
    if (left > 0) this.#byOwner.set(owner, left);
    else this.#byOwner.delete(owner);
  }
}
