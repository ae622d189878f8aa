import type { MeetingId } from '@diemcau/shared/ids.ts';
import type { MeetingView } from '@diemcau/shared/protocol/http.ts';
import { useHome } from '../use-home.ts';

/** @returns the meetings in session that a superior could go to from this one. */
export function useOtherMeetings(here: MeetingId | null): readonly MeetingView[] {
  const home = useHome();
  return (home.data?.superiorOf ?? []).flatMap(({ live }) => (live && live.id !== here ? [live] : []));
}

/** @returns what the person's home page says of a meeting; null where it doesn't list it. */
export function useMeetingView(meetingId: MeetingId): {
  readonly meeting: MeetingView | null;
  readonly loaded: 'yes' | 'no';
} {
  const home = useHome();
  const { now = [], coming = [], past = [], superiorOf = [] } = home.data ?? {};
  const below = superiorOf.flatMap(({ live, next }) => [live, next]).filter((view) => view !== null);
  const all: readonly MeetingView[] = [...now, ...coming, ...past, ...below];
  return {
    meeting: all.find(({ id }) => id === meetingId) ?? null,
    loaded: home.isPending ? 'no' : 'yes',
  };
}
