import { countingUnits, electorCount } from './electorate.ts';
import type { MeetingState } from './state.ts';
import { denominatorOf, need, ruleOf } from './vote-rules.ts';
import type { VoteRuleId } from './vote-types.ts';

/** What a vote needs against who could give it without the remote members (AGD8). */
export interface RoomNeed {
  readonly need: number;
  readonly denominator: number;
  /** Electors who sit at a site now. */
  readonly inRoom: number;
  readonly reach: 'enough' | 'short';
}

/** @returns whether a vote by this rule can pass by those in the rooms alone: *cần 16/23; trong phòng 17*. */
export function roomNeed(state: MeetingState, rule: VoteRuleId): RoomNeed {
  const { denominator, majority, method } = ruleOf(state, rule);
  const units = countingUnits(state, method).filter(({ unit }) => unit !== 'remote');
  const inRoom = electorCount(units);
  // Who is present makes the denominator of a procedural vote: then that is the rooms, for the others have no vote.
  const of = denominator === 'presentEligible' ? inRoom : denominatorOf(state, denominator);
  const least = need(majority, of);
  return { need: least, denominator: of, inRoom, reach: inRoom >= least ? 'enough' : 'short' };
}
