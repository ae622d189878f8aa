import type { LineLevel, MediaSource } from '@diemcau/shared/protocol/media.ts';
import type { TileSize } from './quality.ts';

/** A picture that has a tile on screen. */
export interface Candidate {
  readonly producerId: string;
  readonly source: MediaSource;
  readonly size: TileSize;
  /** When its owner was last heard speaking, milliseconds of a steady clock; null for never. */
  readonly spokeAt: number | null;
  readonly now: 'running' | 'resting';
}

/** Who spoke this long ago counts as taking part in the talk, milliseconds. */
const talkLasts = 30_000;
/** A tile of this many pixels is what everybody looks at. */
const leading = 480 * 270;

/** How many pictures run at once; what a weak line carries well is better than many that stand still. */
export const pictureLimits: Readonly<Record<LineLevel, number>> = { good: 16, fair: 6, poor: 2 };

function rankOf({ source, size, spokeAt, now }: Candidate, at: number): readonly number[] {
  const area = size.width * size.height;
  const talks = spokeAt !== null && at - spokeAt < talkLasts;
  return [
    source === 'screen' ? 1 : 0,
    area >= leading ? area : 0,
    talks ? (spokeAt ?? 0) : 0,
    // Among equals nobody is exchanged for nothing.
    now === 'running' ? 1 : 0,
    area,
  ];
}

function compare(a: readonly number[], b: readonly number[]): number {
  for (const [index, value] of a.entries()) {
    const other = b[index] ?? 0;
    if (value !== other) return other - value;
  }
  return 0;
}

/** @returns which pictures run: screens, then the large tiles, then who speaks, up to the limit. */
export function chosenPictures(
  candidates: readonly Candidate[],
  limit: number,
  at: number,
): ReadonlySet<string> {
  const ranked = candidates.map((candidate) => ({
    id: candidate.producerId,
    rank: rankOf(candidate, at),
  }));
  ranked.sort((a, b) => compare(a.rank, b.rank) || (a.id < b.id ? -1 : 1));
  return new Set(ranked.slice(0, limit).map(({ id }) => id));
}
