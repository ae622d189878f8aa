import { describe, expect, test } from 'vitest';
import { rateOf } from '../../client/src/store/line-room.ts';

const part = (transferSize: number, startTime: number, responseEnd: number) => ({
  transferSize,
  startTime,
  responseEnd,
});

describe('how fast a line is, by what the page has fetched', () => {
  test('parts that come side by side share the line', () => {
    expect(rateOf([part(50_000, 0, 4_000), part(100_000, 0, 4_000)])).toBeCloseTo(0.3);
  });

  test('pauses between them don’t count', () => {
    expect(rateOf([part(50_000, 0, 400), part(50_000, 60_000, 60_400)])).toBeCloseTo(1);
  });

  test('what the browser had in store says nothing, and little says nothing', () => {
    expect(rateOf([part(0, 0, 5)])).toBeNull();
    expect(rateOf([part(2_000, 0, 5), part(0, 0, 5)])).toBeNull();
  });
});
