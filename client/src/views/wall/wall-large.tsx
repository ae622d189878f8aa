import type { MeetingState } from '@diemcau/shared/domain/state.ts';
import type { MeetingId } from '@diemcau/shared/ids.ts';
import { Tabs } from '@mantine/core';
import { useHotkeys } from '@mantine/hooks';
import { useEffect, useRef, useState } from 'react';
import { CurrentItem } from '../../components/meeting/agenda/current-item.tsx';
import { Programme } from '../../components/meeting/agenda/programme.tsx';
import { SpeechClock } from '../../components/meeting/stage/speech-clock.tsx';
import { RefusalNotice } from '../../components/states.tsx';
import { LargeBar, VoiceBanner } from '../../components/wall/large-side.tsx';
import { Tile } from '../../components/wall/tile.tsx';
import { TileAlarms } from '../../components/wall/tile-alarms.tsx';
import { TileLine, TilePresent } from '../../components/wall/tile-figures.tsx';
import { TileVideo } from '../../components/wall/tile-video.tsx';
import { MediaProvider } from '../../hooks/meeting/media.ts';
import { RoomProvider, useMyself, useRoom } from '../../hooks/meeting/room.ts';
import { useGive } from '../../hooks/meeting/use-give.ts';
import { useHand } from '../../hooks/meeting/use-hand.ts';
import { useJoinedRoom } from '../../hooks/meeting/use-joined-room.ts';
import { useText } from '../../hooks/meeting/use-text.ts';
import { useReadable } from '../../hooks/use-readable.ts';
import { useDesk } from '../../hooks/wall/desk.ts';
import { type Seat, useSeat, useSeatMedia } from '../../hooks/wall/use-seat.ts';
import type { SteadyOrder } from '../../hooks/wall/use-steady-order.ts';
import { useWallActs } from '../../hooks/wall/use-wall-acts.ts';
import { useEscape } from '../../hooks/wall/use-wall-keys.ts';
import { useWallText } from '../../hooks/wall/use-wall-text.ts';
import { useAlarms, useHeard, useSummary, useWallEntry } from '../../hooks/wall/wall.ts';
import type { Joined } from '../../net/membership.ts';
import { type RoomTab, RoomTabContent, useRoomTabs } from '../meeting/room-tabs.tsx';
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

/** Keys of the meeting that is large, and what it tells the wall: whether the superior speaks there now. */
function LargeKeys() {
  const desk = useDesk();
  const acts = useWallActs();
  const { state } = useRoom();
  const hand = useHand();
  const { give } = useGive();
  const meeting = state.facts?.meetingId ?? null;
  const heard = useHeard() === meeting;
  const asks = useRef(desk.large?.after === 'ask');
  useEffect(() => {
    if (!asks.current || hand.kind !== 'free') return;
    asks.current = false;
    hand.ask('speech');
  }, [hand]);
  const { speaks } = desk;
  const speech = hand.kind === 'speaking' ? (state.speaking.speech?.request.id ?? null) : null;
  useEffect(() => {
    if (speech === null) return;
    speaks(() => give({ type: 'endSpeech', request: speech }));
    return () => speaks(null);
  }, [speech, speaks, give]);
  useHotkeys([
    [
      'f',
      () => {
        if (hand.kind === 'free') hand.ask('speech');
        else if (hand.kind === 'waiting') hand.withdraw();
      },
    ],
    [
      'Space',
      (event) => {
        // On a button or a tab the key is its own.
        const { target } = event;
        if (target instanceof HTMLElement && target.closest('button, a, summary, [role="tab"]') !== null)
          return;
        event.preventDefault();
        void acts.listen(heard ? null : meeting);
      },
      { preventDefault: false },
    ],
  ]);
  return null;
}

type LargeTab = 'programme' | RoomTab;
/** What anybody in the meeting may see; the rest of a superior's tabs is not for who stands on the cell's own roll (SUP9). */
const common: ReadonlySet<LargeTab> = new Set<LargeTab>(['people', 'queue', 'vote']);

function useLargeTabs(): readonly LargeTab[] {
  const { state } = useRoom();
  const myself = useMyself();
  const own = myself !== null && state.roll[myself] !== undefined;
  const tabs = useRoomTabs().filter((name) => name !== 'control' && (common.has(name) || !own));
  return ['programme', ...tabs];
}

function LargePanel() {
  const t = useText();
  const wall = useWallText();
  const { state } = useRoom();
  const tabs = useLargeTabs();
  const [tab, setTab] = useState<LargeTab>(state.openVote === null ? 'programme' : 'vote');
  const counts: { readonly [T in LargeTab]?: number } = {
    queue: state.speaking.queue.length,
    vote: state.openVote === null ? 0 : 1,
  };
  return (
    <aside className={classes.largePanel} aria-label={wall('large.panel')}>
      <Tabs
        value={tab}
        onChange={(value) => setTab(tabs.find((name) => name === value) ?? 'programme')}
        className={classes.tabs ?? ''}
        keepMounted={false}
      >
        <Tabs.List grow className={classes.tabList ?? ''}>
          {tabs.map((name) => (
            <Tabs.Tab key={name} value={name} px={6}>
              {t(`tab.${name}`)}
              {(counts[name] ?? 0) > 0 && <span className={classes.tabCount}>{counts[name]}</span>}
            </Tabs.Tab>
          ))}
        </Tabs.List>
        {tabs.map((name) => (
          <Tabs.Panel key={name} value={name} className={classes.tabPanel ?? ''}>
            {name === 'programme' ? <Programme heading="elsewhere" /> : <RoomTabContent tab={name} />}
          </Tabs.Panel>
        ))}
      </Tabs>
    </aside>
  );
}
