import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { assignSuperior } from '../../server/src/directory/rights.ts';
import type { MeetingRoom } from '../../server/src/meeting/room.ts';
import { startDoor, type TestDoor } from './support/door.ts';
import { material, newCommandId, person } from './support/material.ts';
import { as, done, openRoom, openVote, summonedRoom } from './support/rooms.ts';
import { WallGuest } from './support/wall-guest.ts';

let door: TestDoor;

beforeEach(async () => {
  door = await startDoor();
});
afterEach(async () => {
  await door.close();
  await door.remove();
});

const soon = { timeout: 5_000, interval: 20 };
const superior = person('superior');

async function wallOf(name = 'superior'): Promise<WallGuest> {
  return new WallGuest(await door.personEnters(name));
}

async function watching(name = 'superior'): Promise<WallGuest> {
  const wall = await wallOf(name);
  expect(await wall.watch()).toMatchObject({ ok: true });
  return wall;
}

const typesOf = async (room: MeetingRoom) =>
  (await door.log.read(room.meetingId, 0, 1_000)).map(({ type }) => type);

/** Lets the server's clock run while its one-second tick goes on in real time. */
async function later(seconds: number): Promise<void> {
  door.clock.at += seconds * 1_000;
  await new Promise((resolve) => setTimeout(resolve, 1_200));
}

/** Cuts the line, and waits until the server has noticed: its clock moves only then. */
async function cut({ guest }: WallGuest): Promise<void> {
  guest.socket.disconnect();
  await new Promise((resolve) => setTimeout(resolve, 500));
}

describe('watching', () => {
  test('SUP1 SUP6 SUP7 list, sums and figures come without attending; the cell is shown who follows', async () => {
    const room = await openRoom(door);
    const coming = await summonedRoom(door);
    const wall = await watching();
    expect(wall.entries.get(room.meetingId)).toMatchObject({
      cellName: 'Chi bộ Thôn Đông',
      organizationName: 'Đảng bộ xã',
      phase: 'open',
      attended: false,
    });
    expect(wall.entries.get(coming.meetingId)).toMatchObject({ phase: 'summoned' });
    expect(wall.sums).toEqual({ live: 1, coming: 1, present: 5, summoned: 7, votesOpen: 0, alarmed: 1 });
    const before = room.head.seq;
    const shown = await wall.show(room.meetingId);
    expect(shown).toMatchObject({
      ok: true,
      value: { summaries: [{ meetingId: room.meetingId, followers: [{ person: superior }] }] },
    });
    expect((await typesOf(room)).slice(before)).toEqual(['figuresFollowed']);
    expect(room.state.superiors).toEqual({});
    const vote = await openVote(room);
    await done(room, as('an'), { type: 'castMark', vote, choice: 'against' });
    await vi.waitFor(() => {
      expect(wall.summaries.get(room.meetingId)?.vote).toMatchObject({ voted: 1, electors: 5 });
      expect(wall.sums).toMatchObject({ votesOpen: 1 });
    }, soon);
    expect(JSON.stringify(wall.batches)).not.toContain('"against"');
  });

  test('at most one batch each 250 ms, none when nothing changes, and none of tiles off the screen', async () => {
    const [room, other] = [await openRoom(door), await openRoom(door)];
    const wall = await watching();
    await wall.show(room.meetingId);
    await new Promise((resolve) => setTimeout(resolve, 400));
    const quietFrom = wall.batches.length;
    await new Promise((resolve) => setTimeout(resolve, 1_300));
    expect(wall.batches).toHaveLength(quietFrom);
    for (let turn = 0; turn < 40; turn += 1) {
      for (const one of [room, other])
        await done(one, as('an'), { type: turn % 2 ? 'comeBack' : 'stepAway' });
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
    await new Promise((resolve) => setTimeout(resolve, 400));
    const sent = wall.batches.slice(quietFrom);
    expect(sent.length).toBeGreaterThan(2);
    // Frames may be held up on their way: two may come nearer than they were sent, three in half the time not.
    for (const [index, { at }] of sent.entries()) {
      const third = sent[index + 2];
      if (third) expect(third.at - at).toBeGreaterThan(300);
    }
    const summaries = sent.flatMap(({ batch }) => batch.summaries ?? []);
    expect(new Set(summaries.map(({ meetingId }) => meetingId))).toEqual(new Set([room.meetingId]));
  });

  test('a meeting that is summoned appears, one that ends goes', async () => {
    const wall = await watching();
    const room = await summonedRoom(door);
    await vi.waitFor(() => expect(wall.entries.get(room.meetingId)?.phase).toBe('summoned'), soon);
    await done(room, as('chair'), { type: 'cancelMeeting', reason: 'Mưa bão' });
    await vi.waitFor(() => expect(wall.gone).toEqual([room.meetingId]), soon);
    expect(wall.sums).toMatchObject({ live: 0, coming: 0 });
  });

  test('nobody watches who is no superior, and nothing is shown before watching', async () => {
    for (const name of ['an', 'chair', 'administrator', 'stranger']) {
      expect(await (await wallOf(name)).watch()).toMatchObject({ ok: false, code: 'notAllowed' });
    }
    const room = await openRoom(door);
    const wall = await wallOf();
    expect(await wall.show(room.meetingId)).toMatchObject({ ok: false, code: 'notWatching' });
  });
});

describe('following figures', () => {
  test('SUP7 it ends a minute after the tile has left the screen, and turning pages logs nothing more', async () => {
    const room = await openRoom(door);
    const wall = await watching();
    const follows = async () => (await typesOf(room)).filter((type) => type.startsWith('figures'));
    await wall.show(room.meetingId);
    for (let turn = 0; turn < 5; turn += 1) {
      await wall.show();
      await later(20);
      await wall.show(room.meetingId);
    }
    expect(await follows()).toEqual(['figuresFollowed']);
    await wall.show();
    await later(59);
    expect(await follows()).toEqual(['figuresFollowed']);
    await later(2);
    await vi.waitFor(
      async () => expect(await follows()).toEqual(['figuresFollowed', 'figuresUnfollowed']),
      soon,
    );
    expect(room.state.followers).toEqual({});
  });

  test('SUP7 a lost connection ends it after a minute; on another device it goes on', async () => {
    const room = await openRoom(door);
    const [first, second] = [await watching(), await watching()];
    await first.show(room.meetingId);
    await second.show(room.meetingId);
    await cut(first);
    await later(70);
    expect(room.state.followers[superior]).toBeDefined();
    await cut(second);
    await later(0);
    expect(room.state.followers[superior]).toBeDefined();
    await later(61);
    await vi.waitFor(() => expect(room.state.followers).toEqual({}), soon);
  });
});

describe('attending', () => {
  test('SUP1 one, several, again with the same id; an outcome for each meeting', async () => {
    const [one, two] = [await openRoom(door), await openRoom(door)];
    const over = await summonedRoom(door);
    await done(over, as('chair'), { type: 'cancelMeeting', reason: 'Mưa bão' });
    const wall = await watching();
    const wish = { id: newCommandId(), meetings: [one.meetingId, two.meetingId, over.meetingId] };
    const answer = await wall.ask('attendMeetings', wish);
    expect(answer).toMatchObject({
      ok: true,
      value: { outcomes: [{ ok: true }, { ok: true }, { ok: false, code: 'meetingOver' }] },
    });
    const heads = [one.head, two.head];
    expect(await wall.ask('attendMeetings', wish)).toEqual(answer);
    expect([one.head, two.head]).toEqual(heads);
    await vi.waitFor(() => expect(wall.entries.get(one.meetingId)?.attended).toBe(true), soon);
    expect(await wall.leave(one.meetingId)).toMatchObject({ value: { outcomes: [{ ok: true }] } });
    expect(one.state.superiors).toEqual({});
    expect(two.state.superiors[superior]).toBeDefined();
    expect((await typesOf(one)).slice(-2)).toEqual(['superiorArrived', 'superiorLeft']);
  });

  test('SUP1 members read who attends and who has left, by name and office', async () => {
    const room = await openRoom(door);
    const an = await door.personEnters('an');
    await an.join(room.meetingId);
    const wall = await watching();
    await wall.attend(room.meetingId);
    await an.reaches(room.head.seq);
    expect(an.events.at(-1)).toMatchObject({
      type: 'superiorArrived',
      data: { person: 'superior', name: 'Đồng chí superior', office: 'Ủy viên' },
    });
  });

  test('SUP1 a lost wall is a lost line: it may come back within the grace, and leaves after it', async () => {
    const room = await openRoom(door);
    const wall = await watching();
    await wall.attend(room.meetingId);
    await cut(wall);
    await later(6);
    await vi.waitFor(() => expect(room.state.superiors[superior]?.graceEndsAt).not.toBeNull(), soon);
    const again = await watching();
    expect(again.entries.get(room.meetingId)?.attended).toBe(true);
    await vi.waitFor(() => expect(room.state.superiors[superior]?.graceEndsAt).toBeNull(), soon);
    await cut(again);
    await later(6);
    await later(61);
    await vi.waitFor(() => expect(room.state.superiors).toEqual({}), soon);
  });

  test('SUP1 leaving the room of the meeting in focus does not end the attendance, nor does one device of two', async () => {
    const room = await openRoom(door);
    const [wall, phone] = [await watching(), await watching()];
    await wall.attend(room.meetingId);
    await phone.attend(room.meetingId);
    expect(await wall.guest.join(room.meetingId)).toMatchObject({
      ok: true,
      value: { as: { kind: 'superior' } },
    });
    expect(await wall.guest.ask('leave', { meetingId: room.meetingId })).toMatchObject({ ok: true });
    await cut(wall);
    await later(10);
    expect(room.state.superiors[superior]?.graceEndsAt).toBeNull();
    await phone.leave(room.meetingId);
    expect(room.state.superiors).toEqual({});
  });

  test('SUP9 who stands on the cell’s own roll enters as its member', async () => {
    const room = await openRoom(door);
    await assignSuperior(door.db, person('binh'), { cellId: material().facts.cellId });
    const wall = await watching('binh');
    expect(await wall.attend(room.meetingId)).toMatchObject({
      value: { outcomes: [{ ok: false, code: 'ownCell' }] },
    });
    await wall.show(room.meetingId);
    expect(room.state.followers).toEqual({});
    expect(await wall.guest.join(room.meetingId)).toMatchObject({ value: { as: { kind: 'member' } } });
  });

  test('at most sixteen at once', async () => {
    const rooms: MeetingRoom[] = [];
    for (let index = 0; index < 17; index += 1) rooms.push(await summonedRoom(door));
    const ids = rooms.map(({ meetingId }) => meetingId);
    const wall = await watching();
    await wall.attend(...ids.slice(0, 10));
    const second = await wall.attend(...ids.slice(9));
    const outcomes = second.ok ? second.value.outcomes.map(({ ok }) => ok) : [];
    expect(outcomes).toEqual([true, true, true, true, true, true, true, false]);
  });
});

describe('focus', () => {
  test('SUP8 only attended meetings come into focus, one at a time; the time with sound is added up', async () => {
    const [one, two] = [await openRoom(door), await openRoom(door)];
    const wall = await watching();
    expect(await wall.focus(one.meetingId)).toMatchObject({ ok: false, code: 'notJoined' });
    await wall.attend(one.meetingId, two.meetingId);
    await wall.focus(one.meetingId);
    door.clock.at += 600_000;
    await wall.focus(two.meetingId);
    await vi.waitFor(
      () => expect(one.state.superiors[superior]).toMatchObject({ focusedSince: null, focused: 600_000 }),
      soon,
    );
    expect(two.state.superiors[superior]?.focusedSince).toBe(door.clock.at);
    door.clock.at += 60_000;
    await wall.focus(null);
    await vi.waitFor(() => expect(two.state.superiors[superior]?.focused).toBe(60_000), soon);
    await wall.leave(one.meetingId);
    expect(one.state.superiorsBefore).toMatchObject([{ person: 'superior', focused: 600_000 }]);
  });

  test('SUP8 a lost wall ends the focus; a short drop does not', async () => {
    const room = await openRoom(door);
    const wall = await watching();
    await wall.attend(room.meetingId);
    await wall.focus(room.meetingId);
    const before = room.head.seq;
    await cut(wall);
    const again = await watching();
    await again.focus(room.meetingId);
    await later(3);
    expect(room.head.seq).toBe(before);
    await cut(again);
    await later(6);
    await vi.waitFor(() => expect(room.state.superiors[superior]?.focusedSince).toBeNull(), soon);
  });
});

describe('messages to the chairs', () => {
  test('SUP1 they reach chair and clerk from whom to whom, once, and no member', async () => {
    const [one, two] = [await openRoom(door), await openRoom(door)];
    const [chair, an] = [await door.personEnters('chair'), await door.personEnters('an')];
    await chair.join(one.meetingId);
    await an.join(one.meetingId);
    const wall = await watching();
    const wish = { id: newCommandId(), meetings: [one.meetingId, two.meetingId], text: 'Đề nghị rút ngắn' };
    expect(await wall.ask('messageChairs', wish)).toMatchObject({
      value: { outcomes: [{ ok: true }, { ok: true }] },
    });
    await wall.ask('messageChairs', wish);
    await chair.reaches(one.head.seq);
    expect(chair.events.at(-1)).toMatchObject({
      type: 'messageReceived',
      data: { name: 'Đồng chí superior', office: 'Ủy viên', text: wish.text, to: ['Chi bộ Thôn Đông'] },
    });
    await an.reaches(one.head.seq);
    expect(an.frames.join()).not.toContain(wish.text);
    expect(two.state.messages).toHaveLength(1);
  });
});

describe('acknowledged alarms', () => {
  test('of one superior alone, durable, and only of this occurrence', async () => {
    const room = await openRoom(door);
    const wall = await watching();
    const [alarm] = wall.alarms.get(room.meetingId) ?? [];
    expect(alarm).toMatchObject({ kind: 'rateLow', acknowledged: false });
    if (!alarm) return;
    const { key, since } = alarm;
    const asked = { meetingId: room.meetingId, key, since };
    expect(await wall.ask('acknowledgeAlarm', asked)).toMatchObject({ ok: true });
    await vi.waitFor(() => expect(wall.sums).toMatchObject({ alarmed: 0 }), soon);
    expect(wall.alarms.get(room.meetingId)).toMatchObject([{ acknowledged: true }]);
    await cut(wall);
    const again = await watching();
    expect(again.alarms.get(room.meetingId)).toMatchObject([{ kind: 'rateLow', acknowledged: true }]);
    door.clock.at += 1_000;
    await done(room, as('dung'), { type: 'checkIn', place: { mode: 'remote' } });
    await vi.waitFor(() => expect(again.alarms.get(room.meetingId)).toEqual([]), soon);
    await done(room, as('dung'), { type: 'leaveMeeting' });
    await vi.waitFor(
      () =>
        expect(again.alarms.get(room.meetingId)).toMatchObject([{ kind: 'rateLow', acknowledged: false }]),
      soon,
    );
  });
});
