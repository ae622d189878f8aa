import type { MinutesDocument } from '@diemcau/shared/minutes/document.ts';
import { minutesOfMeeting } from '@diemcau/shared/minutes/minutes.ts';
import { useMemo } from 'react';
import { useRoom } from './room.ts';
import { useNow } from './use-now.ts';

/** The draft's running times need no more. */
const period = 20_000;

/** @returns the minutes as they stand at this moment, out of the log alone (MIN1); null before there is a meeting. */
export function useMinutes(): MinutesDocument | null {
  const { state, hash } = useRoom();
  const now = useNow(period);
  return useMemo(
    () =>
      minutesOfMeeting(
        state,
        hash === '' ? null : { seq: state.seq, hash },
        state.endedAt ?? Math.max(now, state.at),
      ),
    [state, hash, now],
  );
}
