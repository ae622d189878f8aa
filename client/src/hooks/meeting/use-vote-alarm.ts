import { attendanceOf } from '@diemcau/shared/domain/presence.ts';
import { handStateOf } from '@diemcau/shared/domain/selectors.ts';
import { useReducedMotion } from '@mantine/hooks';
import { useEffect, useRef } from 'react';
import { useMyself, useRoom } from './room.ts';

const longCall = [400, 200, 400, 200, 800];
const shortCall = [200];

/** Shakes the telephone of who is on night duty, or looks elsewhere, when a vote opens in which they have a hand (ATT2). */
export function useVoteAlarm(): void {
  const { state } = useRoom();
  const person = useMyself();
  const calm = useReducedMotion();
  const seen = useRef(state.openVote);
  useEffect(() => {
    const { openVote } = state;
    if (seen.current === openVote) return;
    seen.current = openVote;
    const vote = openVote === null ? undefined : state.votes[openVote];
    if (vote === undefined || person === null || handStateOf(vote, person).kind !== 'mayMark') return;
    const away = attendanceOf(state, person).presence.mode === 'away';
    if (!away && document.visibilityState === 'visible') return;
    // Missing on iPhones and on computers.
    navigator.vibrate?.(calm ? shortCall : longCall);
  }, [state, person, calm]);
}
