import type { MeetingId } from '@diemcau/shared/ids.ts';
import type { MediaNotice, MediaOffer, MediaResume } from '@diemcau/shared/protocol/media.ts';
import type { Answer, JoinAnswer } from '@diemcau/shared/protocol/socket.ts';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest';
import type { Grant } from '../../server/src/auth/sessions.ts';
import { endAssignment } from '../../server/src/directory/rights.ts';
import type { MediasoupEngine } from '../../server/src/media/engine.ts';
import type { MeetingRoom } from '../../server/src/meeting/room.ts';
import { KeptMedia } from '../../server/src/realtime/held-media.ts';
import { microphoneParameters } from '../media/rtp-samples.ts';
import { startEngine } from '../media/studio.ts';
import { type Guest, startDoor, type TestDoor } from './support/door.ts';
import { material, newCommandId, newMeetingId, person } from './support/material.ts';
import { as, done, summonedRoom } from './support/rooms.ts';

const remote = { type: 'checkIn', place: { mode: 'remote' } } as const;

let engine: MediasoupEngine;
let door: TestDoor;
let room: MeetingRoom;
let meetingId: MeetingId;

beforeAll(async () => {
  engine = await startEngine();
});
afterAll(() => engine.close());

beforeEach(async () => {
  door = await startDoor(engine);
  room = await summonedRoom(door);
  meetingId = room.meetingId;
  await done(room, as('chair'), { type: 'openMeeting' });
  await done(room, as('chair'), { type: 'setFreeDiscussion', state: 'on' });
});
afterEach(async () => {
  await door.close();
  await door.remove();
});

const sessionOf = (name: string) => door.auth.sessions.begin({ kind: 'person', personId: person(name) });
const line = (grant: Grant) => door.enter(grant.accessToken);

async function join(guest: Guest, resume?: MediaResume, command: object = remote): Promise<JoinAnswer> {
  const checkIn = { id: newCommandId(), command };
  const request = { meetingId, checkIn, media: 'wanted', ...(resume && { resume }) };
  const answer: Answer<JoinAnswer> = await guest.socket.timeout(5_000).emitWithAck('join', request);
  if (!answer.ok) throw new Error(answer.code);
  return answer.value;
}

const granted = ({ media, mediaRefusal }: JoinAnswer): MediaOffer => {
  if (media === null) throw new Error(`no media: ${mediaRefusal}`);
  return media;
};

async function speak(guest: Guest, offer: MediaOffer): Promise<string> {
  const answer = await guest.media(meetingId, 'produce', {
    transportId: offer.send?.id,
    kind: 'audio',
    source: 'microphone',
    rtpParameters: microphoneParameters(),
  });
  if (!answer.ok) throw new Error(answer.code);
  return answer.value.producerId;
}

/** Somebody's first line, over which they speak. */
async function speaking(name: string) {
  const grant = await sessionOf(name);
  const guest = line(grant);
  const offer = granted(await join(guest));
  const producerId = await speak(guest, offer);
  const resume: MediaResume = { transportId: offer.receive.id, producers: [producerId] };
  return { grant, guest, offer, producerId, resume };
}

/** The line is gone, and the server has noticed. */
async function lose(guest: Guest): Promise<void> {
  const seats = door.seats();
  guest.socket.io.engine.close();
  await vi.waitFor(() => expect(door.seats()).toBe(seats - 1));
}

const idsOf = (offer: MediaOffer) => [offer.receive.id, offer.send?.id];
const removed = (notices: readonly MediaNotice[]) => notices.filter(({ type }) => type === 'producerRemoved');

describe('media after a lost line', () => {
  test('go on for the device that comes back: the same transports, and nobody has missed a track', async () => {
    const an = await speaking('an');
    const other = line(await sessionOf('binh'));
    await join(other);
    await lose(an.guest);
    const back = line(an.grant);
    const offer = granted(await join(back, an.resume));
    expect(idsOf(offer)).toEqual(idsOf(an.offer));
    expect(removed(other.notices)).toEqual([]);
    const { send } = an.offer;
    expect(await back.media(meetingId, 'restartIce', { transportId: send?.id })).toMatchObject({ ok: true });
    expect(back.notices).toContainEqual(expect.objectContaining({ type: 'producerChanged' }));
  });

  test('go on also while the server still takes the old line for alive; it can do nothing any more', async () => {
    const an = await speaking('an');
    const back = line(an.grant);
    expect(idsOf(granted(await join(back, an.resume)))).toEqual(idsOf(an.offer));
    expect(
      await an.guest.media(meetingId, 'restartIce', { transportId: an.resume.transportId }),
    ).toMatchObject({ ok: false, code: 'notJoined' });
    an.guest.socket.disconnect();
    expect(await back.media(meetingId, 'restartIce', { transportId: an.resume.transportId })).toMatchObject({
      ok: true,
    });
  });

  test('what the device no longer sends ends', async () => {
    const an = await speaking('an');
    const other = line(await sessionOf('binh'));
    await join(other);
    await lose(an.guest);
    granted(await join(line(an.grant), { ...an.resume, producers: [] }));
    await vi.waitFor(() =>
      expect(removed(other.notices)).toEqual([{ type: 'producerRemoved', producerId: an.producerId }]),
    );
  });

  test('SEC2 belong to the very session: with the true identifier another one gets its own', async () => {
    const an = await speaking('an');
    await lose(an.guest);
    for (const name of ['an', 'binh']) {
      const offer = granted(await join(line(await sessionOf(name)), an.resume));
      expect(offer.receive.id).not.toBe(an.resume.transportId);
    }
    expect(idsOf(granted(await join(line(an.grant), an.resume)))).toEqual(idsOf(an.offer));
  });

  test('another device that has begun to send meanwhile keeps the place', async () => {
    const an = await speaking('an');
    await lose(an.guest);
    const second = line(await sessionOf('an'));
    await speak(second, granted(await join(second)));
    expect(await join(line(an.grant), an.resume)).toMatchObject({ media: null, mediaRefusal: 'replaced' });
    // Asked for by hand, they come back to this device.
    const third = line(an.grant);
    const offer = granted(await join(third));
    await speak(third, offer);
    await vi.waitFor(() =>
      expect(second.notices).toContainEqual({ type: 'mediaClosed', reason: 'replaced' }),
    );
  });

  test('ATT13 who was brought into a hall meanwhile has none', async () => {
    const an = await speaking('an');
    const terminal = await door.terminalEnters(meetingId, 'main');
    await terminal.join(meetingId, undefined, 'wanted');
    await lose(an.guest);
    await terminal.command(meetingId, { type: 'checkInAtSite', person: person('an') });
    const answer = await join(line(an.grant), an.resume);
    expect(answer).toMatchObject({ media: null, mediaRefusal: 'companionHasNoMedia' });
    expect(removed(terminal.notices)).toHaveLength(1);
  });

  test('end with a page that comes anew in the same session, with leaving, and with the session', async () => {
    const other = line(await sessionOf('binh'));
    await join(other);
    const gone = (count: number) =>
      vi.waitFor(() => expect(removed(other.notices)).toHaveLength(count), { timeout: 3_000 });
    const an = await speaking('an');
    await lose(an.guest);
    const anew = line(an.grant);
    const offer = granted(await join(anew));
    expect(offer.receive.id).not.toBe(an.resume.transportId);
    await gone(1);
    await speak(anew, offer);
    await anew.ask('leave', { meetingId });
    await gone(2);
    const again = line(an.grant);
    await speak(again, granted(await join(again)));
    await lose(again);
    await door.auth.sessions.end(an.grant.refreshToken);
    await gone(3);
  });

  test('SUP1 end at once with a superior’s right, also while their line is gone', async () => {
    const other = line(await sessionOf('binh'));
    await join(other);
    const grant = await sessionOf('superior');
    const superior = line(grant);
    await join(superior, undefined, { type: 'attendAsSuperior' });
    await lose(superior);
    const { peers } = await engine.figures();
    await endAssignment(door.db, person('superior'), { cellId: material().facts.cellId });
    await vi.waitFor(async () => expect((await engine.figures()).peers).toBe(peers - 1));
    expect(room.state.superiors).toEqual({});
  });

  test('end when the meeting does', async () => {
    const an = await speaking('an');
    await lose(an.guest);
    await done(room, as('chair'), { type: 'interruptMeeting', reason: 'mất điện' });
    expect(await join(line(an.grant), an.resume)).toMatchObject({ media: null });
  });
});

test('media wait for their device so long and no longer', () => {
  vi.useFakeTimers();
  try {
    const held = { seat: { meetingId: newMeetingId(), peerId: 'an' } };
    const kept = new KeptMedia<typeof held>(1_000);
    const expired = vi.fn();
    kept.keep(held, expired);
    vi.advanceTimersByTime(900);
    kept.drop(held);
    vi.advanceTimersByTime(1_000);
    expect(expired).not.toHaveBeenCalled();
    kept.keep(held, expired);
    expect(kept.of(held.seat.meetingId)).toEqual([held]);
    vi.advanceTimersByTime(1_001);
    expect(expired).toHaveBeenCalledOnce();
    expect(kept.all()).toEqual([]);
  } finally {
    vi.useRealTimers();
  }
});
