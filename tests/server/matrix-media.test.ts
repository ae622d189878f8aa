import { asId, type MeetingId } from '@diemcau/shared/ids.ts';
import { type MediaOffer, type MediaRequestName, mediaRequests } from '@diemcau/shared/protocol/media.ts';
import { type WallRequestName, wallRequests } from '@diemcau/shared/protocol/wall.ts';
import { type WallMediaRequestName, wallMediaRequests } from '@diemcau/shared/protocol/wall-media.ts';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { cameraParameters } from '../media/rtp-samples.ts';
import { newCommandId } from './support/material.ts';
import { Crowd, codeOf, connected, inside, parts } from './support/matrix-crowd.ts';
import { type Role, roles, targets } from './support/matrix-world.ts';

let crowd: Crowd;
beforeAll(async () => {
  crowd = await Crowd.gather();
});
afterAll(() => crowd.close());

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
    const room = await crowd.world.summon('own');
    const { meetingId } = room;
    const own = await crowd.everybodyIn(room, 'open');
    const victim = crowd.guestOf('member');
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
        const code = await crowd.ask(crowd.guestOf(role, own), 'media', mediaData(meetingId, ids)[name]);
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
        crowd.world.clock.at += 1_000;
        for (const name of mediaNames) {
          const request = mediaData(crowd.world.side(target).meetingId, ids)[name];
          expect(await crowd.ask(crowd.guestOf(role, own), 'media', request), `${role} ${name}`).toBe(
            'notJoined',
          );
        }
      }
    }
    expect(codeOf(await victim.media(meetingId, 'restartIce', { transportId: offer.value.send.id }))).toBe(
      'ok',
    );
    expect(codeOf(await victim.media(meetingId, 'closeProducer', { producerId: ids.producerId }))).toBe('ok');
    await crowd.leave(own, room.meetingId);
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
    stand: { rtpCapabilities: {} },
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
    crowd.world.clock.at += 4_000;
    const guest = crowd.guestOf(role);
    const isSuperior = over[role] !== undefined;
    const first = await guest.ask('watchWall', {});
    crowd.asked += 1;
    expect(codeOf(first)).toBe(isSuperior ? 'ok' : 'notAllowed');
    for (const target of targets) {
      const { meetingId } = crowd.world.side(target);
      const data = wallData(meetingId);
      for (const name of Object.keys(data) as WallRequestName[]) {
        if (name === 'unwatchWall' || name === 'watchWall' || name === 'wallMedia') continue;
        crowd.asked += 1;
        const answer = await guest.ask(name, data[name]);
        const outcome = answer.ok ? (Object(answer.value).outcomes?.[0] ?? answer) : answer;
        const wanted = !isSuperior ? 'notAllowed' : over[role] === target ? 'ok' : 'notOfThisMeeting';
        // Focus is for who attends, and who is left attends no more.
        const focus = name === 'focusMeeting' && wanted === 'ok' ? 'notJoined' : wanted;
        expect(`${name} ${target}: ${codeOf(outcome)}`).toBe(`${name} ${target}: ${focus}`);
      }
      for (const [name, request] of Object.entries(wallMediaData(meetingId, null))) {
        if (name === 'open' && target !== 'nowhere') continue;
        const code = await crowd.ask(guest, 'wallMedia', { name, data: request });
        const wanted = !isSuperior ? 'notAllowed' : name === 'open' ? 'ok' : 'mediaNotAllowed';
        expect(`${name} ${target}: ${code}`).toBe(`${name} ${target}: ${wanted}`);
      }
    }
    const isPerson = role !== 'strangeTerminal';
    expect(await crowd.ask(guest, 'unwatchWall', {})).toBe(isPerson ? 'ok' : 'notAllowed');
  });

  test('SEC1 the tables leave out no request of media and wall', () => {
    expect(Object.keys(mediaData(asId('x'), null)).sort()).toEqual(Object.keys(mediaRequests).sort());
    expect(Object.keys(wallData(asId('x'))).sort()).toEqual(Object.keys(wallRequests).sort());
    expect(Object.keys(wallMediaData(asId('x'), null)).sort()).toEqual(Object.keys(wallMediaRequests).sort());
  });

  test('SEC1 the size of it', () => {
    expect(crowd.asked).toBeGreaterThan(connected.length * mediaNames.length);
    process.stdout.write(`matrix over media and wall: ${crowd.asked} questions of ${roles.length} roles\n`);
  });
});
