import { useEffect } from 'react';

/** Keeps the screen awake while the component is shown; browsers let go of it in the background, so it is asked for again. */
export function useWakeLock(): void {
  useEffect(() => {
    if (!('wakeLock' in navigator)) return;
    let lock: WakeLockSentinel | null = null;
    let ended = false;
    const hold = async () => {
      if (document.visibilityState !== 'visible' || (lock !== null && !lock.released)) return;
      try {
        const held = await navigator.wakeLock.request('screen');
        if (ended) void held.release();
        else lock = held;
      } catch {
        // Refused to save the battery: the meeting goes on, and it is asked for again when the page is looked at.
      }
    };
    const again = () => void hold();
    document.addEventListener('visibilitychange', again);
    again();
    return () => {
      ended = true;
      document.removeEventListener('visibilitychange', again);
      void lock?.release();
    };
  }, []);
}
