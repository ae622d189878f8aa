import { layerFor, type TileSize } from './quality.ts';
import type { TilePriority } from './wall-types.ts';

/** A tile that is on the screen. */
export interface SeenTile {
  readonly id: string;
  readonly size: TileSize;
  readonly priority: TilePriority;
}

export type Layer = 0 | 1 | 2;

/** Bits per second that all pictures of a wall may take together: what is left of a line of 4 Mbit/s beside sound and repeats. */
export const wallBudget = 3_500_000;

/** About what a camera's layers cost, smallest first, bits per second. */
const costs: readonly [number, number, number] = [110_000, 400_000, 1_250_000];

const classes: readonly TilePriority[] = ['focus', 'alarmed', 'speaking', 'rest'];

/** How the server weighs a tile against the others when the line is narrower still. */
export const weights: Readonly<Record<TilePriority, number>> = {
  focus: 255,
  alarmed: 120,
  speaking: 60,
  rest: 10,
};

/**
 * Which layer each tile asks for: the smallest for all, then, from the most important on, what fills its pixels as far as the
 * budget goes. Tiles of the same importance are raised together, so that no neighbour looks softer than the next.
 */
export function layersWithin(tiles: readonly SeenTile[], budget: number): ReadonlyMap<string, Layer> {
  const layers = new Map<string, Layer>(tiles.map(({ id }) => [id, 0]));
  let left = budget - tiles.length * costs[0];
  for (const priority of classes) {
    const group = tiles.filter((tile) => tile.priority === priority);
    for (const layer of [1, 2] as const) {
      const raised = group.filter(({ size }) => layerFor(size) >= layer);
      const price = raised.length * (costs[layer] - costs[layer === 1 ? 0 : 1]);
      if (raised.length === 0 || price > left) break;
      left -= price;
      for (const { id } of raised) layers.set(id, layer);
    }
  }
  return layers;
}
