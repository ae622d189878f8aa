import { useEffect, useState } from 'react';
import { useWall } from './wall.ts';

/** @returns the server's time, renewed every `period` milliseconds. */
export function useWallNow(period = 1000): number {
  const { now } = useWall();
  const [time, setTime] = useState(now);
  useEffect(() => {
    setTime(now());
    const timer = setInterval(() => setTime(now()), period);
    return () => clearInterval(timer);
  }, [now, period]);
  return time;
}
