import { systemCommandTypes, wallCommandTypes } from '@diemcau/shared/domain/commands.ts';
import type { MeetingId } from '@diemcau/shared/ids.ts';
import { socketRequests } from '@diemcau/shared/protocol/requests.ts';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { allowed } from '../support/permission-expectations.ts';
import { newCommandId } from './support/material.ts';
import { beforeOpening, clientCommandTypes, sampleCommands } from './support/matrix-commands.ts';
import { Crowd, connected, inside, outside, parts } from './support/matrix-crowd.ts';
import { type Role, roles } from './support/matrix-world.ts';

let crowd: Crowd;
beforeAll(async () => {
  crowd = await Crowd.gather();
});
afterAll(() => crowd.close());

const shut = [
  'unauthenticated',
  'sessionEnded',
  'notAllowed',
  'notOfThisMeeting',
  'notJoined',
  'personExcluded',
];

describe('SEC1 role × command', () => {
  test('SEC1 samples and expectations leave out no command', () => {
    const site = crowd.world.village.own.mainSite;
    const samples = Object.keys(sampleCommands({ site, person: crowd.world.people.member }));
    expect(samples.sort()).toEqual([...clientCommandTypes].sort());
    const others = [...systemCommandTypes, ...wallCommandTypes];
    expect(Object.keys(allowed).sort()).toEqual([...clientCommandTypes, ...others].sort());
  });

  test.each(outside)('SEC1 %s comes no further than the handshake', async (role) => {
    crowd.asked += 1;
    const guest = crowd.enter(crowd.world.tokenOf(role));
    const said = await new Promise<unknown>((resolve) => {
      guest.socket.on('connect_error', (error: Error & { data?: { code?: string } }) =>
        resolve(error.data?.code),
      );
    });
    expect(said).toBe(role === 'anonymous' ? 'malformed' : 'unauthenticated');
  });

  test.each(clientCommandTypes)('SEC1 %s in an own meeting', async (type) => {
    const room = await crowd.world.summon('own');
    const own = await crowd.everybodyIn(room, beforeOpening.has(type) ? 'summoned' : 'open');
    const command = sampleCommands({
      site: crowd.world.village.own.mainSite,
      person: crowd.world.people.probationary,
    })[type];
    const may = (role: Role) => (parts[role] ?? []).some((part) => allowed[type].includes(part));
    const before = room.head.seq;
    for (const role of inside.filter((one) => !may(one))) {
      const guest = crowd.guestOf(role, own);
      // The terminal that another has replaced is not even connected any more.
      if (role === 'replacedTerminal') {
        expect(guest.ended?.code).toBe('sessionEnded');
        continue;
      }
      const code = await crowd.ask(guest, 'command', {
        meetingId: room.meetingId,
        id: newCommandId(),
        command,
      });
      expect(`${role}: ${code}`).toBe(`${role}: ${parts[role] ? 'notAllowed' : 'notJoined'}`);
    }
    expect(room.head.seq).toBe(before);
    for (const role of inside.filter(may)) {
      // A terminal speaks for people of its hall, by name.
      const person =
        role === 'terminal' && type === 'askToSpeak' ? { person: crowd.world.people.teller } : {};
      const request = { meetingId: room.meetingId, id: newCommandId(), command: { ...command, ...person } };
      const code = await crowd.ask(crowd.guestOf(role, own), 'command', request);
      // Until the opening secretary and deputy name officers, from then on the chair (MEET2).
      const later = type === 'nameOfficers' && role === 'chair';
      expect(later || !shut.includes(code), `${role}: ${code}`).toBe(true);
    }
    await crowd.leave(own, room.meetingId);
  });

  test.each([...systemCommandTypes, ...wallCommandTypes])('SEC1 %s is nobody’s to give', async (type) => {
    crowd.world.clock.at += 2_000;
    const { meetingId } = crowd.world.side('own');
    for (const role of connected) {
      const request = { meetingId, id: newCommandId(), command: { type } };
      expect(await crowd.ask(crowd.guestOf(role), 'command', request), role).toBe('malformed');
    }
  });

  test.each(clientCommandTypes)('SEC2 %s in a meeting that is strange, or isn’t', async (type) => {
    crowd.world.clock.at += 2_000;
    const command = sampleCommands({
      site: crowd.world.village.strange.mainSite,
      person: crowd.world.people.strangeMember,
    })[type];
    const room = await crowd.world.app.registry.room(crowd.world.side('strange').meetingId);
    const before = room?.head.seq;
    for (const target of ['strange', 'nowhere'] as const) {
      const { meetingId } = crowd.world.side(target);
      for (const role of connected) {
        const request = { meetingId, id: newCommandId(), command };
        expect(await crowd.ask(crowd.guestOf(role), 'command', request), role).toBe('notJoined');
      }
    }
    expect(room?.head.seq).toBe(before);
  });
});

/** The requests of a room beside `join` and `command`, each naming a meeting. */
const roomRequests = {
  leave: (meetingId: MeetingId) => ({ meetingId }),
  siteCode: (meetingId: MeetingId) => ({ meetingId }),
  catchUp: (meetingId: MeetingId) => ({ meetingId, after: 0 }),
};

describe('SEC1 role × request', () => {
  test('SEC1 the tables leave out no request', () => {
    const elsewhere = ['join', 'command', 'media', 'clock'];
    expect([...Object.keys(roomRequests), ...elsewhere].sort()).toEqual(Object.keys(socketRequests).sort());
  });

  test('SEC2 joining, catching up and a site’s code: one’s own meeting, and no other', async () => {
    const room = await crowd.world.summon('own');
    const own = await crowd.everybodyIn(room, 'open');
    for (const role of inside.filter((one) => one !== 'replacedTerminal')) {
      const guest = crowd.guestOf(role, own);
      const isIn = parts[role] !== undefined;
      const said = async (name: keyof typeof roomRequests, meetingId: MeetingId) =>
        `${role} ${name}: ${await crowd.ask(guest, name, roomRequests[name](meetingId))}`;
      expect(await said('catchUp', room.meetingId)).toBe(`${role} catchUp: ${isIn ? 'ok' : 'notJoined'}`);
      const code = role === 'terminal' ? 'ok' : isIn ? 'notAllowed' : 'notJoined';
      expect(await said('siteCode', room.meetingId)).toBe(`${role} siteCode: ${code}`);
      for (const target of ['strange', 'nowhere'] as const) {
        const { meetingId } = crowd.world.side(target);
        expect(await said('catchUp', meetingId)).toBe(`${role} catchUp: notJoined`);
        expect(await said('siteCode', meetingId)).toBe(`${role} siteCode: notJoined`);
        // Leaving where one isn't changes nothing, and says nothing.
        expect(await said('leave', meetingId)).toBe(`${role} leave: ok`);
      }
    }
    await crowd.leave(own, room.meetingId);
    const strangers = new Set<Role>([
      'strangeMember',
      'strangeSecretary',
      'strangeSuperior',
      'strangeTerminal',
    ]);
    crowd.world.clock.at += 2_000;
    for (const role of connected.filter((one) => !strangers.has(one))) {
      const answers = [];
      for (const target of ['strange', 'nowhere'] as const) {
        crowd.asked += 1;
        answers.push(JSON.stringify(await crowd.guestOf(role).join(crowd.world.side(target).meetingId)));
      }
      expect(answers[0], role).toContain('notOfThisMeeting');
      expect(answers[0], role).toBe(answers[1]);
    }
  });

  test('SEC1 the size of it', () => {
    expect(crowd.asked).toBeGreaterThan(clientCommandTypes.length * connected.length * 3);
    process.stdout.write(`matrix over the socket: ${crowd.asked} questions of ${roles.length} roles\n`);
  });
});
