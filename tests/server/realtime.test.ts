import type { LoggedEvent } from '@diemcau/shared/domain/events.ts';
import { evolve } from '@diemcau/shared/domain/meeting.ts';
import { redact } from '@diemcau/shared/domain/redact.ts';
import { refusalText } from '@diemcau/shared/protocol/refusal-text.ts';
import { protocolVersion } from '@diemcau/shared/protocol/version.ts';
import type { RefusalCode } from '@diemcau/shared/result.ts';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { endAssignment } from '../../server/src/directory/rights.ts';
import type { MeetingRoom } from '../../server/src/meeting/room.ts';
import { type Guest, startDoor, type TestDoor } from './support/door.ts';
import { material, newCommandId, newMeetingId, person, site } from './support/material.ts';
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
const refusal = (code: RefusalCode) => ({ ok: false, code });

function whyNot(guest: Guest): Promise<{ code: string; message: string }> {
  return new Promise((resolve) => {
    guest.socket.on('connect_error', (error: Error & { data?: { code: string; message: string } }) => {
      resolve(error.data ?? { code: 'none', message: error.message });
    });
  });
}

const gone = (guest: Guest) => new Promise((resolve) => guest.socket.on('disconnect', resolve));

describe('the handshake', () => {
  test('a token that nobody issued is refused in words', async () => {
    const why = await whyNot(door.enter('forged'));
    expect(why).toMatchObject({ code: 'unauthenticated', message: refusalText.unauthenticated.vi });
  });

  test('an older protocol is told to reload, in the language asked for', async () => {
    const why = await whyNot(
      await door.personEnters('an', { protocol: protocolVersion - 1, language: 'en' }),
    );
    expect(why).toMatchObject({ code: 'protocolTooOld', message: refusalText.protocolTooOld.en });
  });

  test.each([[{ token: 7 }], [{ token: '' }], [{ protocol: 'new' }]])('%j is malformed', async (said) => {
    const why = await whyNot(await door.personEnters('an', said));
    expect(why.code).toBe('malformed');
  });

  test('a session that ends takes its connection with it, and says so', async () => {
    const guest = await door.personEnters('an');
    await guest.ask('clock', {});
    const disconnected = gone(guest);
    await door.auth.sessions.end(guest.refreshToken);
    await disconnected;
    expect(guest.ended).toMatchObject({ code: 'sessionEnded', message: refusalText.sessionEnded.vi });
  });

  test('a connection outlives its access token', async () => {
    const guest = await door.personEnters('an');
    await guest.ask('clock', {});
    door.clock.at += 24 * 3_600_000;
    expect(await guest.ask('clock', {})).toEqual({ ok: true, value: { now: door.clock.at } });
  });
});

describe('garbage', () => {
  test('of every shape gets one closed answer, and the server lives', async () => {
    const room = await summonedRoom(door);
    const guest = await door.personEnters('an');
    await guest.join(room.meetingId);
    const { meetingId } = room;
    const garbage: [string, unknown][] = [
      ['command', undefined],
      ['command', null],
      ['command', 'text'],
      ['command', []],
      ['command', { meetingId, id: newCommandId(), command: { type: 'reportLines', lost: [] } }],
      ['command', { meetingId, id: newCommandId(), command: { type: 'createMeeting' } }],
      ['command', { meetingId, id: newCommandId(), command: { type: '__proto__' } }],
      ['command', { meetingId, id: 'x'.repeat(100), command: { type: 'stepAway' } }],
      ['command', { meetingId, id: newCommandId(), command: { type: 'stepAway', person: 'binh' } }],
      [
        'command',
        { meetingId, id: newCommandId(), command: { type: 'askToSpeak', kind: 'speech', group: 'a\u0000b' } },
      ],
      [
        'command',
        { meetingId, id: newCommandId(), command: { type: 'askToSpeak', kind: 'speech', group: '\ud800' } },
      ],
      ['join', { meetingId, media: 'perhaps' }],
      ['join', { meetingId, media: 'unwanted', checkIn: { id: 'a', command: { type: 'leaveMeeting' } } }],
      ['catchUp', { meetingId, after: -1 }],
      ['catchUp', { meetingId, after: 1.5 }],
      ['media', { meetingId, name: 'constructor', data: {} }],
      ['toString', {}],
      ['__proto__', {}],
      ['nothing', { meetingId }],
    ];
    for (const [name, payload] of garbage) {
      const answer = await guest.ask(name, payload);
      expect([name, payload, answer], name).toMatchObject([name, payload, refusal('malformed')]);
    }
    // Deeper than a client's own encoder goes, so written by hand.
    guest.socket.io.engine.write(`2["command",${'['.repeat(50_000)}${']'.repeat(50_000)}]`);
    // Without a way to answer there is no answer, and no harm.
    guest.socket.emit('command', { meetingId });
    guest.socket.emit('command');
    expect(await guest.ask('clock', {})).toMatchObject({ ok: true });
    expect(room.state.phase).toBe('summoned');
  });

  test('a message beyond the bound costs the connection, not the server', async () => {
    const [flooder, other] = [await door.personEnters('an'), await door.personEnters('binh')];
    await flooder.ask('clock', {});
    const disconnected = gone(flooder);
    flooder.socket.emit('clock', { text: 'x'.repeat(300_000) });
    await disconnected;
    expect(await other.ask('clock', {})).toMatchObject({ ok: true });
  });

  test('too many requests are refused with the advice to wait, and work again after it', async () => {
    const guest = await door.personEnters('an');
    const answers = await Promise.all(Array.from({ length: 200 }, () => guest.ask('clock', {})));
    expect(answers.filter(({ ok }) => ok)).toHaveLength(120);
    expect(answers.at(-1)).toMatchObject(refusal('tooManyRequests'));
    door.clock.at += 1_000;
    expect(await guest.ask('clock', {})).toMatchObject({ ok: true });
  });

  test('devices of one person share that person’s allowance', async () => {
    const guests = await Promise.all([1, 2, 3].map(() => door.personEnters('an')));
    const answers = await Promise.all(
      guests.flatMap((guest) => Array.from({ length: 110 }, () => guest.ask('clock', {}))),
    );
    expect(answers.filter(({ ok }) => ok)).toHaveLength(240);
  });
});

describe('entering a meeting', () => {
  let room: MeetingRoom;
  beforeEach(async () => {
    room = await summonedRoom(door);
  });

  test('a meeting that does not exist answers as one that is out of reach', async () => {
    const guest = await door.personEnters('an');
    expect(await guest.join(newMeetingId())).toMatchObject(refusal('notOfThisMeeting'));
    expect(await guest.command(newMeetingId(), { type: 'stepAway' })).toMatchObject(refusal('notJoined'));
  });

  test('a member enters, is checked in within the same exchange, and others see it', async () => {
    const [an, binh] = [await door.personEnters('an'), await door.personEnters('binh')];
    await binh.join(room.meetingId);
    const joined = await an.join(room.meetingId, remote);
    expect(joined).toMatchObject({
      ok: true,
      value: {
        as: { kind: 'member', person: 'an', name: 'Đồng chí an' },
        viewer: { person: 'an', site: null, officer: false },
        head: room.head,
        media: null,
        snapshot: { attendance: { an: { presence: { mode: 'remote' } } } },
      },
    });
    await binh.reaches(room.head.seq);
    expect(binh.events.at(-1)).toMatchObject({ type: 'attendanceChanged', data: { person: 'an' } });
  });

  test.each([
    ['stranger', 'notOfThisMeeting'],
    ['administrator', 'notOfThisMeeting'],
    ['suspended', 'personExcluded'],
    ['superior', 'notJoined'],
  ] as const)('%s stays outside (%s), sees nothing and can do nothing', async (name, code) => {
    const guest = await door.personEnters(name);
    expect(await guest.join(room.meetingId)).toMatchObject(refusal(code));
    expect(await guest.command(room.meetingId, { type: 'stepAway' })).toMatchObject(refusal('notJoined'));
    expect(await guest.catchUp(room.meetingId, 0)).toMatchObject(refusal('notJoined'));
    const receipt = await done(room, as('chair'), { type: 'openMeeting' });
    await new Promise((resolve) => setTimeout(resolve, 50));
    expect([receipt.seq, guest.frames]).toEqual([room.head.seq, []]);
  });

  test('SUP1 a superior attends openly or not at all, and leaving ends what they get', async () => {
    const [superior, an] = [await door.personEnters('superior'), await door.personEnters('an')];
    await an.join(room.meetingId);
    const joined = await superior.join(room.meetingId, { type: 'attendAsSuperior' });
    expect(joined).toMatchObject({ ok: true, value: { as: { kind: 'superior', office: 'Ủy viên' } } });
    await an.reaches(room.head.seq);
    expect(an.events.at(-1)).toMatchObject({ type: 'superiorArrived', data: { person: 'superior' } });
    await superior.command(room.meetingId, { type: 'leaveAsSuperior' });
    await superior.reaches(room.head.seq);
    const { length } = superior.frames;
    const receipt = await done(room, as('chair'), { type: 'openMeeting' });
    await an.reaches(receipt.seq);
    expect(superior.frames).toHaveLength(length);
    expect(await superior.catchUp(room.meetingId, 0)).toMatchObject(refusal('notJoined'));
  });

  test('SUP1 a superior whose assignment ends is led out', async () => {
    const superior = await door.personEnters('superior');
    await superior.join(room.meetingId, { type: 'attendAsSuperior' });
    await endAssignment(door.db, person('superior'), { cellId: material().facts.cellId });
    door.clock.at += 20_000;
    const left = room.head.seq + 1;
    await superior.reaches(left);
    expect(superior.events.at(-1)).toMatchObject({ type: 'superiorLeft', data: { person: 'superior' } });
    expect(await superior.join(room.meetingId)).toMatchObject(refusal('notOfThisMeeting'));
  });

  test('SITE3 a terminal opens its site by entering; it speaks for no other meeting', async () => {
    const terminal = await door.terminalEnters(room.meetingId, 'main');
    expect(await terminal.join(room.meetingId)).toMatchObject({
      ok: true,
      value: {
        as: { kind: 'terminal', site: 'main', name: 'Hội trường' },
        viewer: { person: null, site: 'main' },
      },
    });
    expect(room.state.sites[site('main')]?.terminal).toMatchObject({ responsible: 'chair', line: 'up' });
    const other = await summonedRoom(door);
    expect(await terminal.join(other.meetingId)).toMatchObject(refusal('notOfThisMeeting'));
  });

  test('SITE2 another device takes the site over; the first is told and cannot take it back', async () => {
    const first = await door.terminalEnters(room.meetingId, 'main');
    await first.join(room.meetingId);
    const opener = room.state.sites[site('main')]?.terminal?.id;
    const disconnected = gone(first);
    const second = await door.terminalEnters(room.meetingId, 'main');
    expect(await second.join(room.meetingId)).toMatchObject({ ok: true });
    await disconnected;
    expect(first.ended).toMatchObject({ code: 'sessionEnded' });
    first.socket.connect();
    expect(await first.join(room.meetingId)).toMatchObject(refusal('sessionEnded'));
    expect(room.state.sites[site('main')]?.terminal?.id).not.toBe(opener);
    expect(
      await second.command(room.meetingId, { type: 'checkInAtSite', person: person('an') }),
    ).toMatchObject({
      ok: true,
    });
  });

  test('identity comes from the session: nobody acts for another', async () => {
    const vote = await openVote(await openRoomHere());
    const binh = await door.personEnters('binh');
    await binh.join(room.meetingId);
    const forged = await binh.command(room.meetingId, {
      type: 'castMark',
      vote,
      choice: 'against',
      person: person('an'),
    });
    expect(forged).toMatchObject({ ok: false });
    expect(room.state.votes[vote]?.marked).toEqual({});
  });

  async function openRoomHere() {
    room = await openRoom(door);
    return room;
  }
});

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

describe('lines', () => {
  test('ATT2 the last connection of a person counts, not the first that drops', async () => {
    const room = await openRoom(door);
    room.lines.down({ kind: 'person', person: person('an') }, door.clock.at);
    const [phone, computer] = [await door.personEnters('an'), await door.personEnters('an')];
    for (const guest of [phone, computer]) await guest.join(room.meetingId);
    const pass = async (milliseconds: number) => {
      await new Promise((resolve) => setTimeout(resolve, 100));
      door.clock.at += milliseconds;
      door.registry.tick();
      await room.idle();
      return room.state.attendance[person('an')]?.presence.mode;
    };
    phone.socket.disconnect();
    expect(await pass(30_000)).toBe('remote');
    computer.socket.disconnect();
    await pass(0);
    expect(await pass(6_000)).toBe('reconnecting');
    const back = await door.personEnters('an');
    await back.join(room.meetingId);
    expect(await pass(1_000)).toBe('remote');
  });
});
