import type { MeetingState } from '@diemcau/shared/domain/state.ts';
import { asId, type MeetingId } from '@diemcau/shared/ids.ts';
import type { MeetingView } from '@diemcau/shared/protocol/http.ts';
import { newCommandId } from '../../net/command-outbox.ts';
import { useHome } from '../use-home.ts';

/** @returns the corrections of earlier minutes that the meeting has not voted on (MIN5). */
export function standingSupplements(state: MeetingState): MeetingState['supplements'] {
  return state.supplements.filter(({ outcome }) => outcome === 'pending');
}

/** @returns the cell's earlier meetings that have minutes, as the home page lists them. */
export function useEarlierMeetings({ facts }: MeetingState): readonly MeetingView[] {
  const home = useHome();
  return (home.data?.past ?? []).filter(
    ({ id, cellId, phase }) =>
      cellId === facts?.cellId &&
      id !== facts.meetingId &&
      (phase === 'closed' || phase === 'sealed' || phase === 'interrupted'),
  );
}

/** @returns an id for a meeting whose minutes are not kept here, such as one on paper. */
export function unlistedMeeting(): MeetingId {
  return asId<MeetingId>(`unlisted:${newCommandId()}`);
}
