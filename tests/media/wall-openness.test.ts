import { setTimeout as sleep } from 'node:timers/promises';
import type { AgendaItem } from '@diemcau/shared/domain/state.ts';
import type { MeetingId } from '@diemcau/shared/ids.ts';
import { opaque, type ProducerInfo } from '@diemcau/shared/protocol/media.ts';
import { afterAll, afterEach, beforeAll, describe, expect, test, vi } from 'vitest';
import type { MeetingRoom } from '../../server/src/meeting/room.ts';
import type { ReceivedStream } from '../robots/received.ts';
import { ROBOT_RTP_CAPABILITIES, type RobotMedia } from '../robots/robot-media.ts';
import { as, done } from '../server/support/rooms.ts';
import { openWallHall, superior, type WallHall } from '../support/wall-hall.ts';
import { granted, HallLine, picturesOf, WallRobot } from '../support/wall-robots.ts';
import { startEngine } from './studio.ts';

let hall: WallHall;
let members: HallLine;
const cameras = new Map<MeetingId, { media: RobotMedia; producerId: string; microphone: string }>();
const walls: WallRobot[] = [];

beforeAll(async () => {
  hall = await openWallHall({ engine: await startEngine(2), meetings: 2 });
  members = new HallLine(hall.url);
  for (const { meetingId } of hall.rooms) {
    const media = await members.member(meetingId, 'chair', 1);
    const microphone = await media.startMicrophone('speaking');
    cameras.set(meetingId, { media, producerId: await cameraOf(meetingId), microphone });
  }
});
afterEach(async () => {
  for (const wall of walls.splice(0)) {
    await wall.leave(hall.rooms.map(({ meetingId }) => meetingId));
    wall.close();
  }
});
afterAll(async () => {
  for (const { media } of cameras.values()) media.close();
  members?.close();
  await hall?.close();
  await hall?.engine.close();
});

/** The producer’s id, as anybody could know it who once attended. */
async function cameraOf(meetingId: MeetingId): Promise<string> {
  const spy = new WallRobot(hall.url, 'who-attended-once');
  await spy.attend([meetingId]);
  const [picture] = picturesOf(await spy.open());
  await spy.leave([meetingId]);
  spy.close();
  if (picture === undefined) throw new Error('no camera is on');
  return picture.producerId;
}

function wallOf(name: string): WallRobot {
  const wall = new WallRobot(hall.url, name);
  walls.push(wall);
  return wall;
}

const [roomA, roomB] = [() => hall.rooms[0] as MeetingRoom, () => hall.rooms[1] as MeetingRoom];
const knownTrack = (room: MeetingRoom) => ({
  meetingId: room.meetingId,
  producerId: cameras.get(room.meetingId)?.producerId ?? '',
});

/** Everything that a wall can ask for directly about a meeting’s picture and sound. */
async function tryAll(wall: WallRobot, room: MeetingRoom): Promise<readonly ReceivedStream[]> {
  const { meetingId, producerId } = knownTrack(room);
  const { microphone } = cameras.get(meetingId) ?? { microphone: '' };
  const other = room === roomA() ? roomB() : roomA();
  return wall.consume([
    { meetingId, producerId },
    { meetingId, producerId: microphone },
    { meetingId: other.meetingId, producerId },
    { meetingId: other.meetingId, producerId: microphone },
  ]);
}

const packets = (wall: WallRobot) => wall.media.received.reduce((sum, stream) => sum + stream.packets, 0);

async function nothingArrives(wall: WallRobot): Promise<void> {
  await sleep(300);
  const before = packets(wall);
  await sleep(700);
  expect(packets(wall)).toBe(before);
}

const arrives = (stream: ReceivedStream | undefined) =>
  vi.waitFor(() => expect(stream?.frames ?? 0).toBeGreaterThan(3), { timeout: 15_000 });

describe('SUP1 no picture and no sound of a meeting reaches whom it does not show', () => {
  test('SUP1 who does not attend is offered nothing, and gets nothing by asking for known tracks', async () => {
    const wall = wallOf('curious');
    expect(await wall.open()).toEqual([]);
    expect(await tryAll(wall, roomA())).toEqual([]);
    await nothingArrives(wall);
    expect(roomA().state.superiors).toEqual({});
  });

  test('SUP1 to say that one attends is not enough: the meeting itself must show it', async () => {
    const wall = wallOf('pretender');
    await wall.open();
    hall.seats.attends(wall.line.socket.id ?? '', new Set([roomA().meetingId]));
    expect(await tryAll(wall, roomA())).toEqual([]);
    await nothingArrives(wall);
    expect(wall.notices.filter(({ type }) => type === 'tracks')).toEqual([]);
  });

  test('SUP1 an attendance that is not durable yet opens nothing', async () => {
    const wall = wallOf('early');
    await wall.open();
    const attending = roomA().submit(superior('early'), null, { type: 'attendAsSuperior' });
    hall.seats.attends(wall.line.socket.id ?? '', new Set([roomA().meetingId]));
    expect(wall.notices).toEqual([]);
    await attending;
    await vi.waitFor(() => expect(wall.notices.some(({ type }) => type === 'tracks')).toBe(true));
    expect(Object.keys(roomA().state.superiors)).toEqual(['early']);
  });

  test('SUP1 who attends one meeting gets that one, and nothing of another by any id', async () => {
    const wall = wallOf('one');
    await wall.attend([roomA().meetingId]);
    const [stream] = await wall.watch();
    await arrives(stream);
    expect(await tryAll(wall, roomB())).toEqual([]);
    expect(Object.keys(roomA().state.superiors)).toEqual(['one']);
    expect(roomB().state.superiors).toEqual({});
    expect(wall.media.received.map(({ producerId }) => producerId)).toEqual([knownTrack(roomA()).producerId]);
  });

  test('SUP1 media are closed before the end of an attendance is told, and never come back by asking', async () => {
    const wall = wallOf('leaver');
    const { meetingId } = roomA();
    await wall.attend([meetingId]);
    const [stream] = await wall.watch();
    await arrives(stream);
    const consumer = stream?.id ?? '';
    hall.journal.length = 0;
    await wall.leave([meetingId]);
    await vi.waitFor(() =>
      expect(wall.notices.at(-1)).toEqual({ type: 'meetingClosed', meetingId, reason: 'left' }),
    );
    expect(hall.journal).toEqual([`told meetingClosed ${meetingId}`, `published superiorLeft ${meetingId}`]);
    expect(roomA().state.superiors).toEqual({});
    expect(roomA().state.superiorsBefore.at(-1)).toMatchObject({ person: 'leaver' });
    granted(await wall.request('tune', { consumers: [{ consumerId: consumer, state: 'running' }] }));
    expect(await tryAll(wall, roomA())).toEqual([]);
    await nothingArrives(wall);
  });

  test('SUP1 a consume that is under way when the attendance ends brings nothing', async () => {
    const wall = wallOf('racer');
    const { meetingId } = roomA();
    await wall.attend([meetingId]);
    const tracks = picturesOf(await wall.open());
    const rtpCapabilities = opaque.parse(ROBOT_RTP_CAPABILITIES);
    const [left, consumed] = await Promise.all([
      wall.leave([meetingId]),
      wall.request('consume', { tracks, rtpCapabilities }),
    ]);
    expect(left).toBeUndefined();
    const consumers = granted(consumed).consumers.map(({ consumerId }) => ({
      consumerId,
      state: 'running' as const,
    }));
    granted(await wall.request('tune', { consumers }));
    await nothingArrives(wall);
  });

  test('SUP1 sound is heard only of the meeting in focus', async () => {
    const wall = wallOf('listener');
    await wall.attend(hall.rooms.map(({ meetingId }) => meetingId));
    const tracks = await wall.open();
    expect(tracks.map(({ sounds }) => sounds)).toEqual([[], []]);
    const pictures = await wall.consume(picturesOf(tracks));
    await Promise.all(pictures.map(arrives));
    const soundOf = async (room: MeetingRoom) => {
      const { meetingId } = room;
      return wall.consume([{ meetingId, producerId: cameras.get(meetingId)?.microphone ?? '' }]);
    };
    expect([...(await soundOf(roomA())), ...(await soundOf(roomB()))]).toEqual([]);
    await wall.line.ask('focus', { meetingId: roomA().meetingId });
    await vi.waitFor(() => expect(lastSounds(wall, roomA())).toHaveLength(1));
    const [sound] = await soundOf(roomA());
    await arrives(sound);
    expect(await soundOf(roomB())).toEqual([]);
    await wall.line.ask('focus', { meetingId: null });
    await sleep(300);
    const before = sound?.packets;
    await sleep(500);
    expect(sound?.packets).toBe(before);
    expect(pictures.every(({ frames }) => frames > 3)).toBe(true);
  });

  test('AGD5 SUP1 an item in person only closes the picture, also against asking, and its end brings it back', async () => {
    const wall = wallOf('outside');
    const { meetingId } = roomB();
    await wall.attend([meetingId]);
    const [stream] = await wall.watch();
    await arrives(stream);
    const item = roomB().state.agenda[0];
    if (item === undefined) throw new Error('the meeting has no programme');
    await done(roomB(), as('chair'), { type: 'moveAgenda', to: item.id, leaveAs: 'done' });
    await edit(roomB(), item, true);
    await vi.waitFor(() =>
      expect(wall.notices).toContainEqual({ type: 'meetingClosed', meetingId, reason: 'inPersonOnly' }),
    );
    expect(await tryAll(wall, roomB())).toEqual([]);
    await nothingArrives(wall);
    await edit(roomB(), item, false);
    await vi.waitFor(() => expect(wall.notices.at(-1)).toMatchObject({ type: 'tracks' }));
    const [again] = await wall.consume([knownTrack(roomB())]);
    await arrives(again);
  });

  test('SUP1 SPK3 a superior who speaks is heard in that meeting alone, and only with the floor', async () => {
    const line = new HallLine(hall.url, 'speaker');
    await line.ask('attend', { meetings: hall.rooms.map(({ meetingId }) => meetingId) });
    const speech = await line.speaker(roomA().meetingId, 'speaker');
    const heard = await Promise.all(
      hall.rooms.map(async ({ meetingId }) => members.listener(meetingId, 'an')),
    );
    const producerId = await speech.startMicrophone('speaking');
    await vi.waitFor(() => expect(infoOf(heard[0], producerId)).toMatchObject({ held: true }));
    const [sound] = (await heard[0]?.receive([producerId])) ?? [];
    expect(await heard[1]?.receive([producerId])).toEqual([]);
    await sleep(700);
    expect(sound?.packets).toBe(0);
    await roomA().submit(superior('speaker'), null, { type: 'askToSpeak', kind: 'speech' });
    const request = roomA().state.speaking.queue.at(-1)?.id;
    if (request === undefined) throw new Error('nobody asked');
    await done(roomA(), as('chair'), { type: 'grantFloor', request, seconds: 300 });
    await arrives(sound);
    expect(infoOf(heard[1], producerId)).toBeUndefined();
    await done(roomA(), as('chair'), { type: 'endSpeech', request });
    await sleep(400);
    const before = sound?.packets;
    await sleep(600);
    expect(sound?.packets).toBe(before);
    speech.close();
    await line.ask('leave', { meetings: hall.rooms.map(({ meetingId }) => meetingId) });
    line.close();
  });

  test('SUP1 the end of a meeting closes the wall’s picture of it', async () => {
    const wall = wallOf('last');
    const { meetingId } = roomB();
    await wall.attend([meetingId]);
    const [stream] = await wall.watch();
    await arrives(stream);
    await done(roomB(), as('chair'), { type: 'interruptMeeting', reason: 'mất điện' });
    await vi.waitFor(() =>
      expect(wall.notices.at(-1)).toEqual({ type: 'meetingClosed', meetingId, reason: 'over' }),
    );
    expect(await tryAll(wall, roomB())).toEqual([]);
    await nothingArrives(wall);
  });
});

function edit(room: MeetingRoom, item: AgendaItem, inPersonOnly: boolean) {
  const { id, title, kind, presenter, minutes, draftDecision } = item;
  const changes = { title, kind, presenter, minutes, draftDecision, inPersonOnly };
  return done(room, as('chair'), { type: 'editAgendaItem', item: id, changes });
}

function lastSounds(wall: WallRobot, { meetingId }: MeetingRoom): readonly ProducerInfo[] {
  const last = wall.notices.findLast(
    (notice) => notice.type === 'tracks' && notice.tracks.meetingId === meetingId,
  );
  return last?.type === 'tracks' ? last.tracks.sounds : [];
}

function infoOf(listener: { readonly producers: readonly ProducerInfo[] } | undefined, producerId: string) {
  return listener?.producers.find((producer) => producer.producerId === producerId);
}
