import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { doors, type FuzzFigures, fuzz } from '../fuzz/run.ts';

/** As many as every door gets dozens of; `npm run fuzz` sends a million. */
const count = 5_000;

let figures: FuzzFigures;
beforeAll(async () => {
  const seed = Number(process.env.FUZZ_SEED ?? 20_261_126);
  figures = await fuzz({ seed, from: 0, count, players: 120, progress: () => {} });
});
afterAll(() => {
  process.stdout.write(`fuzz: seed ${figures.seed}, answers ${JSON.stringify(figures.byCode)}\n`);
});

describe('SEC6 messages by chance on every door', () => {
  test('SEC6 every message is answered with success or a closed code, or its connection is ended', () => {
    expect(figures.faults).toEqual([]);
    const answered = Object.values(figures.byCode).reduce((sum, number) => sum + number, 0);
    expect(answered).toBe(count);
  });

  test('SEC6 the server lives, and its log tells of no fault of its own', () => {
    expect(figures.alive).toBe(true);
    expect(figures.log).toEqual([]);
  });

  test('SEC6 no door was left out, and much came through to the rules', () => {
    expect(Object.keys(figures.byDoor).sort()).toEqual(doors.map(({ name }) => name).sort());
    expect(figures.byCode.ok).toBeGreaterThan(count / 25);
    expect(Object.keys(figures.byCode).length).toBeGreaterThan(20);
  });
});
