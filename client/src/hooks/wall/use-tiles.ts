import type { MeetingId } from '@diemcau/shared/ids.ts';
import { useEffect, useMemo } from 'react';
import { isLive } from '../../store/wall-order.ts';
import { type GridSize, gridSizes, useDesk } from './desk.ts';
import { useEntries, useWall } from './wall.ts';

/** What the grid shows now. */
export interface Tiles {
  readonly size: GridSize;
  readonly page: number;
  readonly pages: number;
  /** At most `size` of them. */
  readonly meetings: readonly MeetingId[];
  /** Of how many. */
  readonly total: number;
}

/** @returns the smallest grid that holds so many tiles; nine where there are many, for pictures that can be seen. */
function fitting(count: number): GridSize {
  return gridSizes.find((size) => size >= count && size <= 9) ?? 9;
}

/** @param order all meetings in the order in which they are to be shown. */
export function useTiles(order: readonly MeetingId[]): Tiles {
  const entries = useEntries();
  const { size: chosen, page: wanted, only } = useDesk();
  return useMemo(() => {
    const fit = order.filter((meeting) => {
      const entry = entries.get(meeting);
      if (entry === undefined) return false;
      return only === null ? isLive(entry) || entry.attended : only.has(meeting);
    });
    const size = chosen === 'fitting' ? fitting(fit.length) : chosen;
    const pages = Math.max(1, Math.ceil(fit.length / size));
    const page = Math.min(wanted, pages - 1);
    return { size, page, pages, meetings: fit.slice(page * size, (page + 1) * size), total: fit.length };
  }, [order, entries, chosen, wanted, only]);
}

/** Tells the server which meetings' figures are on the screen. */
export function useShownMeetings(meetings: readonly MeetingId[]): void {
  const { client } = useWall();
  useEffect(() => {
    void client.show(meetings);
  }, [client, meetings]);
}
