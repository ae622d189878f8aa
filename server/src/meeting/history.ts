import type { LoggedEvent } from '@diemcau/shared/domain/events.ts';

/** How many of the newest events a room holds ready for who lacks some; past that a snapshot is cheaper. */
const kept = 500;
/** Bytes in which events are written one behind the other; one that is longer has a stretch of its own. */
const stretchSize = 4_096;

interface Stretch {
  readonly bytes: Buffer;
  used: number;
  events: number;
}

/**
 * The newest durable events of a room, in order. They are looked at when a line comes back and hardly ever otherwise: so they are
 * bytes (a line of JSON each) beside the heap, where no collection of garbage walks through them.
 */
export class History {
  #stretches: Stretch[] = [];
  #events = 0;

  add(events: readonly LoggedEvent[]): void {
    for (const event of events) this.#write(`${JSON.stringify(event)}\n`);
    this.#cut();
  }

  /**
   * What came after event number `after`.
   * @returns null when that is more than is kept, or when no such event has been yet.
   */
  since(after: number, newest: number): readonly LoggedEvent[] | null {
    const missing = newest - after;
    if (missing === 0) return [];
    if (missing < 0 || missing > Math.min(kept, this.#events)) return null;
    const found: LoggedEvent[][] = [];
    for (let at = this.#stretches.length - 1, left = missing; left > 0; at -= 1) {
      const events = readAll(this.#stretches[at]);
      found.unshift(events);
      left -= events.length;
    }
    return found.flat().slice(-missing);
  }

  #write(line: string): void {
    const length = Buffer.byteLength(line);
    let last = this.#stretches.at(-1);
    if (!last || last.used + length > last.bytes.length) {
      // Not of Node's own pool: a piece of that would keep all of it.
      last = { bytes: Buffer.allocUnsafeSlow(Math.max(stretchSize, length)), used: 0, events: 0 };
      this.#stretches.push(last);
    }
    last.used += last.bytes.write(line, last.used);
    last.events += 1;
    this.#events += 1;
  }

  /** Whole stretches, so that a long meeting moves nothing at each event. */
  #cut(): void {
    let first = this.#stretches[0];
    while (first && this.#events - first.events >= kept) {
      this.#stretches.shift();
      this.#events -= first.events;
      first = this.#stretches[0];
    }
  }
}

function readAll(stretch: Stretch | undefined): LoggedEvent[] {
  if (!stretch) throw new Error('the history of a room ends before its beginning');
  const { bytes, used } = stretch;
  const lines = bytes.toString('utf8', 0, used - 1).split('\n');
  return lines.map((line) => JSON.parse(line) as LoggedEvent);
}
