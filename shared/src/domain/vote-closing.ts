import type { SiteId } from '../ids.ts';
import type { Refusal } from '../result.ts';
import type { CommandOf } from './commands.ts';
import { electorsAt } from './count.ts';
import { accept, type Decision, type DecisionContext, refuse } from './decision.ts';
import { electorCount, unreached, withoutMark } from './electorate.ts';
import type { MeetingState, VoteState } from './state.ts';
import { sumOf, tally } from './tally.ts';

/** What keeps a vote from closing, in the order in which the chair should mend it. */
export type ClosingObstacle = Refusal;

/** @returns milliseconds until the vote may close (VOTE9); zero once it may. */
export function closableIn(state: MeetingState, vote: VoteState, now: number): number {
  const minimum = (state.facts?.rules.minimumVote ?? 0) * 1000;
  return Math.max(0, vote.openedAt + minimum - now);
}

function unitObstacle(state: MeetingState, vote: VoteState, site: SiteId): ClosingObstacle | null {
  const name = state.sites[site]?.name ?? '';
  const count = vote.counts[site];
  if (!count) return { code: 'countMissing', params: { site: name } };
  if (count.sum === 'mismatch') {
    const electors = electorsAt(vote, site);
    const figures = vote.figures[site]?.counts;
    const params = figures ? { site: name, electors, sum: sumOf(figures) } : { site: name, electors };
    return { code: 'countsDontAddUp', params };
  }
  return count.confirmedBy ? null : { code: 'secondPersonNeeded', params: { site: name } };
}

/** VOTE6, VOTE15: units whose count is missing, doesn't add up or waits for its second person, by name. */
export function countObstacles(state: MeetingState, vote: VoteState): readonly ClosingObstacle[] {
  return vote.units.flatMap((unit) => {
    if (unit.method === 'byName' || unit.unit === 'remote') return [];
    const obstacle = unitObstacle(state, vote, unit.unit);
    return obstacle ? [obstacle] : [];
  });
}

/** VOTE9: more of the electorate is out of reach than the committee allows to pass over without a word. */
export function tooManyUnreached(state: MeetingState, vote: VoteState): boolean {
  const bound = state.facts?.rules.reconnectingWarning ?? 0;
  return unreached(state, vote).length * 100 > bound * electorCount(vote.units);
}

/** Closes a vote: its counts are in, its least time is over, its unreached are named. */
export function closeVote(
  state: MeetingState,
  { vote: id, despiteUnreached }: CommandOf<'closeVote'>,
  { now }: DecisionContext,
): Decision {
  const vote = state.votes[id];
  if (!vote) return refuse('voteUnknown');
  if (vote.phase !== 'open') return vote.phase === 'annulled' ? refuse('voteNotOpen') : accept();
  const wait = closableIn(state, vote, now);
  if (wait > 0) return refuse('tooEarlyToClose', { seconds: Math.ceil(wait / 1000) });
  const [obstacle] = countObstacles(state, vote);
  if (obstacle) return { ok: false, refusal: obstacle, events: [] };
  const missed = unreached(state, vote);
  if (!despiteUnreached && tooManyUnreached(state, vote)) {
    const names = missed.map((person) => state.roll[person]?.name ?? '').join(', ');
    return refuse('electorsUnreached', { count: missed.length, names });
  }
  return accept(
    { type: 'voteClosed', data: { vote: id, notVoted: withoutMark(vote), unreached: missed } },
    { type: 'voteTallied', data: { vote: id, result: tally(vote) } },
  );
}
