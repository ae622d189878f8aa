import type { PersonId } from '../ids.ts';
import type { CommandOf } from './commands.ts';
import { accept, type Decision, type DecisionContext, refuse } from './decision.ts';
import { unitOf } from './electorate.ts';
import { isOver } from './phase.ts';
import type { MeetingState, VoteState } from './state.ts';

/**
 * VOTE12: whether the person stands in the minority, whichever way the vote went. Where hands were counted nobody
 * knows who raised which: there an elector's own word counts.
 */
export function mayReserve(vote: VoteState, person: PersonId): boolean {
  const unit = unitOf(vote, person);
  if (!unit || vote.result === null) return false;
  if (unit.method === 'byTeller') return true;
  const choice = vote.choices[person];
  return vote.result.passed ? choice !== 'inFavour' : choice === 'inFavour';
}

/** Decides the reservation of an opinion after the result. */
export function reserveOpinion(
  state: MeetingState,
  { vote: id, text }: CommandOf<'reserveOpinion'>,
  { actor }: DecisionContext,
): Decision {
  if (isOver(state)) return refuse('meetingOver');
  if (actor.kind !== 'person') return refuse('notAllowed');
  const vote = state.votes[id];
  if (!vote) return refuse('voteUnknown');
  if (vote.phase !== 'announced') return refuse('resultNotAnnounced');
  if (!unitOf(vote, actor.person)) return refuse('notAnElector', { reason: 'absent' });
  if (!mayReserve(vote, actor.person)) return refuse('notInMinority');
  if (vote.reserved.some(({ person }) => person === actor.person)) return refuse('alreadyReserved');
  return accept({ type: 'opinionReserved', data: { vote: id, person: actor.person, text } });
}
