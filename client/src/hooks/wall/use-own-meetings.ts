import type { MeetingId } from '@diemcau/shared/ids.ts';
import { useMemo } from 'react';
import { useHome } from '../use-home.ts';

/** @returns the meetings now in which the superior is a member: attended as such, never from above (SUP9). */
export function useOwnMeetings(): ReadonlySet<MeetingId> {
  const home = useHome();
  const now = home.data?.now;
  return useMemo(
    () => new Set((now ?? []).filter(({ role }) => role !== 'superior').map(({ id }) => id)),
    [now],
  );
}
