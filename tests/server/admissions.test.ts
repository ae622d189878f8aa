import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { Admissions } from '../../server/src/realtime/admissions.ts';

describe('NODE2 who is let in', () => {
  let admissions: Admissions;

  beforeEach(() => {
    vi.useFakeTimers();
  });

  afterEach(() => {
    admissions.close();
    vi.useRealTimers();
  });

  function comeIn(times: number): number {
    return Array.from({ length: times }).filter(() => admissions.take()).length;
  }

  test('of a crowd as many a second as may, and hardly more in the first', async () => {
    admissions = new Admissions(200);
    let entered = comeIn(1_000);
    for (let tenth = 1; tenth < 10; tenth += 1) {
      await vi.advanceTimersByTimeAsync(100);
      entered += comeIn(1_000);
    }
    expect(entered).toBe(200);
  });

  test('nobody while the process is behind, and everybody once it has caught up', async () => {
    let held = 0;
    admissions = new Admissions(undefined, () => performance.now() + held);
    await vi.advanceTimersByTimeAsync(1_000);
    expect(comeIn(50)).toBe(50);
    // Time goes by while the event loop stands still: no timer has run.
    held = 1_200;
    expect(comeIn(50)).toBe(0);
    await vi.advanceTimersByTimeAsync(100);
    expect(comeIn(50)).toBe(50);
  });
});
