import { useHotkeys, useMediaQuery } from '@mantine/hooks';
import { useEffect, useState } from 'react';
import { fetchRoomParts } from '../../app/ahead.ts';
import { late, lateWindow } from '../../components/late.tsx';
import { Announcer } from '../../components/meeting/chrome/announcer.tsx';
import { OwnDevices } from '../../components/meeting/devices/own-devices.tsx';
import { type Layout, layoutAfter } from '../../components/meeting/stage/stage-view.ts';
import { useMedia } from '../../hooks/meeting/media.ts';
import { nextItem } from '../../hooks/meeting/next-item.ts';
import { useMay, useRoom } from '../../hooks/meeting/room.ts';
import { useGive } from '../../hooks/meeting/use-give.ts';
import { useHand } from '../../hooks/meeting/use-hand.ts';
import { useFloor } from '../../hooks/meeting/use-microphone-lock.ts';
import { useVoteAlarm } from '../../hooks/meeting/use-vote-alarm.ts';
import { useWakeLock } from '../../hooks/meeting/use-wake-lock.ts';
import { PhoneRoom } from './phone-room.tsx';
import { fetchTabs, type RoomTab, useRoomTabs } from './room-tabs.tsx';

const ComputerRoom = late(async () => {
  const [room] = await Promise.all([import('./computer-room.tsx'), fetchTabs()]);
  return room.ComputerRoom;
});
const Shortcuts = lateWindow(
  async () => (await import('../../components/meeting/chrome/shortcuts.tsx')).Shortcuts,
);

const isWide = () => window.innerWidth >= 992;

/** Fetches the room of a computer while its lobby is read; a phone's comes with this page. */
export function fetchRoom(): void {
  if (isWide()) ComputerRoom.fetch().catch(() => undefined);
}

/** Keys of camera and microphone; apart, so that a picture that comes or goes doesn't draw the whole room anew. */
function DeviceKeys() {
  const media = useMedia();
  const floor = useFloor();
  const toggle = (source: 'camera' | 'microphone') => {
    const now = media.own[source];
    if (now === 'none' || (source === 'microphone' && floor === 'hasNot')) return;
    void media.turn(source, now === 'on' ? 'off' : 'on');
  };
  useHotkeys([
    ['m', () => toggle('microphone')],
    ['v', () => toggle('camera')],
  ]);
  return null;
}

/** The meeting room, laid out for a phone or a computer, with its keys. */
export function RoomView() {
  const { state } = useRoom();
  const may = useMay();
  const hand = useHand();
  const { give } = useGive();
  useEffect(() => void fetchRoomParts(), []);
  useVoteAlarm();
  useWakeLock();
  const [layout, setLayout] = useState<Layout>('speaker');
  const [tab, setTab] = useState<RoomTab>(state.openVote === null ? 'people' : 'vote');
  const tabs = useRoomTabs();
  const [helping, setHelping] = useState(false);
  const [seenVote, setSeenVote] = useState(state.openVote);
  // A vote that opens brings its own tab forward, once.
  if (seenVote !== state.openVote) {
    setSeenVote(state.openVote);
    if (state.openVote !== null) setTab('vote');
  }
  const wide = useMediaQuery('(min-width: 62em)', isWide(), {
    getInitialValueInEffect: false,
  });
  useHotkeys([
    [
      'h',
      () => {
        if (hand.kind === 'free') hand.ask('speech');
        else if (hand.kind === 'waiting') hand.withdraw();
      },
    ],
    ...tabs.map((key, index): [string, () => void] => [String(index + 1), () => setTab(key)]),
    [
      'shift+n',
      () => {
        const next = nextItem(state);
        if (next !== null && may('moveAgenda') && state.phase === 'open' && state.openVote === null)
          void give({ type: 'moveAgenda', to: next.id, leaveAs: 'done' });
      },
    ],
    ['l', () => setLayout(layoutAfter)],
    ['shift+?', () => setHelping(true)],
    ['?', () => setHelping(true)],
    ['/', () => document.querySelector<HTMLInputElement>('input[data-find]')?.focus()],
  ]);
  return (
    <>
      <Announcer />
      <DeviceKeys />
      <OwnDevices />
      {wide ? (
        <ComputerRoom
          layout={layout}
          onLayout={setLayout}
          tab={tab}
          onTab={setTab}
          onShortcuts={() => setHelping(true)}
        />
      ) : (
        <PhoneRoom layout={layout} onLayout={setLayout} />
      )}
      <Shortcuts opened={helping} onClose={() => setHelping(false)} />
    </>
  );
}
