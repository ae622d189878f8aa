import { type Actor, type ActorRef, refOf } from '@diemcau/shared/domain/actor.ts';
import type { Command } from '@diemcau/shared/domain/commands.ts';
import type { LoggedEvent, MeetingEvent } from '@diemcau/shared/domain/events.ts';
import { decide } from '@diemcau/shared/domain/meeting.ts';
import type { MeetingState } from '@diemcau/shared/domain/state.ts';
import { foldSummary, type SummaryFold } from '@diemcau/shared/domain/summary.ts';
import type { CommandId, MeetingId } from '@diemcau/shared/ids.ts';
import type { Head, Receipt } from '@diemcau/shared/protocol/socket.ts';
import { ok, type Refusal, type Result, refused } from '@diemcau/shared/result.ts';
import type { History } from './history.ts';
import { Lines } from './lines.ts';
import type { Appender } from './log/appender.ts';
import type { EventLog } from './log/event-log.ts';
import type { RoomLog, Source } from './ports.ts';
import { commandKey, type Receipts } from './receipts.ts';
import { checkLink, type Entry, entryAfter, eventOf, type Tail, tailOf } from './records.ts';

/** Durable events in order, with the state on either side of them. */
export interface Publication {
  readonly room: MeetingRoom;
  readonly before: MeetingState;
  readonly after: MeetingState;
  readonly events: readonly LoggedEvent[];
}

export type Answered = (result: Result<Receipt>) => void;

export interface RoomParts {
  readonly log: Pick<EventLog, 'head' | 'read'>;
  readonly appender: Pick<Appender, 'append'>;
  readonly source: Source;
  readonly roomLog: RoomLog;
  readonly publish: (publication: Publication) => void;
}

/** A room's past, as it was read from the log. */
export interface RoomPast {
  readonly meetingId: MeetingId;
  readonly epoch: number;
  readonly fold: SummaryFold;
  readonly tail: Tail;
  readonly receipts: Receipts;
  readonly history: History;
}

/** A command that was decided and isn't durable yet. */
interface Undertaking {
  readonly key: string | null;
  readonly entries: readonly Entry[];
  readonly after: SummaryFold;
  readonly tail: Tail;
  readonly refusal: Refusal | null;
  readonly answers: Answered[];
}

const nothing: readonly Undertaking[] = [];

/** `adrift`: the outcome of an append is unknown, the tail must be reread. `lost`: somebody else owns the meeting. */
type Condition = 'sound' | 'adrift' | 'lost';

/**
 * The single writer of one meeting. Commands are decided on the newest state; answers, publications and snapshots come
 * from the durable one only.
 */
export class MeetingRoom {
  readonly meetingId: MeetingId;
  readonly lines: Lines;
  readonly #parts: RoomParts;
  readonly #epoch: number;
  readonly #receipts: Receipts;
  readonly #history: History;
  #durable: SummaryFold;
  #durableTail: Tail;
  #decided: SummaryFold;
  #decidedTail: Tail;
  #waiting: Undertaking[] = [];
  /** On their way to the log. */
  #riding: readonly Undertaking[] = nothing;
  #pumping: Promise<void> | null = null;
  #condition: Condition = 'sound';
  /** When an event was last decided, by the meeting's time and by the time that nobody sets. */
  #latest: { readonly at: number; readonly elapsed: number };
  #retired: 'no' | 'yes' = 'no';

  constructor(past: RoomPast, parts: RoomParts) {
    this.meetingId = past.meetingId;
    this.lines = new Lines(parts.source.elapsed());
    this.#parts = parts;
    this.#epoch = past.epoch;
    this.#receipts = past.receipts;
    this.#history = past.history;
    this.#durable = past.fold;
    this.#decided = past.fold;
    this.#durableTail = past.tail;
    this.#decidedTail = past.tail;
    this.#latest = { at: past.tail.at, elapsed: parts.source.elapsed() };
  }

  /** The state as it is in the log. */
  get state(): MeetingState {
    return this.#durable.state;
  }

  /** The state with the alarms that its events have brought. */
  get fold(): SummaryFold {
    return this.#durable;
  }

  get head(): Head {
    return { seq: this.#durableTail.seq, hash: this.#durableTail.hash };
  }

  get condition(): Condition {
    return this.#retired === 'yes' ? 'lost' : this.#condition;
  }

  /** Counts the meeting's owners: which of them this room is. */
  get epoch(): number {
    return this.#epoch;
  }

  /** Takes no command from now on; what was decided is still made durable and answered. */
  retire(): void {
    this.#retired = 'yes';
  }

  /**
   * Milliseconds since 1970; never before the last event. Where the machine's clock was set back behind it, the meeting's
   * time goes on from there: a vote must not stay open until the clock has caught up.
   */
  get now(): number {
    const { source } = this.#parts;
    const goesOn = this.#latest.at + Math.floor(source.elapsed() - this.#latest.elapsed);
    return Math.max(source.now(), goesOn, this.#decidedTail.at);
  }

  /** @returns durable events after number `after`, or null when a snapshot is called for. */
  eventsSince(after: number): readonly LoggedEvent[] | null {
    return this.#history.since(after, this.#durableTail.seq);
  }

  /** Whether the command was accepted before, so that giving it again brings its receipt and nothing else. */
  isRecorded(actor: Actor, id: CommandId): boolean {
    return this.#receipts.find(commandKey(refOf(actor), id)) !== undefined;
  }

  /**
   * Decides a command and makes it durable.
   * @param id null for the system's own commands, which nobody repeats.
   */
  submit(actor: Actor, id: CommandId | null, command: Command): Promise<Result<Receipt>> {
    return new Promise((answer) => {
      this.submitThen(actor, id, command, answer);
    });
  }

  /** As `submit`; answers within the turn in which the command became durable, before others are told of it. */
  submitThen(actor: Actor, id: CommandId | null, command: Command, answer: Answered): void {
    const atOnce = this.#take(actor, id, command, answer);
    if (atOnce) answer(atOnce);
  }

  /** A room adrift looks for its tail again; a sound one has nothing to do. */
  async steady(): Promise<void> {
    await this.#pumping;
    if (this.#condition !== 'adrift' || this.#pumping) return;
    this.#pumping = this.#recover([]);
    await this.#pumping;
    this.#pumping = null;
  }

  /** Resolves when nothing is on its way to the log any more. */
  async idle(): Promise<void> {
    await this.#pumping;
  }

  /** @returns the answer where there is one already; null when it comes with the append. */
  #take(actor: Actor, id: CommandId | null, command: Command, answer: Answered): Result<Receipt> | null {
    if (this.condition !== 'sound') return refused('tryAgain');
    const by = refOf(actor);
    const key = id === null ? null : commandKey(by, id);
    const receipt = key === null ? undefined : this.#receipts.find(key);
    if (receipt) return ok(receipt);
    const underWay = key === null ? undefined : this.#underWay(key);
    if (underWay) {
      underWay.answers.push(answer);
      return null;
    }
    const now = this.now;
    try {
      const decision = decide(this.#decided.state, command, { actor, now, newId: this.#parts.source.newId });
      const events = decision.events ?? [];
      const refusal = decision.ok ? null : decision.refusal;
      if (refusal && events.length === 0) return { ok: false, refusal };
      // What a refused command leaves in the log names no cause: refusals are not remembered.
      const attribution = { by, cause: refusal ? null : id };
      this.#undertake(events, attribution, now, { key: refusal ? null : key, refusal, answers: [answer] });
      return null;
    } catch (error) {
      this.#parts.roomLog.error(
        { meetingId: this.meetingId, command: command.type, error },
        'a decision failed',
      );
      return refused('internal');
    }
  }

  #undertake(
    events: readonly MeetingEvent[],
    attribution: { readonly by: ActorRef; readonly cause: CommandId | null },
    now: number,
    about: Pick<Undertaking, 'key' | 'refusal' | 'answers'>,
  ): void {
    const entries: Entry[] = [];
    let [after, tail] = [this.#decided, this.#decidedTail];
    for (const event of events) {
      const entry = entryAfter(tail, this.meetingId, event, attribution, now, this.#parts.source.newSalt());
      after = foldSummary(after, entry.event);
      tail = tailOf(entry.record);
      entries.push(entry);
    }
    this.#decided = after;
    this.#decidedTail = tail;
    this.#latest = { at: now, elapsed: this.#parts.source.elapsed() };
    const undertaking = { ...about, entries, after, tail };
    this.#waiting.push(undertaking);
    this.#pumping ??= this.#pump();
  }

  async #pump(): Promise<void> {
    while (this.#waiting.length > 0) {
      const riding = this.#waiting;
      this.#waiting = [];
      this.#riding = riding;
      try {
        await this.#carry(riding);
      } catch (error) {
        this.#parts.roomLog.error({ meetingId: this.meetingId, error }, 'the room lost its way');
        this.#condition = 'adrift';
        this.#giveUp(riding);
      }
      // A room waits long for a command: by then the array is old to the collector of garbage, and so would be what it held.
      this.#riding = nothing;
      riding.length = 0;
    }
    this.#pumping = null;
  }

  /**
   * Few are under way at once. A map of them would be made anew whenever some have come and gone, and one that was replaced
   * can keep what it held until the next full collection of garbage.
   */
  #underWay(key: string): Undertaking | undefined {
    const given = (undertaking: Undertaking) => undertaking.key === key;
    return this.#riding.find(given) ?? this.#waiting.find(given);
  }

  async #carry(riding: readonly Undertaking[]): Promise<void> {
    const { meetingId } = this;
    const { seq, hash } = this.#durableTail;
    const records = riding.flatMap(({ entries }) => entries.map(({ record }) => record));
    const outcome =
      records.length === 0
        ? 'appended'
        : await this.#parts.appender.append({
            meetingId,
            epoch: this.#epoch,
            expectedSeq: seq,
            expectedHash: hash,
            records,
          });
    switch (outcome) {
      case 'appended':
        return this.#commit(riding);
      case 'notWritten':
        return this.#giveUp(riding);
      case 'conflict':
      case 'unknown':
        this.#condition = 'adrift';
        this.#parts.roomLog.warn({ meetingId, outcome }, 'the room rereads its tail');
        return this.#recover(riding);
      default: {
        const never: never = outcome;
        throw new Error(`unknown outcome ${never}`);
      }
    }
  }

  #commit(riding: readonly Undertaking[]): void {
    const last = riding.at(-1);
    if (!last) return;
    const events = riding.flatMap(({ entries }) => entries.map(({ event }) => event));
    const before = this.state;
    this.#advance(events, last.after, last.tail);
    for (const undertaking of riding) this.#acknowledge(undertaking);
    this.#publish(before, events);
  }

  #advance(events: readonly LoggedEvent[], fold: SummaryFold, tail: Tail): void {
    this.#durable = fold;
    this.#durableTail = tail;
    this.#history.add(events);
    for (const event of events) this.#receipts.note(event);
  }

  #acknowledge({ key, entries, tail, refusal, answers }: Undertaking): void {
    const receipt = { seq: tail.seq, hash: tail.hash };
    if (key !== null && entries.length === 0) this.#receipts.remember(key, receipt);
    const result: Result<Receipt> = refusal ? { ok: false, refusal } : ok(receipt);
    for (const answer of answers.splice(0)) answer(result);
  }

  /** Nothing of these was written, and what was decided on top of them hangs in the air. */
  #giveUp(riding: readonly Undertaking[]): void {
    const dropped = [...riding, ...this.#waiting];
    this.#waiting = [];
    this.#riding = nothing;
    this.#decided = this.#durable;
    this.#decidedTail = this.#durableTail;
    for (const { answers } of dropped) for (const answer of answers.splice(0)) answer(refused('tryAgain'));
  }

  /** Finds out what the log holds, and answers by the commands' ids. */
  async #recover(riding: readonly Undertaking[]): Promise<void> {
    const before = this.state;
    const events: LoggedEvent[] = [];
    const found = new Map([[this.#durableTail.seq, this.#durableTail.hash]]);
    try {
      const head = await this.#parts.log.head(this.meetingId);
      let [fold, tail] = [this.#durable, this.#durableTail];
      for (const record of await this.#parts.log.read(this.meetingId, tail.seq, Number.MAX_SAFE_INTEGER)) {
        checkLink(tail, record);
        const event = eventOf(record);
        fold = foldSummary(fold, event);
        tail = tailOf(record);
        events.push(event);
      }
      this.#advance(events, fold, tail);
      for (const { seq, hash } of events) found.set(seq, hash);
      this.#condition = head?.epoch === this.#epoch ? 'sound' : 'lost';
    } catch (error) {
      this.#parts.roomLog.warn({ meetingId: this.meetingId, error }, 'the tail could not be reread');
    }
    // By the hash: other events may stand there by now, of an earlier append that was late.
    const kept = riding.filter(
      ({ tail }) => found.get(tail.seq) === tail.hash && this.#condition === 'sound',
    );
    for (const undertaking of kept) this.#acknowledge(undertaking);
    this.#giveUp(riding.slice(kept.length));
    this.#publish(before, events);
  }

  #publish(before: MeetingState, events: readonly LoggedEvent[]): void {
    if (events.length === 0) return;
    try {
      this.#parts.publish({ room: this, before, after: this.state, events });
    } catch (error) {
      this.#parts.roomLog.error({ meetingId: this.meetingId, error }, 'a publication failed');
    }
  }
}
