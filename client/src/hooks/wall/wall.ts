import type { MeetingSummary } from '@diemcau/shared/domain/summary-types.ts';
import type { MeetingId } from '@diemcau/shared/ids.ts';
import type { WallAlarm, WallEntry, WallSums } from '@diemcau/shared/protocol/wall.ts';
import { createContext, useContext } from 'react';
import type { WallSessions } from '../../media/wall-sessions.ts';
import type { WallClient, WallWatch } from '../../net/wall-client.ts';
import { useReadable } from '../use-readable.ts';

/** What the screens of the wall stand on. */
export interface Wall {
  readonly client: WallClient;
  /** Null until the first attendance, and where this browser has no media for the page. */
  readonly media: WallSessions | null;
  /** The server's clock, milliseconds since 1970. */
  readonly now: () => number;
}

const WallContext = createContext<Wall | null>(null);
export const WallProvider = WallContext.Provider;

/** @returns the wall around the component; throws outside of one. */
export function useWall(): Wall {
  const wall = useContext(WallContext);
  if (wall === null) throw new Error('useWall outside of a wall');
  return wall;
}

export function useWatch(): WallWatch {
  return useReadable(useWall().client.watchState);
}

/** @returns all meetings of the list, by id. */
export function useEntries(): ReadonlyMap<MeetingId, WallEntry> {
  return useReadable(useWall().client.entries.all);
}

/** @returns the alarms of all meetings. */
export function useAllAlarms(): ReadonlyMap<MeetingId, readonly WallAlarm[]> {
  return useReadable(useWall().client.alarms.all);
}

export function useSums(): WallSums | null {
  return useReadable(useWall().client.sums);
}

/** @returns the meeting's entry; undefined once it is over. */
export function useWallEntry(meeting: MeetingId): WallEntry | undefined {
  return useReadable(useWall().client.entries.at(meeting));
}

/** @returns its figures; undefined while they are on their way, and off the screen. */
export function useSummary(meeting: MeetingId): MeetingSummary | undefined {
  return useReadable(useWall().client.summaries.at(meeting));
}

const calm: readonly WallAlarm[] = [];

export function useAlarms(meeting: MeetingId): readonly WallAlarm[] {
  return useReadable(useWall().client.alarms.at(meeting)) ?? calm;
}

/** @returns the meeting that is heard; null for none. */
export function useHeard(): MeetingId | null {
  return useReadable(useWall().client.focused);
}

/** @returns the meetings that are attended now, by the cell's name. */
export function useAttended(): readonly WallEntry[] {
  const entries = useEntries();
  return [...entries.values()]
    .filter(({ attended }) => attended)
    .sort((a, b) => a.cellName.localeCompare(b.cellName, 'vi', { numeric: true }));
}
