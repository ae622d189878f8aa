import { useMemo } from 'react';
import { AttendingStrip } from '../../components/wall/attending-strip.tsx';
import { ListTools } from '../../components/wall/cell-list.tsx';
import { PhoneRow } from '../../components/wall/phone-row.tsx';
import { TileVideo } from '../../components/wall/tile-video.tsx';
import { WallHeader } from '../../components/wall/wall-header.tsx';
import { WallNotices } from '../../components/wall/wall-notices.tsx';
import { useDesk } from '../../hooks/wall/desk.ts';
import { useListed } from '../../hooks/wall/use-listed.ts';
import { useSteadyOrder } from '../../hooks/wall/use-steady-order.ts';
import { useShownMeetings } from '../../hooks/wall/use-tiles.ts';
import { useAttended } from '../../hooks/wall/wall.ts';
import { OwnVotes } from './own-votes.tsx';
import classes from './wall.module.css';
import { WallEmpty } from './wall-empty.tsx';
import { WallLarge } from './wall-large.tsx';

/** Rows of which figures are shown on a phone. */
const rows = 24;

/** The wall in one hand: one picture, and the cells below it, those that need attention first. */
export function WallPhone() {
  const desk = useDesk();
  const order = useSteadyOrder();
  const listed = useListed(order.order);
  const attended = useAttended();
  const large = desk.large?.meeting ?? null;
  const here = new Set(attended.map(({ meetingId }) => meetingId));
  const pictured = listed.find((meeting) => here.has(meeting)) ?? null;
  const shown = useMemo(() => (large === null ? listed.slice(0, rows) : [large]), [large, listed]);
  useShownMeetings(shown);
  if (large !== null) {
    return (
      <div className={classes.page} data-testid="wall">
        <AttendingStrip shown={shown} />
        <WallNotices />
        <OwnVotes />
        <WallLarge key={large} meeting={large} tiles={[]} hand={order.hand} />
      </div>
    );
  }
  const cell = attended.find(({ meetingId }) => meetingId === pictured)?.cellName ?? '';
  return (
    <div className={classes.phone} data-testid="wall">
      <WallHeader />
      <AttendingStrip shown={shown} />
      <WallNotices />
      <OwnVotes />
      <main className={classes.phoneMain} id="wall" tabIndex={-1}>
        {pictured !== null && (
          <figure className={classes.onePicture}>
            <div>
              <TileVideo meeting={pictured} cell={cell} />
            </div>
            <figcaption>{cell}</figcaption>
          </figure>
        )}
        <ListTools />
        {listed.length === 0 && <WallEmpty />}
        <ul className={classes.phoneRows} data-testid="wall-list" {...order.hand}>
          {listed.map((meeting) => (
            <PhoneRow key={meeting} meeting={meeting} />
          ))}
        </ul>
      </main>
    </div>
  );
}
