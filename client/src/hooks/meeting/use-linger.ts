import { useEffect, useRef, useState } from 'react';

/**
 * What is over in a blink still stands long enough to be read, and what is below it doesn't jump twice in one second.
 * @param least how long it stands at least, milliseconds. @returns whether it is to be shown.
 */
export function useLinger(said: boolean, least: number): boolean {
  const [kept, setKept] = useState(false);
  const since = useRef(0);
  useEffect(() => {
    if (said) {
      since.current = performance.now();
      setKept(true);
      return;
    }
    const timer = setTimeout(() => setKept(false), since.current + least - performance.now());
    return () => clearTimeout(timer);
  }, [said, least]);
  return said || kept;
}
