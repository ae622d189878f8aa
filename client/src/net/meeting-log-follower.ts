import type { LoggedEvent } from '@diemcau/shared/domain/events.ts';
import { evolve } from '@diemcau/shared/domain/meeting.ts';
import type { MeetingState } from '@diemcau/shared/domain/state.ts';
import type { Answer, CatchUpAnswer, Head } from '@diemcau/shared/protocol/socket.ts';
import { Observable, type Readable } from '../store/observable.ts';

/** How many events may wait for a gap to be filled; past it the answer's snapshot makes them needless anyway. */
const longestWait = 5_000;

/** Holds a meeting's state: a snapshot, then each event in its order. What arrives too early waits, what is missing is asked for. */
export class MeetingLogFollower {
  readonly #state = new Observable<MeetingState | null>(null);
  readonly #askFor: (after: number) => Promise<Answer<CatchUpAnswer>>;
  readonly #onSnapshot: (answer: CatchUpAnswer & { kind: 'snapshot' }) => void;
  #head: Head = { seq: 0, hash: '' };
  #early: LoggedEvent[] = [];
  #asking = false;

  constructor(
    askFor: (after: number) => Promise<Answer<CatchUpAnswer>>,
    onSnapshot: (answer: CatchUpAnswer & { kind: 'snapshot' }) => void,
  ) {
    this.#askFor = askFor;
    this.#onSnapshot = onSnapshot;
  }

  get state(): Readable<MeetingState | null> {
    return this.#state;
  }

  /** Number and hash of the last event that this device has seen. */
  get head(): Head {
    return this.#head;
  }

  /** Takes the whole state anew; events that came before it and are within it are dropped. */
  replace(snapshot: MeetingState, head: Head): void {
    this.#head = head;
    this.#state.set(this.#follow(snapshot, []));
  }

  /** Takes in events in any order; each is applied once. */
  receive(events: readonly LoggedEvent[]): void {
    const state = this.#state.get();
    if (state === null) this.#early = [...this.#early, ...events].slice(-longestWait);
    else this.#state.set(this.#follow(state, events));
    if (state !== null && this.#early.length > 0) void this.#fillGap();
  }

  /** Asks whether something has come that this device was not told. */
  catchUp(): void {
    if (this.#state.get() !== null) void this.#fillGap();
  }

  #follow(start: MeetingState, events: readonly LoggedEvent[]): MeetingState {
    let state = start;
    const sorted = [...this.#early, ...events].sort((a, b) => a.seq - b.seq);
    this.#early = [];
    for (const event of sorted) {
      if (event.seq <= state.seq) continue;
      if (event.seq === state.seq + 1) {
        state = evolve(state, event);
        this.#head = { seq: event.seq, hash: event.hash };
      } else this.#early.push(event);
    }
    this.#early = this.#early.slice(-longestWait);
    return state;
  }

  async #fillGap(): Promise<void> {
    if (this.#asking) return;
    this.#asking = true;
    const answer = await this.#askFor(this.#head.seq);
    this.#asking = false;
    // Without an answer the line is gone, and the join that follows brings what is lacking.
    if (!answer.ok) return;
    if (answer.value.kind === 'snapshot') {
      this.#onSnapshot(answer.value);
      this.replace(answer.value.snapshot, answer.value.head);
    } else this.receive(answer.value.events);
  }
}
