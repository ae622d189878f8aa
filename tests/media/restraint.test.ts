import { describe, expect, test } from 'vitest';
import {
  type Cap,
  floorOf,
  type LineReading,
  nextCap,
  nextHopeless,
} from '../../server/src/media/restraint.ts';

/** A line that carries so many bits a second: what is sent beyond them is lost. */
const line =
  (carries: number) =>
  (sent: number): LineReading => ({ sent, loss: Math.max(0, 1 - carries / sent) });

/** Looks at a line for so many seconds, while the SFU would like to send so much. */
function follow(cap: Cap | null, seconds: number, wanted: number, read: (sent: number) => LineReading) {
  let now = cap;
  const readings: LineReading[] = [];
  for (let second = 0; second < seconds; second += 1) {
    const reading = read(Math.min(wanted, now?.bits ?? wanted));
    readings.push(reading);
    now = nextCap(now, reading);
  }
  return { cap: now, readings };
}

describe('what a receiver is sent at most', () => {
  test('is not held where everything arrives, or little is lost', () => {
    expect(nextCap(null, { sent: 900_000, loss: 0 })).toBeNull();
    expect(nextCap(null, { sent: 900_000, loss: 0.05 })).toBeNull();
  });

  test('is under what a narrow line carries after the first look', () => {
    const { cap } = follow(null, 1, 900_000, line(300_000));
    expect(cap?.bits).toBeLessThan(300_000);
    expect(cap?.bits).toBeGreaterThan(200_000);
  });

  test('is raised by small steps, so that a line that stays narrow never loses much again', () => {
    const { cap } = follow(null, 1, 900_000, line(300_000));
    const { readings } = follow(cap, 300, 900_000, line(300_000));
    expect(Math.max(...readings.map(({ loss }) => loss))).toBeLessThan(0.2);
    // Each step that failed makes the next one come later.
    expect(readings.filter(({ loss }) => loss > 0.02).length).toBeLessThan(60);
  });

  test('is none again some two minutes after the line is wide', () => {
    const { cap } = follow(null, 1, 900_000, line(300_000));
    expect(follow(cap, 150, 900_000, line(9_000_000)).cap).toBeNull();
    expect(follow(cap, 20, 900_000, line(9_000_000)).cap).not.toBeNull();
  });

  test('never falls below sound and one small picture', () => {
    expect(nextCap(null, { sent: 900_000, loss: 0.95 })?.bits).toBe(160_000);
  });

  test('is sound and one small picture at least, until the line shows that it cannot carry that', () => {
    const lowest: Cap = { bits: 160_000, calm: 0, patience: 5, last: 'cut' };
    const floorAfter = (looks: number, cap: Cap, loss: number) => {
      let hopeless = 0;
      for (let look = 0; look < looks; look += 1)
        hopeless = nextHopeless(hopeless, cap, { sent: 124_000, loss });
      return floorOf(hopeless);
    };
    expect(floorAfter(7, lowest, 0.5)).toBe(160_000);
    expect(floorAfter(8, lowest, 0.5)).toBe(0);
    expect(floorAfter(30, lowest, 0.05)).toBe(160_000);
    // More was sent than that: it says nothing of the smallest.
    expect(floorAfter(30, { ...lowest, bits: 300_000 }, 0.5)).toBe(160_000);
    expect(floorOf(nextHopeless(8, lowest, { sent: 124_000, loss: 0 }))).toBe(160_000);
  });
});
