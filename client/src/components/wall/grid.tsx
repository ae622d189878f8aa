import type { MeetingId } from '@diemcau/shared/ids.ts';
import { type KeyboardEvent, useEffect, useRef, useState } from 'react';
import type { GridSize } from '../../hooks/wall/desk.ts';
import type { SteadyOrder } from '../../hooks/wall/use-steady-order.ts';
import { useWallActs } from '../../hooks/wall/use-wall-acts.ts';
import { useWallText } from '../../hooks/wall/use-wall-text.ts';
import { useHeard, useWall } from '../../hooks/wall/wall.ts';
import classes from './grid.module.css';
import { Tile } from './tile.tsx';

const columns: { readonly [size in GridSize]: number } = { 1: 1, 4: 2, 9: 3, 16: 4 };
/** Lines of alarms on a tile of each size. */
const alarmLines: { readonly [size in GridSize]: number } = { 1: 4, 4: 2, 9: 1, 16: 1 };

interface GridProps {
  readonly meetings: readonly MeetingId[];
  readonly size: GridSize;
  readonly hand: SteadyOrder['hand'];
  /** The tile on which the keyboard was when it went elsewhere. */
  readonly last: MeetingId | null;
  readonly onReach: (meeting: MeetingId) => void;
}

/** The tiles. One of them is a stop of the Tab key, arrows go to the others. */
export function Grid({ meetings, size, hand, last, onReach }: GridProps) {
  const t = useWallText();
  const { client } = useWall();
  const acts = useWallActs();
  const heard = useHeard();
  const element = useRef<HTMLElement>(null);
  const [stop, setStop] = useState<MeetingId | null>(last);
  const here = stop !== null && meetings.includes(stop) ? stop : (meetings[0] ?? null);
  // Coming back from a meeting that was large, the keyboard goes on where it was.
  const returned = useRef(last);
  useEffect(() => {
    const to = returned.current;
    returned.current = null;
    if (to !== null) element.current?.querySelector<HTMLElement>(`[data-tile="${to}"]`)?.focus();
  }, []);
  const reach = (meeting: MeetingId) => {
    setStop(meeting);
    onReach(meeting);
  };
  const move = (event: KeyboardEvent) => {
    const target = event.target instanceof HTMLElement ? event.target.dataset.tile : undefined;
    const index = meetings.findIndex((meeting) => target === meeting.toString());
    const meeting = meetings[index];
    if (meeting === undefined || event.ctrlKey || event.metaKey || event.altKey) return;
    const wide = columns[size];
    const steps: { readonly [key: string]: number } = {
      ArrowRight: 1,
      ArrowLeft: -1,
      ArrowDown: wide,
      ArrowUp: -wide,
    };
    const step = steps[event.key];
    if (step !== undefined) {
      event.preventDefault();
      const next = meetings[index + step];
      if (next !== undefined) element.current?.querySelector<HTMLElement>(`[data-tile="${next}"]`)?.focus();
    } else if (event.key === ' ') {
      event.preventDefault();
      if (client.entries.at(meeting).get()?.attended === true) {
        void acts.listen(heard === meeting ? null : meeting);
      }
    }
  };
  // Rows that nobody fills leave their room to the others; two remain, so that a tile keeps about a picture's shape.
  const rows = Math.min(columns[size], Math.max(2, Math.ceil(meetings.length / columns[size])));
  return (
    <section
      ref={element}
      className={classes.grid}
      data-size={size}
      style={{ gridTemplateRows: `repeat(${rows}, minmax(0, 1fr))` }}
      aria-label={t('grid.label')}
      onKeyDown={move}
      data-testid="wall-grid"
      {...hand}
    >
      {meetings.map((meeting, index) => (
        <Tile
          key={meeting}
          meeting={meeting}
          number={index + 1}
          alarms={alarmLines[size]}
          stop={meeting === here ? 'here' : 'elsewhere'}
          onReach={reach}
        />
      ))}
    </section>
  );
}
