/** How tiles are laid out on one page of a grid. */
export interface Grid {
  readonly columns: number;
  readonly rows: number;
  /** Tiles on a page; the others are on further pages. */
  readonly perPage: number;
}

/** Pixels between two tiles. */
const gap = 8;
/** A tile is at least so high for its width, so that a name fits under a face. */
const lowest = 0.5;

/**
 * Finds the largest tiles, of about 16:9, that show all of `count` at once; where they would be narrower than `narrowest`
 * pixels, as many as fit, on several pages.
 */
export function gridFor(
  count: number,
  space: { readonly width: number; readonly height: number },
  narrowest: number,
): Grid {
  const { width, height } = space;
  const most = Math.max(1, Math.floor((width + gap) / (narrowest + gap)));
  const tallest = Math.max(1, Math.floor((height + gap) / (narrowest * lowest + gap)));
  const perPage = Math.max(1, Math.min(count, most * tallest));
  let best: Grid = { columns: most, rows: Math.ceil(perPage / most), perPage };
  let largest = 0;
  for (let columns = 1; columns <= most; columns += 1) {
    const rows = Math.ceil(perPage / columns);
    if (rows > tallest) continue;
    const across = (width - gap * (columns - 1)) / columns;
    const down = (height - gap * (rows - 1)) / rows;
    const size = Math.min(across, (down * 16) / 9);
    if (size <= largest) continue;
    largest = size;
    best = { columns, rows, perPage };
  }
  return best;
}
