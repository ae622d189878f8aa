import { type HandState, handStateOf } from '@diemcau/shared/domain/selectors.ts';
import type { VoteState } from '@diemcau/shared/domain/state.ts';
import type { Choice } from '@diemcau/shared/domain/vote-types.ts';
import type { Receipt } from '@diemcau/shared/protocol/socket.ts';
import { useMyself, useRoom } from './room.ts';

/** @returns the vote that all look at: the open one, else the last of the meeting; null before the first. */
export function useLatestVote(): VoteState | null {
  const { state } = useRoom();
  const id = state.openVote ?? state.voteOrder.at(-1);
  return id === undefined ? null : (state.votes[id] ?? null);
}

/** How far one's own mark has come (VOTE11). Nothing counts before `recorded`. */
export type MarkProgress =
  | { readonly kind: 'none' }
  /** `waits`: kept on this device until the line is back. */
  | { readonly kind: 'sent'; readonly choice: Choice; readonly line: 'up' | 'waits' }
  | { readonly kind: 'recorded'; readonly choice: Choice | null; readonly receipt: Receipt | null }
  | { readonly kind: 'refused'; readonly choice: Choice; readonly message: string };

export interface MyHand {
  readonly hand: HandState | { readonly kind: 'superior' };
  readonly mark: MarkProgress;
  /** What stands in the record for this person, as far as this device knows. */
  readonly choice: Choice | null;
}

function lastMark(commands: ReturnType<typeof useRoom>['commands'], vote: VoteState) {
  return commands.findLast(
    ({ command }) =>
      command.type === 'castMark' && command.vote === vote.opening.vote && command.person === undefined,
  );
}

/** @returns how the viewer's own hand stands in a vote; null at a terminal. */
export function useMyHand(vote: VoteState): MyHand | null {
  const { as, commands, state } = useRoom();
  const myself = useMyself();
  if (myself === null) return null;
  const outsider = as.kind === 'superior' && state.roll[myself] === undefined;
  const choice = vote.choices[myself] ?? null;
  const hand = outsider ? ({ kind: 'superior' } as const) : handStateOf(vote, myself);
  const last = lastMark(commands, vote);
  if (last?.command.type === 'castMark') {
    const { progress } = last;
    if (progress.phase === 'pending' || progress.phase === 'sent') {
      return {
        hand,
        choice,
        mark: {
          kind: 'sent',
          choice: last.command.choice,
          line: progress.phase === 'sent' ? 'up' : 'waits',
        },
      };
    }
    // Its answer was lost, but the record has it: what stands there is what counts.
    if (progress.phase === 'refused' && progress.code === 'outcomeUnknown') {
      if (vote.marked[myself] === 'device' && choice === last.command.choice)
        return { hand, choice, mark: { kind: 'recorded', choice, receipt: null } };
    }
    if (progress.phase === 'refused') {
      return {
        hand,
        choice,
        mark: { kind: 'refused', choice: last.command.choice, message: progress.message },
      };
    }
    const { receipt } = progress;
    return {
      hand,
      choice: choice ?? last.command.choice,
      mark: { kind: 'recorded', choice: last.command.choice, receipt },
    };
  }
  if (vote.marked[myself] === undefined) return { hand, choice, mark: { kind: 'none' } };
  return { hand, choice, mark: { kind: 'recorded', choice, receipt: null } };
}
