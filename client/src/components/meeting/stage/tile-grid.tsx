import { ActionIcon } from '@mantine/core';
import { IconChevronLeft, IconChevronRight } from '@tabler/icons-react';
import { type CSSProperties, useEffect, useRef, useState } from 'react';
import { useMediaText } from '../../../hooks/meeting/use-media-text.ts';
import { gridFor } from './grid.ts';
import classes from './stage.module.css';
import { StageTile, type TileLook } from './stage-tile.tsx';
import type { Tile } from './tiles.ts';

interface TileGridProps {
  readonly tiles: readonly Tile[];
  readonly look: TileLook;
  /** Pixels. */
  readonly narrowest: number;
  readonly testId: string;
}

/** Tiles alike in size, as large as there is room; those for which there is none on further pages. */
export function TileGrid({ tiles, look, narrowest, testId }: TileGridProps) {
  const t = useMediaText();
  const frame = useRef<HTMLDivElement>(null);
  const [space, setSpace] = useState<{ width: number; height: number } | null>(null);
  const [wanted, setWanted] = useState(0);
  useEffect(() => {
    const target = frame.current;
    if (!target) return;
    const watch = new ResizeObserver(([entry]) => {
      if (entry) setSpace({ width: entry.contentRect.width, height: entry.contentRect.height });
    });
    watch.observe(target);
    return () => watch.disconnect();
  }, []);
  const grid = space && gridFor(tiles.length, space, narrowest);
  const pages = grid ? Math.max(1, Math.ceil(tiles.length / grid.perPage)) : 1;
  const page = Math.min(wanted, pages - 1);
  const shown = grid ? tiles.slice(page * grid.perPage, (page + 1) * grid.perPage) : [];
  const style: CSSProperties = grid
    ? {
        gridTemplateColumns: `repeat(${grid.columns}, minmax(0, 1fr))`,
        gridTemplateRows: `repeat(${grid.rows}, minmax(0, 1fr))`,
      }
    : {};
  return (
    <div className={classes.paged} data-testid={testId}>
      <div ref={frame} className={classes.grid} style={style}>
        {shown.map((tile) => (
          <StageTile key={tile.key} tile={tile} look={look} />
        ))}
      </div>
      {pages > 1 && (
        <div className={classes.pages}>
          <ActionIcon
            size={48}
            variant="default"
            disabled={page === 0}
            onClick={() => setWanted(page - 1)}
            aria-label={t('stage.before')}
          >
            <IconChevronLeft size={22} />
          </ActionIcon>
          <span aria-live="polite">{t('stage.page', { page: page + 1, pages })}</span>
          <ActionIcon
            size={48}
            variant="default"
            disabled={page === pages - 1}
            onClick={() => setWanted(page + 1)}
            aria-label={t('stage.after')}
          >
            <IconChevronRight size={22} />
          </ActionIcon>
        </div>
      )}
    </div>
  );
}
