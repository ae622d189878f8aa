import type { MediaNotice } from '@diemcau/shared/protocol/media.ts';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { MediasoupEngine } from '../../server/src/media/engine.ts';
import type { MeetingRoom } from '../../server/src/meeting/room.ts';
import { microphoneParameters } from '../media/rtp-samples.ts';
import { startEngine } from '../media/studio.ts';
import { type Guest, startDoor, type TestDoor } from './support/door.ts';
import { newMeetingId, person, site } from './support/material.ts';
import { as, done, summonedRoom } from './support/rooms.ts';

const remote = { type: 'checkIn', place: { mode: 'remote' } } as const;
const refusal = (code: string) => ({ ok: false, code });

let engine: MediasoupEngine;
let door: TestDoor;
let room: MeetingRoom;

beforeAll(async () => {
  engine = await startEngine();
  expect(engine.available).toBe(true);
});
afterAll(() => engine.close());

beforeEach(async () => {
  door = await startDoor(engine);
  room = await summonedRoom(door);
  await done(room, as('chair'), { type: 'openMeeting' });
});
afterEach(async () => {
  await door.close();
  await door.remove();
});

async function offerOf(guest: Guest, command?: typeof remote) {
  const joined = await guest.join(room.meetingId, command, 'wanted');
  if (!joined.ok || !joined.value.media) throw new Error(JSON.stringify(joined));
  return joined.value.media;
}

async function speakInto(guest: Guest, transportId: string) {
  const data = { transportId, kind: 'audio', source: 'microphone', rtpParameters: microphoneParameters() };
  return guest.media(room.meetingId, 'produce', data);
}

async function noticed(guest: Guest, match: (notice: MediaNotice) => boolean): Promise<void> {
  for (let tries = 0; tries < 300; tries++) {
    if (guest.notices.some(match)) return;
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
  throw new Error(`not noticed: ${JSON.stringify(guest.notices)}`);
}

const closedFor = (reason: string) => (notice: MediaNotice) =>
  notice.type === 'mediaClosed' && notice.reason === reason;

describe('media at the door', () => {
  test('a remote member gets everything for picture and sound with the join itself', async () => {
    const offer = await offerOf(await door.personEnters('an'), remote);
    expect(offer.send?.id).toBeTypeOf('string');
    expect(offer.receive.id).toBeTypeOf('string');
    expect(offer.routerRtpCapabilities).toHaveProperty('codecs');
  });

  test('before the attendance there is none; after it, asking is enough', async () => {
    const an = await door.personEnters('an');
    expect(await an.join(room.meetingId, undefined, 'wanted')).toMatchObject({
      ok: true,
      value: { media: null, mediaRefusal: 'mediaNotAllowed' },
    });
    expect(await an.media(room.meetingId, 'open', {})).toMatchObject(refusal('mediaNotAllowed'));
    await an.command(room.meetingId, remote);
    expect(await an.media(room.meetingId, 'open', {})).toMatchObject({ ok: true });
  });

  test('ATT13 a companion device at a site has none, and checking in there ends what ran elsewhere', async () => {
    const [an, terminal] = [await door.personEnters('an'), await door.terminalEnters(room.meetingId, 'main')];
    await offerOf(an, remote);
    await offerOf(terminal);
    await terminal.command(room.meetingId, { type: 'checkInAtSite', person: person('an') });
    await noticed(an, closedFor('siteWins'));
    expect(await an.media(room.meetingId, 'open', {})).toMatchObject(refusal('companionHasNoMedia'));
  });

  test('SUP1 a superior has media while attending openly, and none after leaving', async () => {
    const superior = await door.personEnters('superior');
    const joined = await superior.join(room.meetingId, { type: 'attendAsSuperior' }, 'wanted');
    expect(joined).toMatchObject({ ok: true, value: { mediaRefusal: null } });
    await superior.command(room.meetingId, { type: 'leaveAsSuperior' });
    await noticed(superior, closedFor('notEntitled'));
    expect(await superior.media(room.meetingId, 'open', {})).toMatchObject(refusal('notJoined'));
  });

  test('SPK3 sound outside the floor is held back until the chair opens free discussion', async () => {
    const [chair, an] = [await door.personEnters('chair'), await door.personEnters('an')];
    const offers = [await offerOf(chair, remote), await offerOf(an, remote)];
    const [chairs, ans] = [
      await speakInto(chair, offers[0]?.send?.id ?? ''),
      await speakInto(an, offers[1]?.send?.id ?? ''),
    ];
    expect([chairs, ans]).toMatchObject([
      { ok: true, value: { held: false } },
      { ok: true, value: { held: true } },
    ]);
    await chair.command(room.meetingId, { type: 'setFreeDiscussion', state: 'on' });
    const freed = (notice: MediaNotice) =>
      notice.type === 'producerChanged' && !notice.producer.held && notice.producer.source === 'microphone';
    await noticed(chair, freed);
  });

  test('media end with the meeting', async () => {
    const an = await door.personEnters('an');
    await offerOf(an, remote);
    await done(room, as('chair'), { type: 'interruptMeeting', reason: 'mất điện' });
    await noticed(an, closedFor('notEntitled'));
  });

  test('bad media requests get a closed code', async () => {
    const an = await door.personEnters('an');
    const { send } = await offerOf(an, remote);
    const { meetingId } = room;
    expect(await an.media(meetingId, 'produce', { transportId: send?.id })).toMatchObject(
      refusal('malformed'),
    );
    const nonsense = {
      transportId: send?.id,
      kind: 'audio',
      source: 'microphone',
      rtpParameters: { codecs: 'none' },
    };
    expect(await an.media(meetingId, 'produce', nonsense)).toMatchObject(refusal('mediaRequestFailed'));
    const foreign = { transportId: 'somebody’s', dtlsParameters: {} };
    expect((await an.media(meetingId, 'connectTransport', foreign)).ok).toBe(false);
    expect(await an.media(newMeetingId(), 'open', {})).toMatchObject(refusal('notJoined'));
  });

  test('a hall’s picture and sound come through its present terminal only', async () => {
    const first = await door.terminalEnters(room.meetingId, 'main');
    await offerOf(first);
    const second = await door.terminalEnters(room.meetingId, 'main');
    await offerOf(second);
    await noticed(first, closedFor('notEntitled'));
    expect(room.state.sites[site('main')]?.terminal?.line).toBe('up');
  });
});

test('without an engine the meeting goes on, and says why there is no picture', async () => {
  const plain = await startDoor(null);
  try {
    const meeting = await summonedRoom(plain);
    const an = await plain.personEnters('an');
    expect(await an.join(meeting.meetingId, remote, 'wanted')).toMatchObject({
      ok: true,
      value: { media: null, mediaRefusal: 'mediaUnavailable' },
    });
  } finally {
    await plain.close();
    await plain.remove();
  }
});
