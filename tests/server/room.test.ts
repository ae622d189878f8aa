import type { Command } from '@diemcau/shared/domain/commands.ts';
import { emptyMeeting, evolve } from '@diemcau/shared/domain/meeting.ts';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { checkLink, emptyTail, eventOf, type Tail } from '../../server/src/meeting/records.ts';
import type { MeetingRoom } from '../../server/src/meeting/room.ts';
import { newCommandId, person } from './support/material.ts';
import {
  as,
  done,
  mark,
  openRoom,
  openVote,
  startRegistry,
  summonedRoom,
  type TestRegistry,
} from './support/rooms.ts';

let world: TestRegistry;
beforeEach(async () => {
  world = await startRegistry();
});
afterEach(async () => {
  await world.close();
  await world.remove();
});

const typesOf = (room: MeetingRoom) => room.eventsSince(0)?.map(({ type }) => type) ?? [];

describe('a room', () => {
  test('answers with number and hash of the last event, which the log then holds', async () => {
    const room = await summonedRoom(world);
    const receipt = await done(room, as('chair'), { type: 'openMeeting' });
    expect(receipt).toEqual(room.head);
    const records = await world.log.read(room.meetingId, 0, 100);
    expect(records.at(-1)).toMatchObject(receipt);
    let tail: Tail = emptyTail;
    for (const record of records) {
      checkLink(tail, record);
      tail = record;
    }
  });

  test('acknowledges and publishes only what is durable', async () => {
    const room = await summonedRoom(world);
    const published: string[] = [];
    world.registry.onPublication(({ events }) => published.push(...events.map(({ type }) => type)));
    const release = world.log.hold();
    let answered = false;
    const opening = room.submit(as('chair'), newCommandId(), { type: 'openMeeting' }).then(() => {
      answered = true;
    });
    await new Promise((resolve) => setTimeout(resolve, 20));
    expect([answered, published.length, room.state.phase]).toEqual([false, 0, 'summoned']);
    release();
    await opening;
    expect([published[0], room.state.phase]).toEqual(['meetingOpened', 'open']);
  });

  test('answers whoever asked before it tells the others', async () => {
    const room = await summonedRoom(world);
    const order: string[] = [];
    world.registry.onPublication(() => order.push('published'));
    await new Promise<void>((resolve) => {
      world.registry.onPublication(() => resolve());
      room.submitThen(as('chair'), newCommandId(), { type: 'openMeeting' }, () => order.push('answered'));
    });
    expect(order).toEqual(['answered', 'published']);
  });

  test('VOTE11 repeating an accepted command gives the first receipt and changes nothing', async () => {
    const room = await openRoom(world);
    const vote = await openVote(room);
    const id = newCommandId();
    const first = await room.submit(as('an'), id, mark(vote));
    await done(room, as('binh'), mark(vote));
    const { seq } = room.head;
    expect(await room.submit(as('an'), id, mark(vote, 'against'))).toEqual(first);
    expect(room.head.seq).toBe(seq);
  });

  test('VOTE11 a command repeated while the first is on its way is carried out once', async () => {
    const room = await openRoom(world);
    const vote = await openVote(room);
    const id = newCommandId();
    const results = await Promise.all([1, 2, 3].map(() => room.submit(as('an'), id, mark(vote))));
    expect(results[0]?.ok).toBe(true);
    expect(results[1]).toEqual(results[0]);
    expect(results[2]).toEqual(results[0]);
    expect(typesOf(room).filter((type) => type === 'voteMarked')).toHaveLength(1);
  });

  test('the same command id of two people is two commands', async () => {
    const room = await openRoom(world);
    const vote = await openVote(room);
    const id = newCommandId();
    const [an, binh] = await Promise.all([
      room.submit(as('an'), id, mark(vote)),
      room.submit(as('binh'), id, mark(vote)),
    ]);
    expect(an.ok && binh.ok && an.value.seq !== binh.value.seq).toBe(true);
  });

  test('a command that changed nothing has a receipt too, and keeps it', async () => {
    const room = await openRoom(world);
    const id = newCommandId();
    const stay: Command = { type: 'comeBack' };
    const first = await room.submit(as('an'), id, stay);
    expect(first).toEqual({ ok: true, value: room.head });
    await done(room, as('an'), { type: 'leaveMeeting' });
    expect(await room.submit(as('an'), id, stay)).toEqual(first);
  });

  test('a refusal is not remembered: the state may have changed', async () => {
    const room = await summonedRoom(world);
    const id = newCommandId();
    const vote: Command = { type: 'suspendMeeting', reason: 'nghỉ giải lao' };
    expect(await room.submit(as('chair'), id, vote)).toMatchObject({
      ok: false,
      refusal: { code: 'meetingNotOpen' },
    });
    await done(room, as('chair'), { type: 'openMeeting' });
    expect(await room.submit(as('chair'), id, vote)).toMatchObject({ ok: true });
  });

  test('VOTE11 a mark after closing is refused, and noted in the log all the same', async () => {
    const room = await openRoom(world);
    const vote = await openVote(room);
    await done(room, as('chair'), { type: 'closeVote', vote, despiteUnreached: true });
    const late = await room.submit(as('an'), newCommandId(), mark(vote));
    expect(late).toMatchObject({ ok: false, refusal: { code: 'voteClosed' } });
    expect(typesOf(room).at(-1)).toBe('lateMarkNoted');
    expect(room.state.votes[vote]?.lateMarks).toEqual([person('an')]);
  });

  test('time in the log never goes back, even when the clock does', async () => {
    const room = await summonedRoom(world);
    world.clock.at += 5_000;
    await done(room, as('chair'), { type: 'openMeeting' });
    world.clock.at -= 60_000;
    await done(room, as('an'), { type: 'checkIn', place: { mode: 'remote' } });
    const times = (room.eventsSince(0) ?? []).map(({ at }) => at);
    expect(times).toEqual(times.toSorted((a, b) => a - b));
  });

  test('the replayed log is the live state', async () => {
    const room = await openRoom(world);
    const vote = await openVote(room);
    await done(room, as('an'), mark(vote));
    const records = await world.log.read(room.meetingId, 0, 1_000);
    expect(records.map(eventOf).reduce(evolve, emptyMeeting)).toEqual(room.state);
  });
});

describe('the log between rooms', () => {
  test('rooms share a batch while one is in flight', async () => {
    const rooms = await Promise.all([summonedRoom(world), summonedRoom(world), summonedRoom(world)]);
    const release = world.log.hold();
    world.log.appends.length = 0;
    const opened = rooms.map((room) => done(room, as('chair'), { type: 'openMeeting' }));
    const checkedIn = rooms.map((room) =>
      done(room, as('an'), { type: 'checkIn', place: { mode: 'remote' } }),
    );
    release();
    await Promise.all([...opened, ...checkedIn]);
    expect(world.log.appends.length).toBeLessThanOrEqual(2);
    expect(world.log.appends[0]?.length).toBeGreaterThan(1);
  });

  test('a full disk is a refusal with the advice to try again; nothing of it stays', async () => {
    const room = await summonedRoom(world);
    const { seq } = room.head;
    const id = newCommandId();
    world.log.mishap = 'fullDisk';
    const [first, onTop] = await Promise.all([
      room.submit(as('chair'), id, { type: 'openMeeting' }),
      room.submit(as('chair'), newCommandId(), { type: 'suspendMeeting', reason: 'mất điện' }),
    ]);
    expect([first, onTop]).toMatchObject([
      { refusal: { code: 'tryAgain' } },
      { refusal: { code: 'tryAgain' } },
    ]);
    expect([room.head.seq, room.state.phase]).toEqual([seq, 'summoned']);
    expect(await room.submit(as('chair'), id, { type: 'openMeeting' })).toMatchObject({ ok: true });
    expect(room.state.phase).toBe('open');
  });

  test('a commit whose answer was lost is found by rereading, and answered with its receipt', async () => {
    const room = await openRoom(world);
    const vote = await openVote(room);
    const published: number[] = [];
    world.registry.onPublication(({ events }) => published.push(...events.map(({ seq }) => seq)));
    world.log.mishap = 'lostAnswer';
    const id = newCommandId();
    const result = await room.submit(as('an'), id, mark(vote));
    expect(result).toEqual({ ok: true, value: room.head });
    expect(published).toEqual([room.head.seq - 1, room.head.seq]);
    expect(await room.submit(as('an'), id, mark(vote))).toEqual(result);
    expect(typesOf(room).filter((type) => type === 'voteMarked')).toHaveLength(1);
  });

  test('a commit that never happened is found missing, and may be repeated', async () => {
    const room = await openRoom(world);
    const vote = await openVote(room);
    world.log.mishap = 'brokenBefore';
    const id = newCommandId();
    expect(await room.submit(as('an'), id, mark(vote))).toMatchObject({ refusal: { code: 'tryAgain' } });
    expect(await room.submit(as('an'), id, mark(vote))).toMatchObject({ ok: true });
    expect(typesOf(room).filter((type) => type === 'voteMarked')).toHaveLength(1);
  });

  test('while the tail cannot be reread the room refuses, and comes back by itself', async () => {
    const room = await openRoom(world);
    const vote = await openVote(room);
    const id = newCommandId();
    world.log.mishap = 'lostAnswer';
    world.log.unreadable = true;
    expect(await room.submit(as('an'), id, mark(vote))).toMatchObject({ refusal: { code: 'tryAgain' } });
    expect(await room.submit(as('binh'), newCommandId(), mark(vote))).toMatchObject({
      refusal: { code: 'tryAgain' },
    });
    world.log.unreadable = false;
    await room.steady();
    expect(await room.submit(as('an'), id, mark(vote))).toMatchObject({ ok: true });
    expect(typesOf(room).filter((type) => type === 'voteMarked')).toHaveLength(1);
  });

  test('DUR1 an append that arrives late is not taken for the one after it', async () => {
    const room = await openRoom(world);
    const vote = await openVote(room);
    const id = newCommandId();
    world.log.mishap = 'lateArrival';
    expect(await room.submit(as('an'), id, mark(vote))).toMatchObject({ refusal: { code: 'tryAgain' } });
    const { seq } = room.head;
    const other = newCommandId();
    expect(await room.submit(as('binh'), other, mark(vote))).toMatchObject({ refusal: { code: 'tryAgain' } });
    expect(room.head.seq).toBe(seq + 2);
    expect(room.state.votes[vote]?.marked).toEqual({ [person('an')]: 'device' });
    expect(await room.submit(as('an'), id, mark(vote))).toMatchObject({ ok: true, value: room.head });
    expect(await room.submit(as('binh'), other, mark(vote))).toMatchObject({ value: { seq: seq + 4 } });
  });

  test('another owner of a meeting ends this one: it appends nothing more', async () => {
    const room = await openRoom(world);
    await world.log.raiseEpoch(room.meetingId);
    const refusedThen = await room.submit(as('an'), newCommandId(), { type: 'stepAway' });
    expect(refusedThen).toMatchObject({ refusal: { code: 'tryAgain' } });
    expect(room.condition).toBe('lost');
    world.registry.tick();
    const next = await world.registry.room(room.meetingId);
    expect(next).not.toBe(room);
    expect(next && (await next.submit(as('an'), newCommandId(), { type: 'stepAway' })).ok).toBe(true);
  });
});

describe('after a restart', () => {
  test('the meeting goes on where it was, and repeated commands get their first receipts', async () => {
    const room = await openRoom(world);
    const vote = await openVote(room);
    const id = newCommandId();
    const first = await room.submit(as('an'), id, mark(vote));
    const { state } = room;
    await world.close();
    const { dataDir } = world;
    world = await startRegistry(dataDir);
    const again = await world.registry.room(room.meetingId);
    expect(again?.state).toEqual(state);
    expect(await again?.submit(as('an'), id, mark(vote))).toEqual(first);
  });

  test('an altered record keeps its meeting closed and leaves the others alone', async () => {
    const [good, bad] = [await summonedRoom(world), await summonedRoom(world)];
    await world.close();
    const { dataDir } = world;
    const { DatabaseSync } = await import('node:sqlite');
    const file = new DatabaseSync(`${dataDir}/events.sqlite`);
    file
      .prepare("UPDATE events SET data = replace(data, 'an', 'AN') WHERE meeting_id = ? AND seq = 1")
      .run(bad.meetingId);
    file.close();
    world = await startRegistry(dataDir);
    await expect(world.registry.room(bad.meetingId)).rejects.toMatchObject({ name: 'BrokenLog' });
    expect((await world.registry.room(good.meetingId))?.state.phase).toBe('summoned');
  });

  test('all lines that stay lost are told in one event', async () => {
    const room = await openRoom(world);
    await world.close();
    const { dataDir } = world;
    world = await startRegistry(dataDir);
    const again = await world.registry.room(room.meetingId);
    if (!again) throw new Error('the meeting is gone');
    again.lines.up({ kind: 'person', person: person('an') });
    world.registry.tick();
    await again.idle();
    expect(again.head.seq).toBe(room.head.seq);
    world.clock.at += 5_000;
    world.registry.tick();
    await again.idle();
    expect(again.head.seq).toBe(room.head.seq + 1);
    expect(again.eventsSince(room.head.seq)).toMatchObject([
      { type: 'linesLost', data: { persons: ['chair', 'clerk', 'binh', 'cuc'].map(person) } },
    ]);
  });
});

describe('catching up', () => {
  test('gives what came after a number, and calls for a snapshot past the bound or the end', async () => {
    const room = await openRoom(world);
    expect(room.eventsSince(room.head.seq)).toEqual([]);
    expect(room.eventsSince(room.head.seq - 2)?.map(({ seq }) => seq)).toEqual([
      room.head.seq - 1,
      room.head.seq,
    ]);
    expect(room.eventsSince(room.head.seq + 1)).toBeNull();
    for (let turn = 0; turn < 300; turn++) {
      await Promise.all([
        done(room, as('an'), { type: 'stepAway' }),
        done(room, as('an'), { type: 'comeBack' }),
      ]);
    }
    expect(room.eventsSince(room.head.seq - 500)).toHaveLength(500);
    expect(room.eventsSince(1)).toBeNull();
  });
});
