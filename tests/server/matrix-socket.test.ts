import { systemCommandTypes, wallCommandTypes } from '@diemcau/shared/domain/commands.ts';
import { asId, type MeetingId } from '@diemcau/shared/ids.ts';
import { type MediaOffer, type MediaRequestName, mediaRequests } from '@diemcau/shared/protocol/media.ts';
import { socketRequests } from '@diemcau/shared/protocol/requests.ts';
import type { Answer } from '@diemcau/shared/protocol/socket.ts';
import { protocolVersion } from '@diemcau/shared/protocol/version.ts';
import { type WallRequestName, wallRequests } from '@diemcau/shared/protocol/wall.ts';
import { type WallMediaRequestName, wallMediaRequests } from '@diemcau/shared/protocol/wall-media.ts';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { MediasoupEngine } from '../../server/src/media/engine.ts';
import type { MeetingRoom } from '../../server/src/meeting/room.ts';
import { cameraParameters } from '../media/rtp-samples.ts';
import { startEngine } from '../media/studio.ts';
import { allowed, type Part } from '../support/permission-expectations.ts';
import { Guest } from './support/door.ts';
import { newCommandId } from './support/material.ts';
import { beforeOpening, clientCommandTypes, sampleCommands } from './support/matrix-commands.ts';
import { type MatrixWorld, openMatrixWorld, type Role, roles, targets } from './support/matrix-world.ts';
import { done } from './support/rooms.ts';

let engine: MediasoupEngine;
let world: MatrixWorld;
let url: string;
const guests = new Map<Role, Guest>();
let asked = 0;

const outside: readonly Role[] = ['anonymous', 'forged'];
const terminals: readonly Role[] = ['terminal', 'replacedTerminal'];
/** Everybody who has a connection for the whole of the test; the two terminals have one for each meeting. */
const connected = roles.filter((role) => !outside.includes(role) && !terminals.includes(role));
const inside = [...connected, ...terminals];

/** What each role is in a meeting of the own cell. Who isn't here has no part in it. */
const parts: Partial<Record<Role, readonly Part[]>> = {
  member: ['member'],
  probationary: ['member'],
  exempt: ['member'],
  temporaryIn: ['member'],
  chair: ['chair'],
  clerk: ['clerk'],
  secretary: ['secretary'],
  deputySecretary: ['deputy'],
  committeeMember: ['committee'],
  siteResponsible: ['responsible'],
  teller: ['teller'],
  terminal: ['terminal'],
  superior: ['superior'],
};
/** How the door of an own meeting refuses who has no part in it. */
function joinRefusal(role: Role): string {
  if (role === 'suspended' || role === 'temporaryOut') return 'personExcluded';
  if (role === 'replacedTerminal') return 'sessionEnded';
  return role === 'superiorUnseen' ? 'notJoined' : 'notOfThisMeeting';
}

const shut = [
  'unauthenticated',
  'sessionEnded',
  'notAllowed',
  'notOfThisMeeting',
  'notJoined',
  'personExcluded',
];

function enter(token: string | undefined): Guest {
  return new Guest(url, { token, protocol: protocolVersion, language: 'vi' });
}

const codeOf = (answer: Answer<unknown>): string => (answer.ok ? 'ok' : answer.code);

async function ask(guest: Guest, name: string, payload: unknown): Promise<string> {
  asked += 1;
  return codeOf(await guest.ask(name, payload));
}

function guestOf(role: Role, own: ReadonlyMap<Role, Guest> = guests): Guest {
  const guest = own.get(role) ?? guests.get(role);
  if (!guest) throw new Error(`${role} has no connection`);
  return guest;
}

beforeAll(async () => {
  engine = await startEngine();
  world = await openMatrixWorld(engine);
  url = await world.app.http.listen({ host: '127.0.0.1', port: 0 });
  for (const role of connected) guests.set(role, enter(world.tokenOf(role)));
});
afterAll(async () => {
  for (const { socket } of guests.values()) socket.disconnect();
  await world.close();
});

/** A meeting with everybody in it who may be; those who may not have been refused as they should be. */
async function everybodyIn(room: MeetingRoom, stage: 'summoned' | 'open'): Promise<Map<Role, Guest>> {
  const { meetingId } = room;
  const { people, village, auth } = world;
  // What is allowed in a second comes back within one.
  world.clock.at += 2_000;
  const chair = { kind: 'person', person: people.chair } as const;
  const site = village.own.mainSite;
  const teller = { kind: 'person', person: people.teller } as const;
  await done(room, teller, { type: 'checkIn', place: { mode: 'onSite', site } });
  await done(room, chair, { type: 'nameTeller', site, person: people.teller });
  if (stage === 'open') await done(room, chair, { type: 'openMeeting' });
  const own = new Map<Role, Guest>();
  for (const role of terminals.toReversed()) {
    const responsibleId = people.siteResponsible;
    const subject = { kind: 'terminal', meetingId, siteId: site, responsibleId } as const;
    const guest = enter((await auth.sessions.begin(subject)).accessToken);
    own.set(role, guest);
    expect(await ask(guest, 'join', { meetingId, media: 'unwanted' }), role).toBe('ok');
  }
  for (const role of connected) {
    const id = newCommandId();
    const command =
      role === 'superior' ? { type: 'attendAsSuperior' } : { type: 'checkIn', place: { mode: 'remote' } };
    const checkIn = role === 'teller' || role === 'superiorUnseen' ? undefined : { id, command };
    const code = await ask(guestOf(role), 'join', { meetingId, media: 'unwanted', checkIn });
    expect(code, role).toBe(parts[role] ? 'ok' : joinRefusal(role));
  }
  return own;
}

/** The meeting's terminals are gone, and its superior has left: one attends sixteen at most. */
async function leave(own: ReadonlyMap<Role, Guest>, meetingId: MeetingId): Promise<void> {
  for (const { socket } of own.values()) socket.disconnect();
  await guestOf('superior').command(meetingId, { type: 'leaveAsSuperior' });
}

describe('SEC1 role × command', () => {
  test('SEC1 samples and expectations leave out no command', () => {
    const site = world.village.own.mainSite;
    const samples = Object.keys(sampleCommands({ site, person: world.people.member }));
    expect(samples.sort()).toEqual([...clientCommandTypes].sort());
    const others = [...systemCommandTypes, ...wallCommandTypes];
    expect(Object.keys(allowed).sort()).toEqual([...clientCommandTypes, ...others].sort());
  });

  test.each(outside)('SEC1 %s comes no further than the handshake', async (role) => {
    asked += 1;
    const guest = enter(world.tokenOf(role));
    const said = await new Promise<unknown>((resolve) => {
      guest.socket.on('connect_error', (error: Error & { data?: { code?: string } }) =>
        resolve(error.data?.code),
      );
    });
    expect(said).toBe(role === 'anonymous' ? 'malformed' : 'unauthenticated');
  });

  test.each(clientCommandTypes)('SEC1 %s in an own meeting', async (type) => {
    const room = await world.summon('own');
    const own = await everybodyIn(room, beforeOpening.has(type) ? 'summoned' : 'open');
    const command = sampleCommands({ site: world.village.own.mainSite, person: world.people.probationary })[
      type
    ];
    const may = (role: Role) => (parts[role] ?? []).some((part) => allowed[type].includes(part));
    const before = room.head.seq;
    for (const role of inside.filter((one) => !may(one))) {
      const guest = guestOf(role, own);
      // The terminal that another has replaced is not even connected any more.
      if (role === 'replacedTerminal') {
        expect(guest.ended?.code).toBe('sessionEnded');
        continue;
      }
      const code = await ask(guest, 'command', { meetingId: room.meetingId, id: newCommandId(), command });
      expect(`${role}: ${code}`).toBe(`${role}: ${parts[role] ? 'notAllowed' : 'notJoined'}`);
    }
    expect(room.head.seq).toBe(before);
    for (const role of inside.filter(may)) {
      // A terminal speaks for people of its hall, by name.
      const person = role === 'terminal' && type === 'askToSpeak' ? { person: world.people.teller } : {};
      const request = { meetingId: room.meetingId, id: newCommandId(), command: { ...command, ...person } };
      const code = await ask(guestOf(role, own), 'command', request);
      // Until the opening secretary and deputy name officers, from then on the chair (MEET2).
      const later = type === 'nameOfficers' && role === 'chair';
      expect(later || !shut.includes(code), `${role}: ${code}`).toBe(true);
    }
    await leave(own, room.meetingId);
  });

  test.each([...systemCommandTypes, ...wallCommandTypes])('SEC1 %s is nobody’s to give', async (type) => {
    world.clock.at += 2_000;
    const { meetingId } = world.side('own');
    for (const role of connected) {
      const request = { meetingId, id: newCommandId(), command: { type } };
      expect(await ask(guestOf(role), 'command', request), role).toBe('malformed');
    }
  });

  test.each(clientCommandTypes)('SEC2 %s in a meeting that is strange, or isn’t', async (type) => {
    world.clock.at += 2_000;
    const command = sampleCommands({
      site: world.village.strange.mainSite,
      person: world.people.strangeMember,
    })[type];
    const room = await world.app.registry.room(world.side('strange').meetingId);
    const before = room?.head.seq;
    for (const target of ['strange', 'nowhere'] as const) {
      const { meetingId } = world.side(target);
      for (const role of connected) {
        const request = { meetingId, id: newCommandId(), command };
        expect(await ask(guestOf(role), 'command', request), role).toBe('notJoined');
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
    expect(Object.keys(mediaData(asId('x'), null)).sort()).toEqual(Object.keys(mediaRequests).sort());
    expect(Object.keys(wallData(asId('x'))).sort()).toEqual(Object.keys(wallRequests).sort());
    expect(Object.keys(wallMediaData(asId('x'), null)).sort()).toEqual(Object.keys(wallMediaRequests).sort());
  });

  test('SEC2 joining, catching up and a site’s code: one’s own meeting, and no other', async () => {
    const room = await world.summon('own');
    const own = await everybodyIn(room, 'open');
    for (const role of inside.filter((one) => one !== 'replacedTerminal')) {
      const guest = guestOf(role, own);
      const isIn = parts[role] !== undefined;
      const said = async (name: keyof typeof roomRequests, meetingId: MeetingId) =>
        `${role} ${name}: ${await ask(guest, name, roomRequests[name](meetingId))}`;
      expect(await said('catchUp', room.meetingId)).toBe(`${role} catchUp: ${isIn ? 'ok' : 'notJoined'}`);
      const code = role === 'terminal' ? 'ok' : isIn ? 'notAllowed' : 'notJoined';
      expect(await said('siteCode', room.meetingId)).toBe(`${role} siteCode: ${code}`);
      for (const target of ['strange', 'nowhere'] as const) {
        const { meetingId } = world.side(target);
        expect(await said('catchUp', meetingId)).toBe(`${role} catchUp: notJoined`);
        expect(await said('siteCode', meetingId)).toBe(`${role} siteCode: notJoined`);
        // Leaving where one isn't changes nothing, and says nothing.
        expect(await said('leave', meetingId)).toBe(`${role} leave: ok`);
      }
    }
    await leave(own, room.meetingId);
    const strangers = new Set<Role>([
      'strangeMember',
      'strangeSecretary',
      'strangeSuperior',
      'strangeTerminal',
    ]);
    world.clock.at += 2_000;
    for (const role of connected.filter((one) => !strangers.has(one))) {
      const answers = [];
      for (const target of ['strange', 'nowhere'] as const) {
        asked += 1;
        answers.push(JSON.stringify(await guestOf(role).join(world.side(target).meetingId)));
      }
      expect(answers[0], role).toContain('notOfThisMeeting');
      expect(answers[0], role).toBe(answers[1]);
    }
  });
});

interface MediaIds {
  readonly offer: MediaOffer;
  readonly producerId: string;
}

/** Requests about somebody else's media, by its true identifiers. */
function mediaData(
  meetingId: MeetingId,
  ids: MediaIds | null,
): { readonly [N in MediaRequestName]: unknown } {
  const transportId = ids?.offer.send?.id ?? 'x';
  const producerId = ids?.producerId ?? 'x';
  const { dtlsParameters, routerRtpCapabilities } = {
    dtlsParameters: ids?.offer.send?.dtlsParameters ?? {},
    routerRtpCapabilities: ids?.offer.routerRtpCapabilities ?? {},
  };
  const of = (name: MediaRequestName, data: unknown) => ({ meetingId, name, data });
  return {
    open: of('open', {}),
    openSending: of('openSending', {}),
    connectTransport: of('connectTransport', { transportId, dtlsParameters }),
    restartIce: of('restartIce', { transportId }),
    produce: of('produce', {
      transportId,
      kind: 'video',
      source: 'camera',
      rtpParameters: cameraParameters(),
    }),
    pauseProducer: of('pauseProducer', { producerId }),
    resumeProducer: of('resumeProducer', { producerId }),
    closeProducer: of('closeProducer', { producerId }),
    consume: of('consume', { producerIds: [producerId], rtpCapabilities: routerRtpCapabilities }),
    tune: of('tune', { consumers: [{ consumerId: producerId, state: 'running' }] }),
    closeConsumer: of('closeConsumer', { consumerId: producerId }),
    quality: of('quality', {
      roundTrip: 1,
      lossIn: 0,
      lossOut: 0,
      spatialLayer: null,
      freezes: 0,
      concealed: 0,
    }),
  };
}
const ofAnother: readonly MediaRequestName[] = [
  'connectTransport',
  'restartIce',
  'produce',
  'pauseProducer',
  'resumeProducer',
  'closeProducer',
];
const mediaNames = Object.keys(mediaRequests) as MediaRequestName[];

describe('SEC1 role × media request', () => {
  test('SEC2 media are one’s own: another’s identifiers are worth nothing, in the meeting or out of it', async () => {
    const room = await world.summon('own');
    const { meetingId } = room;
    const own = await everybodyIn(room, 'open');
    const victim = guestOf('member');
    const offer = await victim.media(meetingId, 'open', {});
    if (!offer.ok || !offer.value.send) throw new Error(JSON.stringify(offer));
    const rtpParameters = cameraParameters();
    const produced = await victim.media(meetingId, 'produce', {
      transportId: offer.value.send.id,
      kind: 'video',
      source: 'camera',
      rtpParameters,
    });
    if (!produced.ok) throw new Error(JSON.stringify(produced));
    const ids = { offer: offer.value, producerId: produced.value.producerId };
    for (const role of inside.filter((one) => one !== 'member' && one !== 'replacedTerminal')) {
      const isIn = parts[role] !== undefined;
      for (const name of mediaNames) {
        const code = await ask(guestOf(role, own), 'media', mediaData(meetingId, ids)[name]);
        const mayHaveMedia = isIn && role !== 'teller';
        const companion =
          name === 'quality' || name.startsWith('open') ? 'companionHasNoMedia' : 'mediaNotAllowed';
        // A seat that only sends has nothing to receive with.
        const sendsOnly = name === 'consume' || name === 'tune' || name === 'closeConsumer';
        const wanted = !isIn
          ? 'notJoined'
          : !mayHaveMedia
            ? companion
            : ofAnother.includes(name) || sendsOnly
              ? 'mediaNotAllowed'
              : 'ok';
        expect(`${role} ${name}: ${code}`).toBe(`${role} ${name}: ${wanted}`);
      }
      for (const target of ['strange', 'nowhere'] as const) {
        world.clock.at += 1_000;
        for (const name of mediaNames) {
          const request = mediaData(world.side(target).meetingId, ids)[name];
          expect(await ask(guestOf(role, own), 'media', request), `${role} ${name}`).toBe('notJoined');
        }
      }
    }
    expect(codeOf(await victim.media(meetingId, 'restartIce', { transportId: offer.value.send.id }))).toBe(
      'ok',
    );
    expect(codeOf(await victim.media(meetingId, 'closeProducer', { producerId: ids.producerId }))).toBe('ok');
    await leave(own, room.meetingId);
  });
});

function wallData(meetingId: MeetingId): { readonly [N in WallRequestName]: unknown } {
  const several = { id: newCommandId(), meetings: [meetingId] };
  return {
    watchWall: {},
    unwatchWall: {},
    showTiles: { meetings: [meetingId] },
    attendMeetings: several,
    leaveMeetings: several,
    focusMeeting: { meeting: meetingId },
    acknowledgeAlarm: { meetingId, key: 'rateLow', since: 1 },
    messageChairs: { ...several, text: 'Lời nhắn' },
    wallMedia: { name: 'restartIce', data: { transportId: 'x' } },
  };
}

function wallMediaData(
  meetingId: MeetingId,
  offer: MediaOffer | null,
): { readonly [N in WallMediaRequestName]: unknown } {
  const transportId = offer?.receive.id ?? 'x';
  return {
    connectTransport: { transportId, dtlsParameters: {} },
    restartIce: { transportId },
    consume: { tracks: [{ meetingId, producerId: 'x' }], rtpCapabilities: {} },
    tune: { consumers: [{ consumerId: 'x', state: 'running' }] },
    closeConsumer: { consumerId: 'x' },
    open: {},
  };
}

describe('SEC1 role × wall request', () => {
  const over: Partial<Record<Role, 'own' | 'strange'>> = {
    superior: 'own',
    superiorUnseen: 'own',
    strangeSuperior: 'strange',
  };

  test.each(connected)('SEC1 the wall of %s', async (role) => {
    world.clock.at += 4_000;
    const guest = guestOf(role);
    const isSuperior = over[role] !== undefined;
    const first = await guest.ask('watchWall', {});
    asked += 1;
    expect(codeOf(first)).toBe(isSuperior ? 'ok' : 'notAllowed');
    for (const target of targets) {
      const { meetingId } = world.side(target);
      const data = wallData(meetingId);
      for (const name of Object.keys(data) as WallRequestName[]) {
        if (name === 'unwatchWall' || name === 'watchWall' || name === 'wallMedia') continue;
        asked += 1;
        const answer = await guest.ask(name, data[name]);
        const outcome = answer.ok ? (Object(answer.value).outcomes?.[0] ?? answer) : answer;
        const wanted = !isSuperior ? 'notAllowed' : over[role] === target ? 'ok' : 'notOfThisMeeting';
        // Focus is for who attends, and who is left attends no more.
        const focus = name === 'focusMeeting' && wanted === 'ok' ? 'notJoined' : wanted;
        expect(`${name} ${target}: ${codeOf(outcome)}`).toBe(`${name} ${target}: ${focus}`);
      }
      for (const [name, request] of Object.entries(wallMediaData(meetingId, null))) {
        if (name === 'open' && target !== 'nowhere') continue;
        const code = await ask(guest, 'wallMedia', { name, data: request });
        const wanted = !isSuperior ? 'notAllowed' : name === 'open' ? 'ok' : 'mediaNotAllowed';
        expect(`${name} ${target}: ${code}`).toBe(`${name} ${target}: ${wanted}`);
      }
    }
    const isPerson = role !== 'strangeTerminal';
    expect(await ask(guest, 'unwatchWall', {})).toBe(isPerson ? 'ok' : 'notAllowed');
  });

  test('SEC1 the size of it', () => {
    expect(asked).toBeGreaterThan(clientCommandTypes.length * connected.length * 3);
    process.stdout.write(`matrix over the socket: ${asked} questions of ${roles.length} roles\n`);
  });
});
