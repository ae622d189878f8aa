import type { Command } from '@diemcau/shared/domain/commands.ts';
import { commandsDue } from '@diemcau/shared/domain/due.ts';
import { isLive } from '@diemcau/shared/domain/phase.ts';
import type { MeetingState } from '@diemcau/shared/domain/state.ts';
import type { CommandId, MeetingId } from '@diemcau/shared/ids.ts';
import type { Receipt } from '@diemcau/shared/protocol/socket.ts';
import { type Result, refused } from '@diemcau/shared/result.ts';
import type { MeetingIndex, MeetingIndexEntry } from '../directory/meeting-index.ts';
import { loadPast } from './load.ts';
import { Appender } from './log/appender.ts';
import { type EventLog, LogUnavailable } from './log/event-log.ts';
import type { RoomLog, Source } from './ports.ts';
import { MeetingRoom, type Publication } from './room.ts';

/** Milliseconds between looks at what the passing of time calls for. */
const tickEvery = 1_000;
/** A room in which nothing goes on and to which nobody is connected leaves memory after this long, in milliseconds. */
const idleLimit = 10 * 60_000;

const system = { kind: 'system' } as const;

export interface RegistryParts {
  readonly log: EventLog;
  /** The directory's list of meetings: a projection that may lag, written again whenever a meeting is loaded. */
  readonly index: Pick<MeetingIndex, 'upsert' | 'get' | 'unfinished'>;
  readonly source: Source;
  readonly roomLog: RoomLog;
}

interface Held {
  readonly room: MeetingRoom;
  usedAt: number;
}

/** All meetings of this process: each is loaded from the log when it is first asked for, and is written by one room only. */
export class MeetingRegistry {
  readonly #parts: RegistryParts;
  readonly #appender: Appender;
  readonly #held = new Map<MeetingId, Held>();
  readonly #loading = new Map<MeetingId, Promise<MeetingRoom>>();
  readonly #listeners = new Set<(publication: Publication) => void>();
  #ticker: NodeJS.Timeout | null = null;
  #closed = false;

  constructor(parts: RegistryParts) {
    this.#parts = parts;
    this.#appender = new Appender(parts.log, (cause) => {
      parts.roomLog.error({ error: cause.message }, 'the event log could not be written');
    });
  }

  /** Opens the log, takes over every meeting that may still change, and begins to watch the time. */
  async start(): Promise<void> {
    await this.#parts.log.open();
    const unfinished = new Set((await this.#parts.index.unfinished()).map(({ id }) => id));
    for (const { meetingId, seq } of await this.#parts.log.meetings()) {
      // A meeting missing from the list was created just before the process died.
      const concerns = unfinished.has(meetingId) || !(await this.#parts.index.get(meetingId));
      if (seq > 0 && concerns) await this.#loadOrTell(meetingId);
    }
    this.#ticker = setInterval(() => this.tick(), tickEvery);
  }

  /** Told of every publication of every room, after the acknowledgements. @returns a function that stops telling. */
  onPublication(listener: (publication: Publication) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  /** @returns the meeting's room; null when there is no such meeting. Rejects when its log can't be read. */
  async room(meetingId: MeetingId): Promise<MeetingRoom | null> {
    const held = this.#held.get(meetingId);
    if (held) {
      held.usedAt = this.#parts.source.now();
      return held.room;
    }
    if (this.#closed) throw new LogUnavailable('closed', 'the server is stopping');
    const head = await this.#parts.log.head(meetingId);
    return head && head.seq > 0 ? this.#load(meetingId) : null;
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
    const room = this.#held.get(meetingId)?.room ?? (await this.#load(meetingId));
    return room.submit(system, id, command);
  }

  /** What a second brings: lines lost and found, graces that end, rooms to leave memory. */
  tick(): void {
    const now = this.#parts.source.now();
    for (const [meetingId, held] of this.#held) {
      const { room } = held;
      if (room.condition === 'adrift') void room.steady();
      if (room.condition === 'lost') this.#held.delete(meetingId);
      if (room.condition !== 'sound') continue;
      if (isLive(room.state)) this.#pass(room);
      if (isLive(room.state) || room.lines.anyUp) held.usedAt = now;
      else if (now - held.usedAt > idleLimit) this.#held.delete(meetingId);
    }
  }

  /** What was begun becomes durable first; closing twice is no fault. */
  async close(): Promise<void> {
    this.#closed = true;
    if (this.#ticker) clearInterval(this.#ticker);
    await Promise.allSettled(this.#loading.values());
    await Promise.all(this.rooms().map((room) => room.idle()));
    await this.#appender.idle();
    await this.#parts.log.close();
  }

  #pass(room: MeetingRoom): void {
    try {
      const report = room.lines.report(room.state, this.#parts.source.now());
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
    this.#held.set(meetingId, { room, usedAt: source.now() });
    this.#project(room.state);
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
    if (!entry) return;
    this.#parts.index.upsert(entry).catch((error: unknown) => {
      this.#parts.roomLog.error({ meetingId: entry.id, error }, 'the list of meetings could not be written');
    });
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
