import type { LoggedEvent } from '@diemcau/shared/domain/events.ts';

/** How many of the newest events a room holds ready for who lacks some; past that a snapshot is cheaper. */
const kept = 500;

/** The newest durable events of a room, in order. */
export class History {
  #events: LoggedEvent[] = [];

  add(events: readonly LoggedEvent[]): void {
    this.#events.push(...events);
    // Cut in strides, so that a long meeting doesn't move the whole list at each event.
    if (this.#events.length > 2 * kept) this.#events = this.#events.slice(-kept);
  }

  /**
   * What came after event number `after`.
   * @returns null when that is more than is kept, or when no such event has been yet.
   */
  since(after: number, newest: number): readonly LoggedEvent[] | null {
    const missing = newest - after;
    if (missing === 0) return [];
    if (missing < 0 || missing > Math.min(kept, this.#events.length)) return null;
    return this.#events.slice(-missing);
  }
}
