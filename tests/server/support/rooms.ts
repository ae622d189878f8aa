import { randomBytes, randomUUID } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Actor } from '@diemcau/shared/domain/actor.ts';
import type { Command } from '@diemcau/shared/domain/commands.ts';
import type { MeetingId, VoteId } from '@diemcau/shared/ids.ts';
import type { MeetingIndexEntry } from '../../../server/src/directory/meeting-index.ts';
import type { AppendAnswer, Batch, EventLog } from '../../../server/src/meeting/log/event-log.ts';
import { SqliteEventLog } from '../../../server/src/meeting/log/sqlite-event-log.ts';
import type { RoomLog, Source } from '../../../server/src/meeting/ports.ts';
import { MeetingRegistry } from '../../../server/src/meeting/registry.ts';
import type { MeetingRoom } from '../../../server/src/meeting/room.ts';
import { material, newCommandId, newMeetingId, person } from './material.ts';

/** Time that stands still until a test moves it. */
export class TestClock implements Source {
  at = 1_790_000_000_000;
  /** How far the machine's clock was set from the time that goes by, in milliseconds. */
  ahead = 0;
  readonly now = () => this.at + this.ahead;
  readonly elapsed = () => this.at;
  readonly newId = () => randomUUID();
  readonly newSalt = () => randomBytes(16).toString('hex');
}

export const silent: RoomLog = { info: () => {}, warn: () => {}, error: () => {} };

/** The directory's list, in memory. */
export function memoryIndex() {
  const entries = new Map<MeetingId, MeetingIndexEntry>();
  return {
    entries,
    upsert: async (entry: MeetingIndexEntry) => {
      entries.set(entry.id, entry);
    },
    get: async (id: MeetingId) => entries.get(id),
    unfinished: async () =>
      [...entries.values()].filter(({ phase }) => phase !== 'closed' && phase !== 'sealed'),
  };
}

/** What a store does to the next append: answers falsely, not at all, or writes it only when the one after it comes. */
export type Mishap = 'fullDisk' | 'lostAnswer' | 'brokenBefore' | 'lateArrival';

/** The real store, with appends that can be held up, counted and broken. */
export class TroubledLog implements EventLog {
  readonly #log: SqliteEventLog;
  readonly appends: (readonly Batch[])[] = [];
  mishap: Mishap | null = null;
  unreadable = false;
  #late: readonly Batch[] | null = null;
  #gate: Promise<void> = Promise.resolve();

  constructor(path: string) {
    this.#log = new SqliteEventLog(path);
  }

  open = () => this.#log.open();
  head = (id: MeetingId) => (this.unreadable ? Promise.reject(new Error('unreadable')) : this.#log.head(id));
  raiseEpoch = (id: MeetingId) => this.#log.raiseEpoch(id);
  read = (id: MeetingId, after: number, limit: number) => this.#log.read(id, after, limit);
  meetings = () => this.#log.meetings();
  lastAt = () => this.#log.lastAt();
  close = () => this.#log.close();

  /** Appends wait until the returned function is called. */
  hold(): () => void {
    const { promise, resolve } = Promise.withResolvers<void>();
    this.#gate = promise;
    return resolve;
  }

  async append(batches: readonly Batch[]): Promise<AppendAnswer> {
    this.appends.push(batches);
    await this.#gate;
    const { mishap } = this;
    this.mishap = null;
    const failed = (written: 'no' | 'unknown'): AppendAnswer => ({
      status: 'failed',
      written,
      cause: Object.assign(new Error('test'), { kind: 'io' as const }),
    });
    if (mishap === 'fullDisk') return failed('no');
    if (mishap === 'brokenBefore') return failed('unknown');
    if (mishap === 'lateArrival') {
      this.#late = batches;
      return failed('unknown');
    }
    if (this.#late) await this.#log.append(this.#late);
    this.#late = null;
    const answer = await this.#log.append(batches);
    return mishap === 'lostAnswer' ? failed('unknown') : answer;
  }
}

/** A registry on a real store in a folder of its own. */
export async function startRegistry(folder?: string) {
  const dataDir = folder ?? (await mkdtemp(join(tmpdir(), 'rooms-')));
  const log = new TroubledLog(join(dataDir, 'events.sqlite'));
  const clock = new TestClock();
  const index = memoryIndex();
  const registry = new MeetingRegistry({ log, index, source: clock, roomLog: silent });
  await registry.start();
  return {
    dataDir,
    log,
    clock,
    index,
    registry,
    close: () => registry.close(),
    remove: () => rm(dataDir, { recursive: true }),
  };
}

export type TestRegistry = Awaited<ReturnType<typeof startRegistry>>;

export const mark = (vote: VoteId, choice: 'inFavour' | 'against' = 'inFavour'): Command => ({
  type: 'castMark',
  vote,
  choice,
});

export const as = (name: string): Actor => ({ kind: 'person', person: person(name) });

/** Gives a command and insists that it is accepted. */
export async function done(room: MeetingRoom, actor: Actor, command: Command) {
  const result = await room.submit(actor, newCommandId(), command);
  if (!result.ok) throw new Error(`${command.type} was refused: ${result.refusal.code}`);
  return result.value;
}

/** A summoned meeting. */
export async function summonedRoom({ registry }: TestRegistry): Promise<MeetingRoom> {
  const meetingId = newMeetingId();
  const command = { type: 'createMeeting', ...material(meetingId) } as const;
  const created = await registry.create(meetingId, newCommandId(), command);
  const room = await registry.room(meetingId);
  if (!created.ok || !room) throw new Error('the meeting was not created');
  await done(room, as('chair'), { type: 'summonMeeting' });
  return room;
}

/** A meeting with five remote members that has had its roll call. */
export async function openRoom(world: TestRegistry): Promise<MeetingRoom> {
  const room = await summonedRoom(world);
  await done(room, as('chair'), { type: 'openMeeting' });
  for (const name of ['chair', 'clerk', 'an', 'binh', 'cuc']) {
    await done(room, as(name), { type: 'checkIn', place: { mode: 'remote' } });
    room.lines.up({ kind: 'person', person: person(name) });
  }
  await done(room, as('clerk'), { type: 'completeRollCall' });
  return room;
}

/** Opens a vote on the room's meeting. */
export async function openVote(room: MeetingRoom): Promise<VoteId> {
  await done(room, as('chair'), {
    type: 'openVote',
    item: null,
    question: 'Thông qua chương trình?',
    rule: 'procedural',
    purpose: 'programme',
    despiteWaiting: false,
  });
  const vote = room.state.openVote;
  if (!vote) throw new Error('no vote is open');
  return vote;
}
