import { isPersonPresent } from '@diemcau/shared/domain/presence.ts';
import type { SpokenKind } from '@diemcau/shared/domain/speaking-types.ts';
import { useMyself, useRoom } from './room.ts';
import { useGive } from './use-give.ts';

/** One's own place in the queue, and what can be done about it. */
export type Hand =
  | { readonly kind: 'none' }
  | { readonly kind: 'free'; readonly group: string | null; readonly ask: (kind: SpokenKind) => void }
  | { readonly kind: 'waiting'; readonly place: number; readonly withdraw: () => void }
  | { readonly kind: 'speaking'; readonly end: () => void };

/** @returns where the viewer stands in the queue. */
export function useHand(): Hand {
  const { state } = useRoom();
  const myself = useMyself();
  const { give } = useGive();
  // The chair always has the floor (SPK3).
  if (myself === null || state.phase !== 'open' || state.officers?.chair === myself) return { kind: 'none' };
  if (!isPersonPresent(state, myself) && !state.superiors[myself]) return { kind: 'none' };
  const { queue, speech } = state.speaking;
  if (speech?.request.person === myself) {
    const request = speech.request.id;
    return { kind: 'speaking', end: () => void give({ type: 'endSpeech', request }) };
  }
  const index = queue.findIndex((request) => request.person === myself && request.kind !== 'written');
  const waiting = queue[index];
  if (waiting) {
    return {
      kind: 'waiting',
      place: index + 1,
      withdraw: () => void give({ type: 'withdrawRequest', request: waiting.id }),
    };
  }
  return {
    kind: 'free',
    group: state.roll[myself]?.group ?? null,
    ask: (kind) => void give({ type: 'askToSpeak', kind }),
  };
}
