import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { type LivingNode, ownerText } from '../../server/src/cluster/scripts.ts';
import { Vigil } from '../../server/src/cluster/vigil.ts';

const node = (name: string, rest: number): LivingNode => ({
  name,
  incarnation: `${name}-1`,
  address: `/n/${name}`,
  state: 'open',
  rest,
});

describe('NODE2 the vigil over a lease that was not renewed in time', () => {
  const look = vi.fn();
  let vigil: Vigil;

  beforeEach(() => {
    vi.useFakeTimers();
    look.mockReset();
    vigil = new Vigil({ leaseTime: 3_000, lookEvery: 1_000, perSecond: 1_000, look });
  });

  afterEach(() => {
    vigil.close();
    vi.useRealTimers();
  });

  /** @returns how many of so many who wait for the node have gone on. */
  function crowd(name: string, size: number): () => number {
    let gone = 0;
    for (let index = 0; index < size; index += 1)
      void vigil.decided(ownerText(node(name, 0))).then(() => {
        gone += 1;
      });
    return () => gone;
  }

  test('a lease is in doubt when its node should have renewed it by now', () => {
    expect(vigil.isInDoubt(node('a', 2_300))).toBe(false);
    expect(vigil.isInDoubt(node('a', 1_800))).toBe(true);
  });

  test('whoever waits goes on when the lease has been renewed, and not before', async () => {
    const gone = crowd('a', 1);
    vigil.seen([node('a', 1_200), node('b', 2_900)]);
    await vi.advanceTimersByTimeAsync(100);
    expect(gone()).toBe(0);
    vigil.seen([node('a', 2_900), node('b', 2_900)]);
    await vi.advanceTimersByTimeAsync(100);
    expect(gone()).toBe(1);
  });

  test('when it has ended those who wait for it go on, no more in a second than come in at the door', async () => {
    const gone = crowd('a', 500);
    const others = crowd('c', 1);
    vigil.seen([node('b', 2_900), node('c', 1_500)]);
    await vi.advanceTimersByTimeAsync(100);
    expect(gone()).toBe(100);
    await vi.advanceTimersByTimeAsync(400);
    expect(gone()).toBe(500);
    expect(others()).toBe(0);
  });

  test('leases are looked at again at the very end of the one that ends first', async () => {
    vigil.seen([node('a', 400), node('b', 2_900)]);
    await vi.advanceTimersByTimeAsync(399);
    expect(look).not.toHaveBeenCalled();
    await vi.advanceTimersByTimeAsync(50);
    expect(look).toHaveBeenCalledTimes(1);
  });

  test('nobody waits while leases are out of sight, nor for a node that stops', async () => {
    const gone = crowd('a', 3);
    vigil.blind();
    await vi.advanceTimersByTimeAsync(100);
    expect(gone()).toBe(3);
    const late = crowd('a', 3);
    vigil.close();
    await vi.advanceTimersByTimeAsync(0);
    expect(late()).toBe(3);
  });
});
