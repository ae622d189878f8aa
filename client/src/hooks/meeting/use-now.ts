import { useEffect, useState } from 'react';
import { useRoom } from './room.ts';

/** @returns the server's time, renewed every `period` milliseconds. */
export function useNow(period = 1000): number {
  const { now } = useRoom();
  const [time, setTime] = useState(now);
  useEffect(() => {
    setTime(now());
    const timer = setInterval(() => setTime(now()), period);
    return () => clearInterval(timer);
  }, [now, period]);
  return time;
}
