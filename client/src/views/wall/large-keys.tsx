import { useHotkeys } from '@mantine/hooks';
import { useEffect, useRef } from 'react';
import { useRoom } from '../../hooks/meeting/room.ts';
import { useGive } from '../../hooks/meeting/use-give.ts';
import { useHand } from '../../hooks/meeting/use-hand.ts';
import { useDesk } from '../../hooks/wall/desk.ts';
import { useWallActs } from '../../hooks/wall/use-wall-acts.ts';
import { useHeard } from '../../hooks/wall/wall.ts';

/** Keys of the meeting that is large, and what it tells the wall: whether the superior speaks there now. */
export function LargeKeys() {
  const desk = useDesk();
  const acts = useWallActs();
  const { state } = useRoom();
  const hand = useHand();
  const { give } = useGive();
  const meeting = state.facts?.meetingId ?? null;
  const heard = useHeard() === meeting;
  const asks = useRef(desk.large?.after === 'ask');
  useEffect(() => {
    if (!asks.current || hand.kind !== 'free') return;
    asks.current = false;
    hand.ask('speech');
  }, [hand]);
  const { speaks } = desk;
  const speech = hand.kind === 'speaking' ? (state.speaking.speech?.request.id ?? null) : null;
  useEffect(() => {
    if (speech === null) return;
    speaks(() => give({ type: 'endSpeech', request: speech }));
    return () => speaks(null);
  }, [speech, speaks, give]);
  useHotkeys([
    [
      'f',
      () => {
        if (hand.kind === 'free') hand.ask('speech');
        else if (hand.kind === 'waiting') hand.withdraw();
      },
    ],
    [
      'Space',
      (event) => {
        // On a button or a tab the key is its own.
        const { target } = event;
        if (target instanceof HTMLElement && target.closest('button, a, summary, [role="tab"]') !== null)
          return;
        event.preventDefault();
        void acts.listen(heard ? null : meeting);
      },
      { preventDefault: false },
    ],
  ]);
  return null;
}
