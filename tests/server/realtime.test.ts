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

  test('ATT2 says how often a page is asked: a line that dies without a word is noticed within 23 s', async () => {
    const opening = await (await fetch(`${door.url}/socket.io/?EIO=4&transport=polling`)).text();
    const { pingInterval, pingTimeout } = JSON.parse(opening.slice(1));
    expect(pingInterval + pingTimeout).toBe(23_000);
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
