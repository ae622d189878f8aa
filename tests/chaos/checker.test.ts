import { join } from 'node:path';
import { viewerOf } from '@diemcau/shared/domain/audience.ts';
import { redact } from '@diemcau/shared/domain/redact.ts';
import type { CommandId, VoteId } from '@diemcau/shared/ids.ts';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { MeetingRoom } from '../../server/src/meeting/room.ts';
import { newCommandId, person } from '../server/support/material.ts';
import { as, done, openRoom, openVote, startRegistry, type TestRegistry } from '../server/support/rooms.ts';
import { checkStored } from './checker/check.ts';
import { checkReplay } from './checker/replay.ts';
import { readSqlite, type StoredEvent, type StoredLog } from './checker/stored.ts';
import { type GivenCommand, Ledger } from './ledger.ts';

describe('the checker', () => {
  let world: TestRegistry;
  let room: MeetingRoom;
  let vote: VoteId;
  let ledger: Ledger;

  beforeEach(async () => {
    world = await startRegistry();
    room = await openRoom(world);
    vote = await openVote(room);
    ledger = new Ledger();
    for (const name of ['an', 'binh', 'an']) await mark(name, name === 'an' ? 'inFavour' : 'against');
    await done(room, as('chair'), { type: 'closeVote', vote, despiteUnreached: true });
    await done(room, as('chair'), { type: 'announceResult', vote });
  });

  afterEach(async () => {
    await world.close();
    await world.remove();
  });

  async function mark(
    name: string,
    choice: 'inFavour' | 'against',
    id: CommandId = newCommandId(),
  ): Promise<void> {
    const { meetingId } = room;
    const command = { type: 'castMark', vote, choice } as const;
    const given = ledger.begin({ id, meetingId, person: person(name), command });
    given.sendings += 1;
    const result = await room.submit(as(name), id, command);
    if (!result.ok) throw new Error(result.refusal.code);
    ledger.answered(given, { ok: true, value: result.value });
    ledger.saw(meetingId, [result.value]);
  }

  /** The log as it lies on the disk, changed. */
  function stored(
    change: (events: readonly StoredEvent[]) => readonly StoredEvent[] = (same) => same,
  ): StoredLog {
    const log = readSqlite(join(world.dataDir, 'events.sqlite'));
    const events = change(log.events.get(room.meetingId) ?? []);
    return { heads: log.heads, events: new Map([[room.meetingId, events]]) };
  }

  async function promises(
    log: StoredLog,
    told: Pick<Ledger, 'given' | 'sightings' | 'contradictions'> = ledger,
  ) {
    return new Set((await checkStored(log, told)).findings.map(({ promise }) => promise));
  }

  /** What was told, with the last mark's memory changed. */
  function remembered(change: (last: GivenCommand) => GivenCommand) {
    const last = ledger.given.at(-1);
    if (!last) throw new Error('nothing was given');
    const given = [...ledger.given.slice(0, -1), change(last)];
    return { given, sightings: ledger.sightings, contradictions: [] };
  }

  test('has nothing against a log that keeps its promises', async () => {
    expect(await promises(stored())).toEqual(new Set());
  });

  test('sees an acknowledged mark that is gone, and that the end was cut off', async () => {
    const found = await promises(stored((events) => events.slice(0, -4)));
    expect(found).toContain('an acknowledged command is stored once');
    expect(found).toContain('what was shown is stored');
    expect(found).toContain('the chain holds');
  });

  test('sees a mark that is stored twice under its command', async () => {
    const twice = (events: readonly StoredEvent[]) => [...events, ...events.slice(-4, -3)];
    expect(await promises(stored(twice))).toContain('nothing counts twice');
  });

  test('sees a mark that nobody gave, and one that was refused', async () => {
    expect(await promises(stored(), { ...ledger, given: ledger.given.slice(1), sightings: [] })).toContain(
      'nothing counts twice',
    );
    const refused = remembered((last) => ({
      ...last,
      receipts: [],
      refusals: [{ at: 1, code: 'voteClosed' }],
    }));
    expect(await promises(stored(), refused)).toContain('nothing counts twice');
  });

  test('sees two receipts for one command', async () => {
    const two = remembered((last) => ({
      ...last,
      receipts: [...last.receipts, { at: last.firstSentAt, receipt: { seq: 1, hash: 'another' } }],
    }));
    expect(await promises(stored(), two)).toContain('nothing counts twice');
  });

  test('sees a mark that stands before one that was acknowledged before it was given', async () => {
    const late = {
      ...ledger,
      sightings: [],
      given: ledger.given.map((one, index) =>
        index === 0 ? { ...one, firstSentAt: Number.MAX_SAFE_INTEGER } : one,
      ),
    };
    expect(await promises(stored(), late)).toContain('order is one');
  });

  test('sees an event that was shown otherwise', async () => {
    ledger.saw(room.meetingId, [{ seq: 1, hash: 'another' }]);
    expect(await promises(stored())).toContain('what was shown is stored');
    ledger.saw(room.meetingId, [{ seq: 1, hash: 'a third' }]);
    expect(await promises(stored())).toContain('order is one');
  });

  test('counts anew: a total that is not the marks’ own, and a mark after the end', async () => {
    const other = (events: readonly StoredEvent[]) =>
      events.map((event) =>
        event.type === 'choiceRecorded' ? { ...event, data: { ...event.data, choice: 'noOpinion' } } : event,
      );
    expect(await promises(stored(other))).toContain('votes are counted right');
    const late = (events: readonly StoredEvent[]) => [
      ...events,
      ...events.filter(({ type }) => type === 'choiceRecorded').slice(0, 1),
    ];
    expect(await promises(stored(late))).toContain('votes are counted right');
  });

  test('folds anew: a state that is not the log’s', () => {
    const viewer = viewerOf(room.state, { person: person('an'), site: null });
    const state = redact(room.state, viewer);
    const { meetingId } = room;
    const whose = 'a screen';
    expect(checkReplay(stored(), [{ meetingId, whose, viewer, state }])).toEqual([]);
    const other = { ...state, minutesAdopted: true };
    expect(checkReplay(stored(), [{ meetingId, whose, viewer, state: other }])).toHaveLength(1);
  });
});
