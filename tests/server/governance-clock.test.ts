import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { followTicks } from '../../client/src/hooks/meeting/ticks.ts';
import { Connection } from '../../client/src/net/connection.ts';
import { MeetingClient } from '../../client/src/net/meeting-client.ts';
import { ServerClock } from '../../client/src/net/server-clock.ts';
import { until } from '../../client/src/store/observable.ts';
import { startDoor, type TestDoor } from './support/door.ts';
import { person } from './support/material.ts';
import { as, done, summonedRoom } from './support/rooms.ts';

const DAY = 86_400_000;
/** By how much devices' clocks are wrong, milliseconds. */
const skews = [0, 437, -61_250, 7 * 3_600_000, -400 * DAY];

describe('SPK3 timers run by the server’s clock', () => {
  test('SPK3 devices whose clocks are wrong by anything show one second within 200 ms', () => {
    for (let seed = 0; seed < 200; seed += 1) {
      const truth = 1_790_000_000_000 + seed * 777;
      const shown = skews.map((skew, device) => {
        const local = truth + skew;
        const clock = new ServerClock(() => local);
        for (let sample = 0; sample < 3; sample += 1) {
          // A line is slower one way than the other, and differently each time; 300 ms there and back at most.
          const there = ((seed * 31 + device * 17 + sample * 7) % 10) * 15;
          const back = ((seed * 13 + device * 29 + sample * 11) % 10) * 15;
          const sentAt = local - 1_000 + sample;
          const exchange = { sentAt, answeredAt: sentAt + there + back, serverNow: sentAt - skew + there };
          clock.add(exchange);
        }
        return clock.now();
      });
      for (const time of shown) expect(Math.abs(time - truth)).toBeLessThanOrEqual(200);
      expect(Math.max(...shown) - Math.min(...shown)).toBeLessThanOrEqual(200);
    }
  });

  test('SPK3 screens that were opened at different moments turn to each second within 200 ms of one another', () => {
    vi.useFakeTimers({ now: 1_790_000_000_123 });
    // Whose clock is wrong by how much, and how wrong the server's clock is guessed at all the same.
    const devices = skews.map((skew, index) => {
      const clock = new ServerClock(() => Date.now() + skew);
      const at = clock.localNow();
      const guessed = Date.now() + (index % 2 === 0 ? 60 : -60);
      clock.add({ sentAt: at, answeredAt: at, serverNow: guessed });
      return { now: clock.now, turned: new Map<number, number>() };
    });
    const stops = devices.map(({ now, turned }) => {
      vi.advanceTimersByTime(277);
      return followTicks(now, 1_000, (second) => {
        if (!turned.has(second)) turned.set(second, Date.now());
      });
    });
    vi.advanceTimersByTime(20_000);
    for (const stop of stops) stop();
    vi.useRealTimers();
    const [first, ...others] = devices.map(({ turned }) => turned);
    const seconds = [...(first?.keys() ?? [])].slice(3, 20);
    expect(seconds).toHaveLength(17);
    for (const second of seconds) {
      for (const other of others) {
        const apart = Math.abs((other.get(second) ?? Number.NaN) - (first?.get(second) ?? Number.NaN));
        expect(apart).toBeLessThanOrEqual(200);
      }
    }
  });

  test('SPK3 a device clock that is set in the middle of a speech changes nothing on the screen', () => {
    const real = Date.now();
    const clock = new ServerClock();
    const at = clock.localNow();
    clock.add({ sentAt: at, answeredAt: at, serverNow: 5_000_000 });
    const spy = vi.spyOn(Date, 'now').mockReturnValue(real + DAY);
    expect(Math.abs(clock.now() - 5_000_000)).toBeLessThan(200);
    spy.mockRestore();
  });
});

describe('SPK6 over real sockets', () => {
  let door: TestDoor;
  const open: Connection[] = [];

  beforeEach(async () => {
    door = await startDoor();
  });
  afterEach(async () => {
    vi.restoreAllMocks();
    for (const connection of open.splice(0)) connection.close();
    await door.close();
    await door.remove();
  });

  async function device(name: string, skew: number, serverNow: () => number): Promise<Connection> {
    const { accessToken } = await door.auth.sessions.begin({ kind: 'person', personId: person(name) });
    const now = Date.now;
    vi.spyOn(door.clock, 'now').mockImplementation(serverNow);
    vi.spyOn(Date, 'now').mockImplementation(() => now() + skew);
    vi.spyOn(performance, 'timeOrigin', 'get').mockReturnValue(performance.timeOrigin + skew);
    const connection = new Connection({
      url: door.url,
      token: async () => ({ ok: true, value: accessToken }),
      language: () => 'vi',
    });
    open.push(connection);
    connection.open();
    await until(connection.clock.offset, (offset) => offset !== 0);
    return connection;
  }

  test('SPK6 the remaining time of a speech is the same second on every device, and after coming back', async () => {
    const room = await summonedRoom(door);
    await done(room, as('chair'), { type: 'openMeeting' });
    for (const name of ['chair', 'an', 'binh'])
      await done(room, as(name), { type: 'checkIn', place: { mode: 'remote' } });
    await done(room, as('clerk'), { type: 'completeRollCall' });
    await done(room, as('an'), { type: 'askToSpeak', kind: 'speech' });
    const request = room.state.speaking.queue[0]?.id;
    if (!request) throw new Error('nobody waits');
    await done(room, as('chair'), { type: 'grantFloor', request, seconds: 180 });
    // From here on the server's clock runs, and no device's is right.
    const begun = performance.now();
    const serverNow = () => door.clock.at + 60_400 + performance.now() - begun;
    const wrong: number[] = [];
    for (const [name, skew] of [
      ['an', -9 * DAY],
      ['binh', 3_600_000],
      ['an', 42_000_000],
    ] as const) {
      const connection = await device(name, skew, serverNow);
      const client = new MeetingClient(connection, room.meetingId);
      await client.join({ media: 'unwanted' });
      const endsAt = client.state.get()?.speaking.speech?.endsAt ?? 0;
      const [shown, left] = [endsAt - connection.clock.now(), endsAt - serverNow()];
      expect(left).toBeGreaterThan(0);
      wrong.push(shown - left);
      vi.restoreAllMocks();
    }
    for (const milliseconds of wrong) expect(Math.abs(milliseconds)).toBeLessThan(200);
  });
});
