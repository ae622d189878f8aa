import type { MeetingState } from '@diemcau/shared/domain/state.ts';
import type { MeetingId } from '@diemcau/shared/ids.ts';
import { useEffect, useRef } from 'react';
import { CurrentItem } from '../../components/meeting/agenda/current-item.tsx';
import { SpeechClock } from '../../components/meeting/stage/speech-clock.tsx';
import { RefusalNotice } from '../../components/states.tsx';
import { LargeBar, VoiceBanner } from '../../components/wall/large-side.tsx';
import { Tile } from '../../components/wall/tile.tsx';
import { TileAlarms } from '../../components/wall/tile-alarms.tsx';
import { TileLine, TilePresent } from '../../components/wall/tile-figures.tsx';
import { TileVideo } from '../../components/wall/tile-video.tsx';
import { MediaProvider } from '../../hooks/meeting/media.ts';
import { RoomProvider, useRoom } from '../../hooks/meeting/room.ts';
import { useJoinedRoom } from '../../hooks/meeting/use-joined-room.ts';
import { useReadable } from '../../hooks/use-readable.ts';
import { useDesk } from '../../hooks/wall/desk.ts';
import { type Seat, useSeat, useSeatMedia } from '../../hooks/wall/use-seat.ts';
import type { SteadyOrder } from '../../hooks/wall/use-steady-order.ts';
import { useEscape } from '../../hooks/wall/use-wall-keys.ts';
import { useWallText } from '../../hooks/wall/use-wall-text.ts';
import { useAlarms, useSummary, useWallEntry } from '../../hooks/wall/wall.ts';
import type { Joined } from '../../net/membership.ts';
import { LargeKeys } from './large-keys.tsx';
import { LargePanel } from './large-panel.tsx';
import classes from './wall.module.css';

interface WallLargeProps {
  readonly meeting: MeetingId;
  /** The tiles of the grid; those of other meetings stand beside this one, under their numbers. */
  readonly tiles: readonly MeetingId[];
  readonly hand: SteadyOrder['hand'];
}

/** One meeting large: picture with sound, programme, people, queue, vote; the others go on beside it. */
export function WallLarge({ meeting, tiles, hand }: WallLargeProps) {
  const t = useWallText();
  const desk = useDesk();
  const seat = useSeat(meeting);
  const cell = useWallEntry(meeting)?.cellName ?? '';
  const summary = useSummary(meeting);
  const heading = useRef<HTMLHeadingElement>(null);
  useEscape(desk.back);
  useEffect(() => heading.current?.focus(), []);
  const others = tiles.filter((tile) => tile !== meeting);
  return (
    <div className={classes.large} data-others={others.length > 0 ? 'some' : 'none'} data-testid="wall-large">
      {others.length > 0 && (
        <aside className={classes.others} aria-label={t('large.others')} {...hand}>
          {others.map((tile) => (
            <Tile
              key={tile}
              meeting={tile}
              number={tiles.indexOf(tile) + 1}
              alarms={1}
              stop="here"
              onReach={nothing}
            />
          ))}
        </aside>
      )}
      <main className={classes.largeMain} id="wall">
        <div className={classes.largeHead}>
          <h2 ref={heading} tabIndex={-1} className={classes.largeCell}>
            {cell}
          </h2>
          {summary && <TilePresent summary={summary} />}
          {summary && <TileLine summary={summary} />}
        </div>
        <LargeAlarms meeting={meeting} cell={cell} />
        <div className={classes.largePicture}>
          <TileVideo meeting={meeting} cell={cell} />
        </div>
        {seat === null ? <Entering cell={cell} /> : <Seated seat={seat} cell={cell} />}
      </main>
    </div>
  );
}

const nothing = () => undefined;

function LargeAlarms({ meeting, cell }: { readonly meeting: MeetingId; readonly cell: string }) {
  if (useAlarms(meeting).length === 0) return null;
  return (
    <div className={classes.largeAlarms}>
      <TileAlarms meeting={meeting} cell={cell} most={2} tabIndex={0} place="large" />
    </div>
  );
}

function Entering({ cell }: { readonly cell: string }) {
  const t = useWallText();
  return (
    <div className={classes.under}>
      <p role="status">{t('large.entering', { cell })}</p>
    </div>
  );
}

function Seated({ seat, cell }: { readonly seat: Seat; readonly cell: string }) {
  const membership = useReadable(seat.client.membership);
  const state = useReadable(seat.client.state);
  if (membership.kind === 'refused') {
    return (
      <div className={classes.under}>
        <RefusalNotice
          message={membership.message}
          onRetry={() => void seat.client.join({ media: 'unwanted' })}
        />
      </div>
    );
  }
  if (state === null || (membership.kind !== 'joined' && membership.kind !== 'rejoining')) {
    return <Entering cell={cell} />;
  }
  return <Inside seat={seat} state={state} joined={membership.joined} />;
}

interface InsideProps {
  readonly seat: Seat;
  readonly state: MeetingState;
  readonly joined: Joined;
}

function Inside({ seat, state, joined }: InsideProps) {
  const desk = useDesk();
  const room = useJoinedRoom({ client: seat.client, state, joined, exit: desk.back });
  const { as } = joined;
  if (as.kind === 'terminal') return null;
  return (
    <RoomProvider value={room}>
      <WithMedia seat={seat} />
    </RoomProvider>
  );
}

function WithMedia({ seat }: { readonly seat: Seat }) {
  const { state, as } = useRoom();
  const person = as.kind === 'terminal' ? as.responsible : as.person;
  const { media, voice } = useSeatMedia(seat, state, person);
  return (
    <MediaProvider value={media}>
      <LargeKeys />
      <div className={classes.under}>
        <VoiceBanner voice={voice} />
        <SpeechClock />
        <CurrentItem />
        <LargeBar />
      </div>
      <LargePanel />
    </MediaProvider>
  );
}
