import { setTimeout as sleep } from 'node:timers/promises';
import type { AgendaItemId } from '@diemcau/shared/ids.ts';
import {
  type MediaAnswers,
  type MediaNotice,
  type MediaOffer,
  type MediaRequestName,
  opaque,
} from '@diemcau/shared/protocol/media.ts';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest';
import type { MediasoupEngine } from '../../server/src/media/engine.ts';
import type { MeetingRoom } from '../../server/src/meeting/room.ts';
import { startEngine, watchSfu } from '../media/studio.ts';
import { consumerParameters, type ReceivedStream } from '../robots/received.ts';
import { ROBOT_RTP_CAPABILITIES, RobotMedia } from '../robots/robot-media.ts';
import { transportParameters } from '../robots/sdp.ts';
import { type Guest, startDoor, type TestDoor } from './support/door.ts';
import { person } from './support/material.ts';
import { as, done, summonedRoom } from './support/rooms.ts';

const remote = { type: 'checkIn', place: { mode: 'remote' } } as const;
const refusal = (code: string) => ({ ok: false, code });
const sfu = watchSfu();

let engine: MediasoupEngine;
let door: TestDoor;
let room: MeetingRoom;
let open: AgendaItemId;
let shut: AgendaItemId;
const robots: RobotMedia[] = [];

beforeAll(async () => {
  engine = await startEngine();
  expect(engine.available).toBe(true);
});
afterAll(() => engine.close());

beforeEach(async () => {
  door = await startDoor(engine);
  room = await summonedRoom(door);
  await done(room, as('chair'), { type: 'openMeeting' });
  const [first] = room.state.agenda;
  if (!first) throw new Error('no programme');
  const item = {
    title: 'Việc nội bộ',
    kind: 'other',
    presenter: null,
    minutes: 10,
    draftDecision: null,
  } as const;
  const add = { type: 'addAgendaItem', item: { ...item, inPersonOnly: true }, after: first.id } as const;
  await done(room, as('chair'), add);
  open = first.id;
  shut = room.state.agenda[1]?.id ?? first.id;
});
afterEach(async () => {
  for (const robot of robots.splice(0)) robot.close();
  await door.close();
  await door.remove();
});

const move = (to: AgendaItemId) => done(room, as('chair'), { type: 'moveAgenda', to, leaveAs: 'done' });
const closedFor = (reason: string) => (notice: MediaNotice) =>
  notice.type === 'mediaClosed' && notice.reason === reason;
const allowed = (notice: MediaNotice) => notice.type === 'mediaAllowed';
const hears = (guest: Guest, match: (notice: MediaNotice) => boolean) =>
  vi.waitFor(() => expect(guest.notices.filter(match)).toHaveLength(1), 5_000);

/** A device in the meeting with real packets behind it. */
class Participant {
  readonly guest: Guest;
  readonly offer: MediaOffer;
  readonly robot: RobotMedia;

  constructor(guest: Guest, offer: MediaOffer) {
    this.guest = guest;
    this.offer = offer;
    this.robot = new RobotMedia({
      connectTransport: async (transportId, dtlsParameters) => {
        await this.ask('connectTransport', { transportId, dtlsParameters: opaque.parse(dtlsParameters) });
      },
      produce: async (transportId, { kind, rtpParameters }) => {
        const source = kind === 'video' ? 'camera' : 'microphone';
        const answer = await this.ask('produce', { transportId, kind, source, rtpParameters });
        return { id: answer.producerId };
      },
    });
    robots.push(this.robot);
  }

  static async from(guest: Guest, offer: MediaOffer | null | undefined): Promise<Participant> {
    if (!offer?.send) throw new Error('no media were offered');
    const participant = new Participant(guest, offer);
    await participant.robot.openSend(transportParameters.parse(offer.send));
    await participant.robot.openReceive(transportParameters.parse(offer.receive));
    return participant;
  }

  async ask<N extends MediaRequestName>(name: N, data: unknown): Promise<MediaAnswers[N]> {
    const answer = await this.guest.media(room.meetingId, name, data);
    if (!answer.ok) throw new Error(answer.code);
    return answer.value;
  }

  camera(): Promise<string> {
    return this.robot.startCamera(1);
  }

  async watch(producerId: string): Promise<ReceivedStream> {
    const rtpCapabilities = opaque.parse(ROBOT_RTP_CAPABILITIES);
    const { consumers } = await this.ask('consume', { producerIds: [producerId], rtpCapabilities });
    const [consumer] = consumers;
    if (!consumer) throw new Error('nothing to watch');
    const { consumerId } = consumer;
    const stream = this.robot.receive(consumerParameters.parse({ ...consumer, id: consumerId }));
    await this.ask('tune', { consumers: [{ consumerId, state: 'running' }] });
    await vi.waitFor(() => expect(stream.frames).toBeGreaterThan(2), 10_000);
    return stream;
  }
}

async function remoteMember(name: string): Promise<Participant> {
  const guest = await door.personEnters(name);
  const joined = await guest.join(room.meetingId, remote, 'wanted');
  return Participant.from(guest, joined.ok ? joined.value.media : null);
}

async function superior(): Promise<Participant> {
  const guest = await door.personEnters('superior');
  const joined = await guest.join(room.meetingId, { type: 'attendAsSuperior' }, 'wanted');
  return Participant.from(guest, joined.ok ? joined.value.media : null);
}

async function hall(name: string): Promise<Participant> {
  const guest = await door.terminalEnters(room.meetingId, name);
  const joined = await guest.join(room.meetingId, undefined, 'wanted');
  return Participant.from(guest, joined.ok ? joined.value.media : null);
}

/** Packets that come within the time; those that were on their way at the beginning are let in first. */
async function packetsSoon(stream: ReceivedStream): Promise<number> {
  await sleep(200);
  const before = stream.packets;
  await sleep(700);
  return stream.packets - before;
}

describe('AGD5 an item in person only closes remote media in the SFU', () => {
  test('AGD5 no packet reaches or leaves a remote member or a superior, while the halls see each other', async () => {
    const [main, village] = [await hall('main'), await hall('village')];
    const [an, boss] = [await remoteMember('an'), await superior()];
    const hallCamera = await main.camera();
    const anCamera = await an.camera();
    const atVillage = await village.watch(hallCamera);
    const outside = [await an.watch(hallCamera), await boss.watch(hallCamera)];
    const ofAn = await main.watch(anCamera);
    for (const stream of [...outside, ofAn]) expect(await packetsSoon(stream)).toBeGreaterThan(0);

    await move(shut);
    await hears(an.guest, closedFor('inPersonOnly'));
    await hears(boss.guest, closedFor('inPersonOnly'));
    const still = await Promise.all([...outside, ofAn].map(packetsSoon));
    expect(still).toEqual([0, 0, 0]);
    expect(await packetsSoon(atVillage)).toBeGreaterThan(0);

    const transportIds = (one: Participant) => [one.offer.send?.id, one.offer.receive.id];
    const closed = (ids: readonly (string | undefined)[]) =>
      sfu.transports.filter(({ id }) => ids.includes(id)).map((transport) => transport.closed);
    expect(closed([...transportIds(an), ...transportIds(boss)])).toEqual([true, true, true, true]);
    expect(closed([...transportIds(main), ...transportIds(village)])).toEqual([false, false, false, false]);
    expect(sfu.producers.get(anCamera)?.closed).toBe(true);
    expect(main.guest.notices).toContainEqual({ type: 'producerRemoved', producerId: anCamera });
    expect(main.guest.notices.some(closedFor('inPersonOnly'))).toBe(false);
  });

  test('AGD5 opening is refused while it lasts, old transports are of no use, and the sentence says why', async () => {
    const an = await remoteMember('an');
    await move(shut);
    await hears(an.guest, closedFor('inPersonOnly'));
    const again = await an.guest.media(room.meetingId, 'open', {});
    expect(again).toMatchObject(refusal('inPersonOnly'));
    expect(again.ok ? '' : again.message).toMatch(/trực tiếp tại phòng họp/);
    const data = { transportId: an.offer.send?.id, kind: 'video', source: 'camera', rtpParameters: {} };
    expect(await an.guest.media(room.meetingId, 'produce', data)).toMatchObject(refusal('mediaNotAllowed'));
    const late = await door.personEnters('binh');
    expect(await late.join(room.meetingId, remote, 'wanted')).toMatchObject({
      ok: true,
      value: { media: null, mediaRefusal: 'inPersonOnly' },
    });
  });

  test('AGD8 remote members stay present, and are called back when the item ends: also who came meanwhile', async () => {
    const main = await hall('main');
    const an = await remoteMember('an');
    const hallCamera = await main.camera();
    await move(shut);
    const late = await door.personEnters('binh');
    await late.join(room.meetingId, remote, 'wanted');
    expect(Object.values(room.state.attendance).map(({ presence }) => presence.mode)).toEqual([
      'remote',
      'remote',
    ]);
    await move(open);
    for (const guest of [an.guest, late]) {
      await hears(guest, allowed);
      const offer = await guest.media(room.meetingId, 'open', {});
      const back = await Participant.from(guest, offer.ok ? offer.value : null);
      expect(await packetsSoon(await back.watch(hallCamera))).toBeGreaterThan(0);
    }
    expect(main.guest.notices.some(allowed)).toBe(false);
  });

  test('AGD5 an item that becomes one in person only while it is current closes them too, and opens them again', async () => {
    const an = await remoteMember('an');
    const [current] = room.state.agenda;
    if (!current) throw new Error('no programme');
    const { title, kind, presenter, minutes, draftDecision } = current;
    const edit = (inPersonOnly: boolean) =>
      done(room, as('chair'), {
        type: 'editAgendaItem',
        item: open,
        changes: { title, kind, presenter, minutes, draftDecision, inPersonOnly },
      });
    await edit(true);
    await hears(an.guest, closedFor('inPersonOnly'));
    await edit(false);
    await hears(an.guest, allowed);
  });

  test('AGD8 who has left, or sits in a hall now, is not called back', async () => {
    const [an, binh] = [await remoteMember('an'), await remoteMember('binh')];
    const terminal = await hall('main');
    await move(shut);
    await hears(an.guest, closedFor('inPersonOnly'));
    await an.guest.command(room.meetingId, { type: 'leaveMeeting' });
    await terminal.guest.command(room.meetingId, { type: 'checkInAtSite', person: person('binh') });
    await move(open);
    await sleep(300);
    for (const { guest } of [an, binh]) expect(guest.notices.filter(allowed)).toEqual([]);
    expect(await binh.guest.media(room.meetingId, 'open', {})).toMatchObject(refusal('companionHasNoMedia'));
  });
});
