import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { layersWithin, type SeenTile, wallBudget } from '../../client/src/media/wall-layers.ts';
import type { TilePriority } from '../../client/src/media/wall-types.ts';

const costs = [110_000, 400_000, 1_250_000] as const;
const tile = (id: string, width: number, priority: TilePriority = 'rest'): SeenTile => ({
  id,
  size: { width, height: (width * 9) / 16 },
  priority,
});
const grid = (count: number, width: number) =>
  Array.from({ length: count }, (_, index) => tile(`${index}`, width));
const layersOf = (tiles: readonly SeenTile[]) => [...layersWithin(tiles, wallBudget).values()];
const priceOf = (layers: readonly (0 | 1 | 2)[]) =>
  layers.reduce<number>((sum, layer) => sum + costs[layer], 0);

describe('layers of a wall', () => {
  test('sixteen tiles fit a line of 4 Mbit/s, however large they are on the screen', () => {
    expect(layersOf(grid(16, 480))).toEqual(Array(16).fill(0));
    expect(priceOf(layersOf(grid(16, 480)))).toBeLessThan(4_000_000);
  });

  test('few tiles have what fills their pixels', () => {
    expect(layersOf(grid(1, 1_400))).toEqual([2]);
    expect(layersOf(grid(4, 620))).toEqual([1, 1, 1, 1]);
    expect(layersOf(grid(1, 200))).toEqual([0]);
  });

  test('the tile in focus is sharp first, then alarmed ones, then who speaks', () => {
    const others = grid(13, 480);
    const layers = layersWithin(
      [
        tile('focus', 1_200, 'focus'),
        tile('alarmed', 480, 'alarmed'),
        tile('speaking', 480, 'speaking'),
        ...others,
      ],
      wallBudget,
    );
    expect([layers.get('focus'), layers.get('alarmed'), layers.get('speaking')]).toEqual([2, 1, 1]);
    expect(others.map(({ id }) => layers.get(id))).toEqual(others.map(() => 0));
  });

  test('whatever stands on the wall: within the budget beyond the smallest layer, and never more than the pixels need', () => {
    const priority = fc.constantFrom<TilePriority>('focus', 'alarmed', 'speaking', 'rest');
    const tiles = fc
      .array(fc.tuple(fc.integer({ min: 1, max: 2_000 }), priority), { maxLength: 16 })
      .map((list) => list.map(([width, rank], index) => tile(`${index}`, width, rank)));
    fc.assert(
      fc.property(tiles, (list) => {
        const layers = layersWithin(list, wallBudget);
        expect(priceOf([...layers.values()])).toBeLessThanOrEqual(wallBudget);
        for (const { id, size } of list) if (size.width <= 300) expect(layers.get(id)).toBe(0);
      }),
    );
  });
});
