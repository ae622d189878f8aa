import { lineLevelOf } from '@diemcau/shared/protocol/line-level.ts';
import type { MediaRequestData } from '@diemcau/shared/protocol/media.ts';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import type { MeetingRoom } from '../../server/src/meeting/room.ts';
import { type Guest, startDoor, type TestDoor } from './support/door.ts';
import { person } from './support/material.ts';
import { as, done, summonedRoom } from './support/rooms.ts';

const remote = { type: 'checkIn', place: { mode: 'remote' } } as const;
const sound: MediaRequestData<'quality'> = {
  roundTrip: 40,
  lossIn: 0,
  lossOut: 0.001,
  spatialLayer: 2,
  freezes: 0,
  concealed: 0,
};
const poor = { ...sound, lossIn: 0.2 };

let door: TestDoor;
let room: MeetingRoom;

beforeEach(async () => {
  door = await startDoor();
  room = await summonedRoom(door);
  await done(room, as('chair'), { type: 'openMeeting' });
});
afterEach(async () => {
  await door.close();
  await door.remove();
});

const levelsAt = (guest: Guest) =>
  guest.notices.flatMap((notice) => (notice.type === 'lineQuality' ? [notice.level] : []));

describe('how somebody’s line is', () => {
  test('is as bad as the worst that is known of it, by the published thresholds', () => {
    expect(lineLevelOf(sound)).toBe('good');
    expect(lineLevelOf({ ...sound, roundTrip: 300 })).toBe('fair');
    expect(lineLevelOf({ ...sound, freezes: 1 })).toBe('fair');
    expect(lineLevelOf({ ...sound, roundTrip: 900, freezes: 1 })).toBe('poor');
    expect(lineLevelOf({ ...sound, lossOut: 0.1 })).toBe('poor');
    expect(lineLevelOf({ ...sound, concealed: 0.05 })).toBe('fair');
    expect(
      lineLevelOf({
        roundTrip: null,
        lossIn: null,
        lossOut: null,
        spatialLayer: null,
        freezes: 0,
        concealed: null,
      }),
    ).toBe('good');
  });

  test('is told to the officers, each change once, and to nobody else', async () => {
    const [chair, an, binh] = await Promise.all(
      ['chair', 'an', 'binh'].map((name) => door.personEnters(name)),
    );
    if (!chair || !an || !binh) throw new Error('nobody came');
    await chair.join(room.meetingId);
    await an.join(room.meetingId, remote);
    await binh.join(room.meetingId, remote);
    for (const report of [poor, poor, sound])
      expect(await an.media(room.meetingId, 'quality', report)).toEqual({ ok: true, value: {} });
    await vi.waitFor(() => expect(levelsAt(chair)).toEqual(['poor', 'good']));
    expect(chair.notices[0]).toEqual({
      type: 'lineQuality',
      owner: { kind: 'person', person: person('an') },
      level: 'poor',
    });
    // What was sent to these two before this answer has come by now.
    await Promise.all([an, binh].map((guest) => guest.ask('clock', {})));
    expect(levelsAt(binh)).toEqual([]);
    expect(levelsAt(an)).toEqual([]);
  });

  test('reaches an officer who comes later with the next report, changed or not', async () => {
    const an = await door.personEnters('an');
    await an.join(room.meetingId, remote);
    await an.media(room.meetingId, 'quality', poor);
    const chair = await door.personEnters('chair');
    await chair.join(room.meetingId);
    await an.media(room.meetingId, 'quality', poor);
    await vi.waitFor(() => expect(levelsAt(chair)).toEqual(['poor']));
  });

  test('is refused from who carries no picture and sound, and where it makes no sense', async () => {
    const an = await door.personEnters('an');
    await an.join(room.meetingId);
    expect(await an.media(room.meetingId, 'quality', sound)).toMatchObject({
      ok: false,
      code: 'mediaNotAllowed',
    });
    expect(await an.media(room.meetingId, 'quality', { ...sound, lossIn: 3 })).toMatchObject({
      ok: false,
      code: 'malformed',
    });
  });
});

describe('figures for operators', () => {
  test('count members by how they are there, lines by level, commands by kind and refusals by code', async () => {
    const an = await door.personEnters('an');
    await an.join(room.meetingId, remote);
    await an.media(room.meetingId, 'quality', poor);
    await an.command(room.meetingId, { type: 'openMeeting' });
    const text = await door.metrics.text();
    expect(text).toContain('diemcau_meetings 1');
    expect(text).toContain('diemcau_members{mode="remote"} 1');
    expect(text).toContain('diemcau_seats 1');
    expect(text).toContain('diemcau_lines{level="poor"} 1');
    expect(text).toContain('diemcau_command_seconds_count{type="openMeeting",outcome="refused"} 1');
    expect(text).toContain('diemcau_refusals_total{door="socket",code="notAllowed"} 1');
    expect(text).not.toContain('Đồng chí');
    expect(text).not.toContain(String(room.meetingId));
  });
});
