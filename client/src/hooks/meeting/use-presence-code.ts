import type { SiteCodeAnswer } from '@diemcau/shared/protocol/socket.ts';
import { useEffect, useState } from 'react';
import { useRoom } from './room.ts';

/** Milliseconds before asking again when the server could not say. */
const retry = 3_000;

/** @returns the code that this terminal's site shows now, asked for anew as it changes; null until there is one. */
export function usePresenceCode(): SiteCodeAnswer | null {
  const { presenceCode, now, line } = useRoom();
  const [shown, setShown] = useState<SiteCodeAnswer | null>(null);
  useEffect(() => {
    if (line !== 'up') return;
    let timer: ReturnType<typeof setTimeout> | undefined;
    let over = false;
    const ask = async () => {
      const answer = await presenceCode();
      if (over) return;
      setShown(answer.ok ? answer.value : null);
      const wait = answer.ok ? Math.max(500, answer.value.expiresAt - now() + 50) : retry;
      timer = setTimeout(() => void ask(), wait);
    };
    void ask();
    return () => {
      over = true;
      clearTimeout(timer);
    };
  }, [presenceCode, now, line]);
  return shown;
}
