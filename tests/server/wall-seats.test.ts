import type { WallMediaNotice } from '@diemcau/shared/protocol/wall-media.ts';
import { ok } from '@diemcau/shared/result.ts';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import type { MeetingRoom } from '../../server/src/meeting/room.ts';
import type { WallMedia } from '../../server/src/realtime/wall-media-port.ts';
import { startDoor, type TestDoor } from './support/door.ts';
import { person } from './support/material.ts';
import { as, done, openRoom } from './support/rooms.ts';
import { WallGuest } from './support/wall-guest.ts';

const superior = person('superior');
const soon = { timeout: 5_000, interval: 20 };

/** Media that note what they are told, beside what the log holds at that moment. */
class NotedMedia implements WallMedia {
  readonly told: string[] = [];
  room: MeetingRoom | null = null;
  notify: ((notice: WallMediaNotice) => void) | null = null;

  #note(what: string): void {
    this.told.push(`${what} ${this.room?.state.superiors[superior] ? 'while attending' : 'otherwise'}`);
  }
  open: WallMedia['open'] = async (_wall, notify) => {
    this.notify = notify;
    this.#note('open');
    return ok({ routerRtpCapabilities: {}, receive: {}, tracks: [] } as never);
  };
  request: WallMedia['request'] = async (_wallId, name) => {
    this.#note(name);
    return ok({});
  };
  attends: WallMedia['attends'] = (_wallId, { size }) => this.#note(`attends ${size}`);
  focus: WallMedia['focus'] = (_wallId, meetingId) => this.#note(meetingId ? 'sound' : 'no sound');
  follow: WallMedia['follow'] = ({ events }) => this.#note(`follows ${events.at(-1)?.type}`);
  close: WallMedia['close'] = () => this.#note('closed');
}

let media: NotedMedia;
let door: TestDoor;
let room: MeetingRoom;
let wall: WallGuest;

beforeEach(async () => {
  media = new NotedMedia();
  door = await startDoor(null, media);
  room = await openRoom(door);
  media.room = room;
  wall = new WallGuest(await door.personEnters('superior'));
  await wall.watch();
  media.told.length = 0;
});
afterEach(async () => {
  await door.close();
  await door.remove();
});

describe('a wall’s media follow the attendance', () => {
  test('SUP1 they begin after it is durable, and end before the cell reads that it has', async () => {
    await wall.attend(room.meetingId);
    await wall.leave(room.meetingId);
    expect(media.told).toEqual([
      'follows superiorArrived while attending',
      'attends 1 while attending',
      'attends 0 while attending',
      'follows superiorLeft otherwise',
    ]);
  });

  test('SUP1 when it ends elsewhere they are told before anybody else is', async () => {
    await wall.attend(room.meetingId);
    const phone = new WallGuest(await door.personEnters('superior'));
    await phone.watch();
    media.told.length = 0;
    await phone.leave(room.meetingId);
    // The phone's own seat first, then the event, then the seat of the other wall.
    expect(media.told).toEqual([
      'attends 0 while attending',
      'follows superiorLeft otherwise',
      'attends 0 otherwise',
    ]);
  });

  test('SUP8 sound only of the one in focus, after the record has it; another device’s focus takes it over', async () => {
    await wall.attend(room.meetingId);
    media.told.length = 0;
    await wall.focus(room.meetingId);
    expect(media.told).toEqual(['follows superiorFocused while attending', 'sound while attending']);
    const phone = new WallGuest(await door.personEnters('superior'));
    await phone.watch();
    media.told.length = 0;
    await phone.focus(room.meetingId);
    expect(media.told).toEqual(['no sound while attending', 'sound while attending']);
    await phone.focus(null);
    await vi.waitFor(() => expect(media.told).toContain('follows superiorUnfocused while attending'), soon);
    expect(room.state.superiors[superior]?.focusedSince).toBeNull();
  });

  test('requests and notices go to and fro while the wall is watched, and not before or after', async () => {
    const ask = (name: string) => wall.guest.ask('wallMedia', { name, data: {} });
    expect(await ask('open')).toMatchObject({ ok: true });
    expect(await ask('tune')).toMatchObject({ ok: true });
    const heard: unknown[] = [];
    wall.guest.socket.on('wallMedia', ({ notice }) => heard.push(notice));
    media.notify?.({ type: 'wallClosed', reason: 'workerDied' });
    await vi.waitFor(() => expect(heard).toEqual([{ type: 'wallClosed', reason: 'workerDied' }]), soon);
    await wall.ask('unwatchWall', {});
    expect(media.told.at(-1)).toBe('closed otherwise');
    expect(await ask('open')).toMatchObject({ ok: false, code: 'notWatching' });
    expect(await ask('anything')).toMatchObject({ ok: false, code: 'malformed' });
  });

  test('a lost connection closes them', async () => {
    await wall.attend(room.meetingId);
    wall.guest.socket.disconnect();
    await vi.waitFor(() => expect(media.told.at(-1)).toBe('closed while attending'), soon);
  });

  test('SUP1 an interruption leaves the attendance; media learn of it before anybody else', async () => {
    await wall.attend(room.meetingId);
    await done(room, as('chair'), { type: 'interruptMeeting', reason: 'Mất điện' });
    expect(media.told.at(-1)).toBe('follows meetingInterrupted while attending');
    expect(room.state.superiors[superior]).toBeDefined();
  });
});
