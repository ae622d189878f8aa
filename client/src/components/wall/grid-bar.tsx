import { ActionIcon, Button, SegmentedControl } from '@mantine/core';
import {
  IconArrowsSort,
  IconChevronLeft,
  IconChevronRight,
  IconCircleCheck,
  IconKeyboard,
  IconList,
} from '@tabler/icons-react';
import { type GridSize, gridSizes, useDesk } from '../../hooks/wall/desk.ts';
import type { SteadyOrder } from '../../hooks/wall/use-steady-order.ts';
import type { Tiles } from '../../hooks/wall/use-tiles.ts';
import { useWallText } from '../../hooks/wall/use-wall-text.ts';
import { useAllAlarms } from '../../hooks/wall/wall.ts';
import classes from './grid.module.css';

interface GridBarProps {
  readonly tiles: Tiles;
  readonly order: SteadyOrder;
}

function sizeOf(value: string): GridSize {
  return gridSizes.find((size) => String(size) === value) ?? 9;
}

/** Above the tiles: the list, how many tiles, which page of them, and whether they would be sorted otherwise. */
export function GridBar({ tiles, order }: GridBarProps) {
  const t = useWallText();
  const desk = useDesk();
  const alarms = useAllAlarms();
  const calm = tiles.total > 0 && [...alarms.values()].every((of) => of.length === 0);
  const turn = (by: number) => desk.setPage(tiles.page + by);
  return (
    <div className={classes.bar}>
      <Button
        variant="default"
        leftSection={<IconList size={20} aria-hidden />}
        aria-expanded={desk.list === 'shown'}
        onClick={desk.toggleList}
      >
        {t(desk.list === 'shown' ? 'list.hide' : 'list.show')}
      </Button>
      <SegmentedControl
        aria-label={t('grid.size')}
        value={String(tiles.size)}
        onChange={(value) => desk.setSize(sizeOf(value))}
        data={gridSizes.map((size) => ({ value: String(size), label: t('grid.tiles', { count: size }) }))}
        data-testid="grid-size"
      />
      {order.state === 'waits' && (
        <Button
          color="yellow"
          leftSection={<IconArrowsSort size={20} aria-hidden />}
          onClick={order.sort}
          data-testid="resort"
        >
          {order.news > 0 ? t('grid.resort', { count: order.news }) : t('grid.resortQuiet')}
        </Button>
      )}
      {calm && (
        <span className={classes.calm} role="status">
          <IconCircleCheck size={20} aria-hidden />
          {t('alarm.allCalm')}
        </span>
      )}
      <span className={classes.space} />
      {tiles.pages > 1 && (
        <>
          <ActionIcon
            aria-label={t('grid.previous')}
            disabled={tiles.page === 0}
            onClick={() => turn(-1)}
            variant="default"
          >
            <IconChevronLeft aria-hidden />
          </ActionIcon>
          <span className={classes.page} role="status">
            {t('grid.page', { page: tiles.page + 1, pages: tiles.pages })}
          </span>
          <ActionIcon
            aria-label={t('grid.next')}
            disabled={tiles.page + 1 >= tiles.pages}
            onClick={() => turn(1)}
            variant="default"
          >
            <IconChevronRight aria-hidden />
          </ActionIcon>
        </>
      )}
      <ActionIcon
        aria-label={t('grid.help')}
        title={t('grid.help')}
        onClick={() => desk.ask({ kind: 'keys' })}
      >
        <IconKeyboard aria-hidden />
      </ActionIcon>
    </div>
  );
}
