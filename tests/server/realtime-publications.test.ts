import type { LoggedEvent } from '@diemcau/shared/domain/events.ts';
import { evolve } from '@diemcau/shared/domain/meeting.ts';
import { redact } from '@diemcau/shared/domain/redact.ts';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { type Guest, startDoor, type TestDoor } from './support/door.ts';
import { newCommandId, person } from './support/material.ts';
import { as, done, openRoom, openVote, summonedRoom } from './support/rooms.ts';

let door: TestDoor;
beforeEach(async () => {
  door = await startDoor();
});
afterEach(async () => {
  await door.close();
  await door.remove();
});

const remote = { type: 'checkIn', place: { mode: 'remote' } } as const;

describe('what goes out', () => {
  test('VOTE10 a choice reaches its own person only; everybody else gets the envelope', async () => {
    const room = await openRoom(door);
    const { meetingId } = room;
    const vote = await openVote(room);
    const names = ['chair', 'clerk', 'an', 'binh'];
    const [chair, clerk, an, binh] = await Promise.all(names.map((name) => door.personEnters(name)));
    if (!chair || !clerk || !an || !binh) throw new Error('nobody came');
    for (const guest of [chair, clerk, an, binh])
      expect(await guest.join(meetingId)).toMatchObject({ ok: true });
    await an.command(meetingId, { type: 'castMark', vote, choice: 'against' });
    for (const guest of [chair, clerk, an, binh]) await guest.reaches(room.head.seq);
    const choiceOf = (guest: Guest) => guest.events.find(({ type }) => type === 'choiceRecorded');
    expect(choiceOf(an)).toMatchObject({ data: { person: 'an', choice: 'against' } });
    for (const guest of [chair, clerk, binh]) {
      const { seq, type, at, hash, dataHash } = choiceOf(an) ?? {};
      expect(choiceOf(guest)).toEqual({ seq, type, at, hash, dataHash });
      expect(guest.frames.join()).not.toContain('against');
      expect(guest.frames.join()).toContain('voteMarked');
      const again = await guest.catchUp(meetingId, room.head.seq - 2);
      expect(JSON.stringify(again)).not.toContain('against');
      expect(JSON.stringify(await guest.join(meetingId))).not.toContain('against');
    }
  });

  test('ATT2 a reason of absence reaches chair, clerk and the person', async () => {
    const room = await openRoom(door);
    const { meetingId } = room;
    const [clerk, dung, an] = [
      await door.personEnters('clerk'),
      await door.personEnters('dung'),
      await door.personEnters('an'),
    ];
    for (const guest of [clerk, dung, an]) await guest.join(meetingId);
    const entry = { mode: 'absentExcused', reason: 'đi viện' } as const;
    await clerk.command(meetingId, { type: 'recordAttendance', person: person('dung'), entry });
    for (const guest of [clerk, dung, an]) await guest.reaches(room.head.seq);
    expect([clerk, dung, an].map(({ frames }) => frames.join().includes('đi viện'))).toEqual([
      true,
      true,
      false,
    ]);
  });

  test('events folded on a snapshot give the server’s state as that viewer may know it', async () => {
    const room = await summonedRoom(door);
    const { meetingId } = room;
    const an = await door.personEnters('an');
    const joined = await an.join(meetingId, remote);
    if (!joined.ok) throw new Error(joined.code);
    await done(room, as('chair'), { type: 'openMeeting' });
    for (const name of ['chair', 'clerk', 'binh']) await done(room, as(name), remote);
    await done(room, as('clerk'), { type: 'completeRollCall' });
    const vote = await openVote(room);
    await done(room, as('an'), { type: 'castMark', vote, choice: 'inFavour' });
    await done(room, as('binh'), { type: 'castMark', vote, choice: 'against' });
    await done(room, as('chair'), { type: 'closeVote', vote, despiteUnreached: true });
    await an.reaches(room.head.seq);
    const folded = an.events.reduce(evolve, joined.value.snapshot);
    expect(folded).toEqual(JSON.parse(JSON.stringify(redact(room.state, joined.value.viewer))));
    const caughtUp = await an.catchUp(meetingId, joined.value.head.seq);
    expect(caughtUp).toEqual({ ok: true, value: { kind: 'events', events: an.events } });
  });

  test('a gap past the bound is answered with a snapshot', async () => {
    const room = await summonedRoom(door);
    const an = await door.personEnters('an');
    await an.join(room.meetingId);
    const answer = await an.catchUp(room.meetingId, room.head.seq + 5);
    expect(answer).toMatchObject({ ok: true, value: { kind: 'snapshot', head: room.head } });
  });

  test('a new clerk gets the state that the clerk may know, and the one before loses it', async () => {
    const room = await openRoom(door);
    const { meetingId } = room;
    const entry = { mode: 'absentExcused', reason: 'đi viện' } as const;
    await done(room, as('clerk'), { type: 'recordAttendance', person: person('dung'), entry });
    const [clerk, binh] = [await door.personEnters('clerk'), await door.personEnters('binh')];
    for (const guest of [clerk, binh]) await guest.join(meetingId);
    await done(room, as('chair'), { type: 'nameOfficers', clerk: person('binh') });
    await new Promise((resolve) => setTimeout(resolve, 50));
    expect(binh.snapshots.at(-1)).toMatchObject({
      viewer: { officer: true },
      head: room.head,
      snapshot: { absenceReasons: { dung: 'đi viện' } },
    });
    expect(clerk.snapshots.at(-1)).toMatchObject({
      viewer: { officer: false },
      snapshot: { absenceReasons: {} },
    });
  });

  test('DUR6 a device that comes back gets the events it lacks, as its person may know them', async () => {
    const room = await openRoom(door);
    const { meetingId } = room;
    const vote = await openVote(room);
    const first = await (await door.personEnters('an')).join(meetingId);
    if (!first.ok) throw new Error(first.code);
    const { head, snapshot, viewer } = first.value;
    await done(room, as('an'), { type: 'castMark', vote, choice: 'inFavour' });
    await done(room, as('binh'), { type: 'castMark', vote, choice: 'against' });
    const an = await door.personEnters('an');
    const back = async (known: object) =>
      Object((await an.ask('join', { meetingId, media: 'unwanted', known })) as object).value;
    const { events, ...rest } = await back({ ...head, officer: false });
    expect(rest).toMatchObject({ head: room.head, viewer, as: first.value.as });
    expect(rest).not.toHaveProperty('snapshot');
    const folded = (events as readonly LoggedEvent[]).reduce(evolve, snapshot);
    expect(folded).toEqual(JSON.parse(JSON.stringify(redact(room.state, viewer))));
    expect(await back({ ...room.head, officer: false })).toMatchObject({ events: [] });
  });

  test('DUR6 a device whose past is another, or whose person sees more or less by now, gets a snapshot', async () => {
    const room = await openRoom(door);
    const { meetingId } = room;
    const entry = { mode: 'absentExcused', reason: 'đi viện' } as const;
    await done(room, as('clerk'), { type: 'recordAttendance', person: person('dung'), entry });
    const before = room.head;
    const clerk = await door.personEnters('clerk');
    const back = async (known: object) =>
      Object((await clerk.ask('join', { meetingId, media: 'unwanted', known })) as object).value;
    expect(await back({ ...before, officer: true })).toMatchObject({ events: [] });
    for (const other of [
      { seq: before.seq, hash: 'another', officer: true },
      { seq: before.seq + 1, hash: before.hash, officer: true },
      { seq: 1, hash: before.hash, officer: true },
    ]) {
      expect(await back(other)).toMatchObject({ snapshot: { absenceReasons: { dung: 'đi viện' } } });
    }
    await done(room, as('chair'), { type: 'nameOfficers', clerk: person('binh') });
    const demoted = await back({ ...before, officer: true });
    expect(demoted).toMatchObject({ viewer: { officer: false }, snapshot: { absenceReasons: {} } });
    expect(demoted).not.toHaveProperty('events');
  });

  test('VOTE11 the receipt comes before the events of the own command, and repeats on another connection', async () => {
    const room = await openRoom(door);
    const { meetingId } = room;
    const vote = await openVote(room);
    const an = await door.personEnters('an');
    await an.join(meetingId);
    const id = newCommandId();
    const order: string[] = [];
    an.socket.on('events', () => order.push('events'));
    const command = { type: 'castMark', vote, choice: 'inFavour' } as const;
    const receipt = await new Promise((resolve) => {
      an.socket.emit('command', { meetingId, id, command }, (answer: unknown) => {
        order.push('receipt');
        resolve(answer);
      });
    });
    await an.reaches(room.head.seq);
    expect([receipt, order]).toEqual([{ ok: true, value: room.head }, ['receipt', 'events']]);
    an.socket.disconnect();
    const back = await door.personEnters('an');
    await back.join(meetingId);
    expect(await back.command(meetingId, { type: 'castMark', vote, choice: 'inFavour' }, id)).toEqual(
      receipt,
    );
  });
});
