import { late } from '../../components/late.tsx';
import { useMay, useRoom } from '../../hooks/meeting/room.ts';

const ControlPanel = late(
  async () => (await import('../../components/meeting/control/control-panel.tsx')).ControlPanel,
);
const PeopleTab = late(
  async () => (await import('../../components/meeting/people/people-tab.tsx')).PeopleTab,
);
const QueuePanel = late(
  async () => (await import('../../components/meeting/queue/queue-panel.tsx')).QueuePanel,
);
const VotePanel = late(async () => (await import('../../components/meeting/vote/vote-panel.tsx')).VotePanel);
const OwnObservations = late(
  async () => (await import('../../components/oversight/meeting-observations.tsx')).OwnObservations,
);

export type RoomTab = 'people' | 'queue' | 'vote' | 'control' | 'observations';

/** @returns the tabs that the viewer has: a fourth one for who has hands on the meeting, and for a superior. */
export function useRoomTabs(): readonly RoomTab[] {
  const { state, as } = useRoom();
  const may = useMay();
  if (as.kind === 'superior') return ['people', 'queue', 'vote', 'observations'];
  const controls = may('nameTeller') || (may('summonMeeting') && state.phase === 'created');
  return controls ? ['people', 'queue', 'vote', 'control'] : ['people', 'queue', 'vote'];
}

/** Fetches the tabs that a computer's room may begin with, so that its keys work from the first moment. */
export async function fetchTabs(): Promise<void> {
  await Promise.all([PeopleTab.fetch(), VotePanel.fetch()]);
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
    case 'observations':
      return <Observations />;
  }
}

/** A superior's own, tied to what this screen has seen of the log. */
function Observations() {
  const { state, hash } = useRoom();
  const meetingId = state.facts?.meetingId;
  if (meetingId === undefined) return null;
  return <OwnObservations meetingId={meetingId} moment={() => ({ seq: state.seq, hash })} />;
}
