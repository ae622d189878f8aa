import type { QuorumMoment } from '@diemcau/shared/domain/quorum-history.ts';
import { attendanceFigures } from '@diemcau/shared/domain/selectors.ts';
import { useEffect, useRef, useState } from 'react';
import { useRoom } from './room.ts';

/** How long figures must have stood still before the log is read again, milliseconds. */
const calm = 2_000;

/** What is known of the quorum's history: read out of the log once somebody looks, and again when its figures have changed. */
export function useQuorumMoments(looking: 'yes' | 'no'): readonly QuorumMoment[] | 'reading' | 'unread' {
  const { state, recordFile } = useRoom();
  const [moments, setMoments] = useState<readonly QuorumMoment[] | 'reading' | 'unread'>('reading');
  const read = useRef<'never' | 'once'>('never');
  const { officialPresent, official } = attendanceFigures(state);
  const figures = `${officialPresent}/${official}`;
  // biome-ignore lint/correctness/useExhaustiveDependencies: the figures are why the log is read again
  useEffect(() => {
    if (looking === 'no') return;
    let asked = true;
    const readLog = async () => {
      const answer = await recordFile('log');
      const text = answer.ok ? await answer.value.content.text() : '';
      // The reader of the log comes with the first wish for it: most members never ask.
      const { quorumOfLog } = await import('./quorum-log.ts');
      if (!asked) return;
      read.current = 'once';
      setMoments(text === '' ? 'unread' : (quorumOfLog(text) ?? 'unread'));
    };
    const unread = () => {
      if (asked) setMoments('unread');
    };
    const timer = setTimeout(() => void readLog().catch(unread), read.current === 'never' ? 0 : calm);
    return () => {
      asked = false;
      clearTimeout(timer);
    };
  }, [looking, recordFile, figures]);
  return moments;
}
