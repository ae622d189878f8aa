import type { MeetingId } from '@diemcau/shared/ids.ts';
import { useDeferredValue, useMemo } from 'react';
import { isLive, leadingAlarm } from '../../store/wall-order.ts';
import { plain } from '../vietnamese.ts';
import { useDesk } from './desk.ts';
import { useAllAlarms, useEntries } from './wall.ts';

/** @returns the meetings that fit the list's filter and search, in the order given: names are found without accents. */
export function useListed(order: readonly MeetingId[]): readonly MeetingId[] {
  const entries = useEntries();
  const alarms = useAllAlarms();
  const { filter, search } = useDesk();
  const wanted = useDeferredValue(plain(search.trim()));
  const names = useMemo(
    () =>
      new Map(
        [...entries.values()].map((entry) => [
          entry.meetingId,
          plain(`${entry.cellName} ${entry.organizationName}`),
        ]),
      ),
    [entries],
  );
  return useMemo(
    () =>
      order.filter((meeting) => {
        const entry = entries.get(meeting);
        if (entry === undefined || !(names.get(meeting) ?? '').includes(wanted)) return false;
        return (
          filter === 'all' ||
          (filter === 'live' && isLive(entry)) ||
          (filter === 'attended' && entry.attended) ||
          (filter === 'alarmed' && leadingAlarm(alarms.get(meeting)) !== null)
        );
      }),
    [order, entries, names, alarms, filter, wanted],
  );
}
