import type { Command } from '@diemcau/shared/domain/commands.ts';
import { commandsDue } from '@diemcau/shared/domain/due.ts';
import { isLive, isOver } from '@diemcau/shared/domain/phase.ts';
import type { MeetingState } from '@diemcau/shared/domain/state.ts';
import type { CommandId, MeetingId } from '@diemcau/shared/ids.ts';
import type { Head, Receipt } from '@diemcau/shared/protocol/socket.ts';
import { type Result, refused } from '@diemcau/shared/result.ts';
import type { MeetingIndex, MeetingIndexEntry } from '../directory/meeting-index.ts';
import { loadPast, readPast } from './load.ts';
import { Appender } from './log/appender.ts';
import { type EventLog, LogUnavailable } from './log/event-log.ts';
import { LivesElsewhere, type Ownership } from './ownership.ts';
import type { RoomLog, Source } from './ports.ts';
import { Projection } from './projection.ts';
import { MeetingRoom, type Publication } from './room.ts';

/** Milliseconds between looks at what the passing of time calls for in a room. */
const tickEvery = 1_000;
/** The rooms are looked at in so many shares, one after the other: hundreds at once would keep commands waiting. */
const shares = 20;
/** A room in which nothing goes on and to which nobody is connected leaves memory after this long, in milliseconds. */
const idleLimit = 10 * 60_000;

const system = { kind: 'system' } as const;

export interface RegistryParts {
  readonly log: EventLog;
  /** The directory's list of meetings: a projection that may lag, written again whenever a meeting is loaded. */
  readonly index: Pick<MeetingIndex, 'upsert' | 'get' | 'unfinished'>;
  readonly source: Source;
  readonly roomLog: RoomLog;
  /** Of a server that is one of several: which meetings it may write. Null for one that is alone. */
  readonly ownership?: Ownership | null;
}

/** A room that is no longer this server's, and where its meeting lives now; null when that isn't known. */
export interface Departure {
  readonly room: MeetingRoom;
  readonly to: string | null;
}

/** A meeting's durable state and the end of its log, to be read only. */
export interface Reading {
  readonly state: MeetingState;
  readonly head: Head;
}

interface Held {
  readonly room: MeetingRoom;
  /** With which of the rooms it is looked at. */
  readonly share: number;
  usedAt: number;
}

/** All meetings of this process: each is loaded from the log when it is first asked for, and is written by one room only. */
export class MeetingRegistry {
  readonly #parts: RegistryParts;
  readonly #appender: Appender;
  readonly #projection: Projection;
  readonly #held = new Map<MeetingId, Held>();
  readonly #loading = new Map<MeetingId, Promise<MeetingRoom>>();
  readonly #listeners = new Set<(publication: Publication) => void>();
  readonly #arrivalListeners = new Set<(room: MeetingRoom) => void>();
  readonly #departureListeners = new Set<(departure: Departure) => void>();
  readonly #leaving = new Set<MeetingId>();
  #ticker: NodeJS.Timeout | null = null;
  #share = 0;
  #built = 0;
  #closed = false;

  constructor(parts: RegistryParts) {
    this.#parts = parts;
    this.#projection = new Projection(parts.index, parts.roomLog);
    this.#appender = new Appender(parts.log, (cause) => {
      parts.roomLog.error({ error: cause.message }, 'the event log could not be written');
    });
  }

  /**
   * Opens the log, takes over every meeting that may still change, and begins to watch the time. One of several servers takes
   * nothing by itself: the cluster gives it its share.
   */
  async start(): Promise<void> {
    await this.#parts.log.open();
    if (!this.#parts.ownership) await this.#takeAll();
    this.#ticker = setInterval(() => this.#tickShare(), tickEvery / shares);
  }

  async #takeAll(): Promise<void> {
    const unfinished = new Set((await this.#parts.index.unfinished()).map(({ id }) => id));
    for (const { meetingId, seq } of await this.#parts.log.meetings()) {
      // A meeting missing from the list was created just before the process died.
      const concerns = unfinished.has(meetingId) || !(await this.#parts.index.get(meetingId));
      if (seq > 0 && concerns) await this.#loadOrTell(meetingId);
    }
  }

  /** Told of every publication of every room, after the acknowledgements. @returns a function that stops telling. */
  onPublication(listener: (publication: Publication) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  /** Told of every room that the cluster has given to this server. @returns a function that stops telling. */
  onArrival(listener: (room: MeetingRoom) => void): () => void {
    this.#arrivalListeners.add(listener);
    return () => this.#arrivalListeners.delete(listener);
  }

  /** Told of every room that has become another server's. @returns a function that stops telling. */
  onDeparture(listener: (departure: Departure) => void): () => void {
    this.#departureListeners.add(listener);
    return () => this.#departureListeners.delete(listener);
  }

  /**
   * @returns the meeting's room; null when there is no such meeting. Rejects when its log can't be read, and with
   * LivesElsewhere when another server has it.
   */
  async room(meetingId: MeetingId): Promise<MeetingRoom | null> {
    const held = this.#ownRoom(meetingId);
    if (held) return held;
    if (this.#closed) throw new LogUnavailable('closed', 'the server is stopping');
    const { log, ownership } = this.#parts;
    const head = await log.head(meetingId);
    if (!head || head.seq === 0) {
      const home = ownership?.wouldLive(meetingId);
      if (home?.kind === 'elsewhere') throw new LivesElsewhere(home.address);
      return null;
    }
    if (ownership) await this.#claim(ownership, meetingId, 'anywhere');
    return this.#ownRoom(meetingId) ?? this.#load(meetingId);
  }

  /** As the log has it, whoever owns the meeting: for who only reads. Null when there is no such meeting. */
  async read(meetingId: MeetingId): Promise<Reading | null> {
    if (!this.#parts.ownership) return this.room(meetingId);
    const held = this.held(meetingId);
    if (held && held.condition === 'sound') return held;
    const { fold, tail } = await readPast(this.#parts.log, meetingId);
    return tail.seq === 0 ? null : { state: fold.state, head: { seq: tail.seq, hash: tail.hash } };
  }

  /** Loads a meeting that the cluster has given to this server. */
  async adopt(meetingId: MeetingId): Promise<void> {
    if (this.#closed || this.#ownRoom(meetingId)) return;
    await this.#loadOrTell(meetingId);
  }

  /**
   * Ends a room in good order: what was decided becomes durable and is answered, what comes now is refused for a moment. Then
   * `move` names the meeting's next home, and who is in the room is told.
   */
  async handOver(meetingId: MeetingId, move: () => Promise<string | null>): Promise<void> {
    const room = this.held(meetingId);
    if (!room || this.#leaving.has(meetingId)) return;
    this.#leaving.add(meetingId);
    try {
      room.retire();
      await room.idle();
      const to = await move();
      this.#held.delete(meetingId);
      this.#depart({ room, to });
    } finally {
      this.#leaving.delete(meetingId);
    }
  }

  /** Ends a room at once: another server owns its meeting. */
  lose(meetingId: MeetingId, to: string | null): void {
    const room = this.held(meetingId);
    if (!room || this.#leaving.has(meetingId)) return;
    room.retire();
    this.#held.delete(meetingId);
    this.#depart({ room, to });
  }

  /** @returns the meeting's room if it is in memory: that of a meeting that goes on is. */
  held(meetingId: MeetingId): MeetingRoom | null {
    return this.#held.get(meetingId)?.room ?? null;
  }

  /** The rooms in memory: those of all meetings that go on, and some that don't. */
  rooms(): readonly MeetingRoom[] {
    return Array.from(this.#held.values(), ({ room }) => room);
  }

  /** Begins a meeting's log with a command of the system (createMeeting); repeating it with its id changes nothing. */
  async create(meetingId: MeetingId, id: CommandId, command: Command): Promise<Result<Receipt>> {
    if (this.#closed) return refused('tryAgain');
    const { ownership } = this.#parts;
    try {
      if (ownership && !this.held(meetingId)) await this.#claim(ownership, meetingId, 'here');
    } catch (error) {
      if (error instanceof LogUnavailable || error instanceof LivesElsewhere) return refused('tryAgain');
      throw error;
    }
    const room = this.#ownRoom(meetingId) ?? (await this.#load(meetingId));
    return room.submit(system, id, command);
  }

  /** What a second brings to all rooms: lines lost and found, graces that end, rooms to leave memory. */
  tick(): void {
    for (const held of this.#held.values()) this.#tickRoom(held);
  }

  /** What was begun becomes durable first; closing twice is no fault. */
  async close(): Promise<void> {
    this.#closed = true;
    if (this.#ticker) clearInterval(this.#ticker);
    await Promise.allSettled(this.#loading.values());
    await Promise.all(this.rooms().map((room) => room.idle()));
    await this.#appender.idle();
    await this.#projection.idle();
    await this.#parts.log.close();
  }

  #tickShare(): void {
    this.#share = (this.#share + 1) % shares;
    for (const held of this.#held.values()) if (held.share === this.#share) this.#tickRoom(held);
  }

  #tickRoom(held: Held): void {
    const { room } = held;
    const { meetingId } = room;
    if (room.condition === 'adrift') void room.steady();
    if (room.condition === 'lost') this.lose(meetingId, null);
    if (room.condition !== 'sound') return;
    const now = this.#parts.source.now();
    if (isLive(room.state)) this.#pass(room);
    if (isLive(room.state) || room.lines.anyUp || this.#staysHome(room)) held.usedAt = now;
    else if (now - held.usedAt > idleLimit) {
      this.#held.delete(meetingId);
      this.#parts.ownership?.forget(meetingId);
    }
  }

  /** One of several servers keeps what is still to come: that it has a home is how the others know of it. */
  #staysHome({ state }: MeetingRoom): boolean {
    return Boolean(this.#parts.ownership) && !isOver(state);
  }

  #ownRoom(meetingId: MeetingId): MeetingRoom | null {
    const held = this.#held.get(meetingId);
    if (!held) return null;
    if (this.#leaving.has(meetingId)) throw new LogUnavailable('closed', 'the meeting is changing servers');
    if (held.room.condition === 'lost' && this.#parts.ownership) {
      this.lose(meetingId, null);
      return null;
    }
    held.usedAt = this.#parts.source.now();
    return held.room;
  }

  /** @throws LivesElsewhere, LogUnavailable */
  async #claim(ownership: Ownership, meetingId: MeetingId, wanted: 'here' | 'anywhere'): Promise<void> {
    const home = await ownership.claim(meetingId, wanted);
    if (home.kind === 'elsewhere') throw new LivesElsewhere(home.address);
  }

  #depart(departure: Departure): void {
    for (const listener of this.#departureListeners) {
      try {
        listener(departure);
      } catch (error) {
        const { meetingId } = departure.room;
        this.#parts.roomLog.error({ meetingId, error }, 'a departure could not be told');
      }
    }
  }

  #pass(room: MeetingRoom): void {
    try {
      const report = room.lines.report(room.state, this.#parts.source.elapsed());
      const due = commandsDue(room.state, room.now);
      for (const command of report ? [report, ...due] : due) void room.submit(system, null, command);
    } catch (error) {
      // One meeting's trouble must not stop the clock of the others.
      this.#parts.roomLog.error({ meetingId: room.meetingId, error }, 'the passing of time failed');
    }
  }

  #load(meetingId: MeetingId): Promise<MeetingRoom> {
    const underWay = this.#loading.get(meetingId);
    if (underWay) return underWay;
    const loading = this.#build(meetingId).finally(() => this.#loading.delete(meetingId));
    this.#loading.set(meetingId, loading);
    return loading;
  }

  async #build(meetingId: MeetingId): Promise<MeetingRoom> {
    const { log, source, roomLog } = this.#parts;
    const past = await loadPast(log, meetingId);
    const publish = (publication: Publication) => this.#publish(publication);
    const room = new MeetingRoom(past, { log, appender: this.#appender, source, roomLog, publish });
    this.#held.set(meetingId, { room, share: this.#built++ % shares, usedAt: source.now() });
    this.#project(room.state);
    if (this.#parts.ownership) for (const listener of this.#arrivalListeners) listener(room);
    return room;
  }

  async #loadOrTell(meetingId: MeetingId): Promise<void> {
    try {
      await this.#load(meetingId);
    } catch (error) {
      this.#parts.roomLog.error({ meetingId, error }, 'a meeting could not be loaded');
    }
  }

  #publish(publication: Publication): void {
    const { before, after } = publication;
    if (before.phase !== after.phase || before.facts !== after.facts || before.officers !== after.officers) {
      this.#project(after);
    }
    for (const listener of this.#listeners) listener(publication);
  }

  /** The list may lag behind the log, never the other way round; a failure is mended when the meeting is next loaded. */
  #project(state: MeetingState): void {
    const entry = entryOf(state);
    if (entry) this.#projection.note(entry);
  }
}

function entryOf({ facts, officers, phase }: MeetingState): MeetingIndexEntry | null {
  if (!facts) return null;
  const { meetingId, cellId, kind, title, startsAt } = facts;
  return {
    id: meetingId,
    cellId,
    kind,
    title,
    startsAt,
    phase,
    chairId: officers?.chair ?? null,
    deputyChairId: officers?.deputyChair ?? null,
    clerkId: officers?.clerk ?? null,
  };
}
