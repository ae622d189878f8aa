import { type Decision, refuse } from './decision.ts';
import type { MeetingState } from './state.ts';

/** @returns the refusal where a vote is open, or closed without its result announced; null where none is in the way. */
export function voteInTheWay(state: MeetingState): Decision | null {
  const vote = state.openVote === null ? undefined : state.votes[state.openVote];
  if (!vote) return null;
  if (vote.phase === 'closed') return refuse('resultNotAnnounced');
  return refuse('openVotesRemain', { question: vote.opening.question });
}
