import { ControlPanel } from '../../components/meeting/control/control-panel.tsx';
import { PeopleTab } from '../../components/meeting/people/people-tab.tsx';
import { QueuePanel } from '../../components/meeting/queue/queue-panel.tsx';
import { VotePanel } from '../../components/meeting/vote/vote-panel.tsx';
import { useMay, useRoom } from '../../hooks/meeting/room.ts';

export type RoomTab = 'people' | 'queue' | 'vote' | 'control';

/** @returns the tabs that the viewer has: the last one for who has hands on the meeting. */
export function useRoomTabs(): readonly RoomTab[] {
  const { state } = useRoom();
  const may = useMay();
  const controls = may('nameTeller') || (may('summonMeeting') && state.phase === 'created');
  return controls ? ['people', 'queue', 'vote', 'control'] : ['people', 'queue', 'vote'];
}

/** What a tab shows; officers get hands on it. */
export function RoomTabContent({ tab }: { readonly tab: RoomTab }) {
  switch (tab) {
    case 'people':
      return <PeopleTab />;
    case 'queue':
      return <QueuePanel />;
    case 'vote':
      return <VotePanel />;
    case 'control':
      return <ControlPanel />;
  }
}
