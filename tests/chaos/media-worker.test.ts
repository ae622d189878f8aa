import { expect, test } from 'vitest';
import { measureRecovery } from '../load/recover/recovery.ts';
import { percentile } from '../load/report.ts';

test('a worker is killed: pictures are back within five seconds, and the other worker’s meeting feels nothing', async () => {
  const { back, otherGap } = await measureRecovery(3, 4);
  expect(back).toHaveLength(12);
  expect(percentile(back, 95)).toBeLessThanOrEqual(5_000);
  expect(otherGap).toBeLessThanOrEqual(100);
});
