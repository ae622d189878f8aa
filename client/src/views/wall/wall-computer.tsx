import type { MeetingId } from '@diemcau/shared/ids.ts';
import { useEffect, useMemo, useState } from 'react';
import { AttendingStrip } from '../../components/wall/attending-strip.tsx';
import { CellList } from '../../components/wall/cell-list.tsx';
import { Grid } from '../../components/wall/grid.tsx';
import { GridBar } from '../../components/wall/grid-bar.tsx';
import { SkipToTiles, WallHeader } from '../../components/wall/wall-header.tsx';
import { WallNotices } from '../../components/wall/wall-notices.tsx';
import { useDesk } from '../../hooks/wall/desk.ts';
import { useSteadyOrder } from '../../hooks/wall/use-steady-order.ts';
import { useShownMeetings, useTiles } from '../../hooks/wall/use-tiles.ts';
import { useWallKeys } from '../../hooks/wall/use-wall-keys.ts';
import { OwnVotes } from './own-votes.tsx';
import classes from './wall.module.css';
import { WallEmpty } from './wall-empty.tsx';
import { WallLarge } from './wall-large.tsx';

/** The wall from 992 px on: list, tiles; or one meeting large, with the others beside it. */
export function WallComputer() {
  const desk = useDesk();
  const order = useSteadyOrder();
  const tiles = useTiles(order.order);
  const [last, setLast] = useState<MeetingId | null>(null);
  const large = desk.large?.meeting ?? null;
  const shown = useMemo(
    () => (large === null || tiles.meetings.includes(large) ? tiles.meetings : [large, ...tiles.meetings]),
    [large, tiles.meetings],
  );
  const { hand } = order;
  // What held the pointer or the focus is gone without a word when another view takes its place.
  // biome-ignore lint/correctness/useExhaustiveDependencies: it is the change of view that lets go
  useEffect(
    () => () => {
      hand.onBlur();
      hand.onPointerLeave();
    },
    [large, hand],
  );
  useShownMeetings(shown);
  useWallKeys({ meetings: tiles.meetings, at: large ?? last });
  return (
    <div className={classes.page} data-testid="wall">
      <SkipToTiles />
      <WallHeader />
      <AttendingStrip shown={shown} />
      <WallNotices />
      <OwnVotes />
      {large !== null ? (
        <WallLarge key={large} meeting={large} tiles={tiles.meetings} hand={hand} />
      ) : (
        <div className={classes.body}>
          {desk.list === 'shown' && <CellList order={order.order} />}
          <main className={classes.main} id="wall" tabIndex={-1}>
            <GridBar tiles={tiles} order={order} />
            {tiles.total === 0 ? (
              <WallEmpty />
            ) : (
              <Grid meetings={tiles.meetings} size={tiles.size} hand={hand} last={last} onReach={setLast} />
            )}
          </main>
        </div>
      )}
    </div>
  );
}
