import { useEffect, useState } from 'react';
import { useRoom } from './room.ts';
import { followTicks, wholePeriod } from './ticks.ts';

/** @returns the server's time, renewed at every whole `period` of it (milliseconds), on all screens at once. */
export function useNow(period = 1000): number {
  const { now } = useRoom();
  const [time, setTime] = useState(() => wholePeriod(now(), period));
  useEffect(() => followTicks(now, period, setTime), [now, period]);
  return time;
}
