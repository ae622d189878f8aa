import { describe, expect, test } from 'vitest';
import { delayBefore } from '../../client/src/net/backoff.ts';
import { ServerClock } from '../../client/src/net/server-clock.ts';
import { Observable, until } from '../../client/src/store/observable.ts';

describe('observable', () => {
  test('tells listeners of another value, not of the same one', () => {
    const source = new Observable(1);
    const seen: number[] = [];
    const stop = source.subscribe(() => seen.push(source.get()));
    source.set(2);
    source.set(2);
    source.update((value) => value + 1);
    stop();
    stop();
    source.set(9);
    expect(seen).toEqual([2, 3]);
  });

  test('a listener may end another one while being told', () => {
    const source = new Observable(0);
    const ended: (() => void)[] = [];
    source.subscribe(() => ended[0]?.());
    ended.push(source.subscribe(() => undefined));
    expect(() => source.set(1)).not.toThrow();
  });

  test('until answers with the present value or the first that fits', async () => {
    const source = new Observable(0);
    expect(await until(source, (value) => value === 0)).toBe(0);
    const later = until(source, (value) => value > 1);
    source.set(1);
    source.set(5);
    source.set(6);
    expect(await later).toBe(5);
  });
});

describe('backoff', () => {
  const backoff = { first: 500, longest: 10_000 };

  test('is jittered over the whole span, and the span doubles up to its bound', () => {
    const spans = [0, 1, 2, 3, 4, 5, 50].map((attempt) => delayBefore(attempt, backoff, () => 1));
    expect(spans).toEqual([500, 1000, 2000, 4000, 8000, 10_000, 10_000]);
    expect(delayBefore(3, backoff, () => 0)).toBe(0);
    expect(delayBefore(3, backoff, () => 0.5)).toBe(2000);
  });
});

describe('server clock', () => {
  test('believes the shortest exchange and assumes the answer came from its middle', () => {
    let local = 10_000;
    const clock = new ServerClock(() => local);
    clock.add({ sentAt: 1000, answeredAt: 1400, serverNow: 6200 });
    expect(clock.offset.get()).toBe(5000);
    clock.add({ sentAt: 2000, answeredAt: 2100, serverNow: 7100 });
    expect(clock.offset.get()).toBe(5050);
    clock.add({ sentAt: 3000, answeredAt: 3900, serverNow: 9999 });
    expect(clock.offset.get()).toBe(5050);
    local = 20_000;
    expect(clock.now()).toBe(25_050);
  });

  test('an exchange across a set-back clock is not believed', () => {
    const clock = new ServerClock(() => 0);
    clock.add({ sentAt: 2000, answeredAt: 1000, serverNow: 9000 });
    expect(clock.offset.get()).toBe(0);
  });
});
