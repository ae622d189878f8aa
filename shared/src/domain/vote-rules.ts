import { hasVote, isPersonPresent } from './presence.ts';
import type { MeetingState } from './state.ts';
import type { VoteRuleId } from './vote-types.ts';

export type VoteMethod = 'showOfHands' | 'cardOrSecretBallot' | 'secretBallotInRoom';
export type Denominator = 'presentEligible' | 'rollLessDeductions' | 'allOfficial' | 'rollLessExcused';
export type Majority = 'moreThanHalf' | 'atLeastTwoThirds';

export interface VoteRule {
  readonly version: number;
  readonly method: VoteMethod;
  readonly denominator: Denominator;
  readonly majority: Majority;
}

const hands = { version: 1, method: 'showOfHands', majority: 'moreThanHalf' } as const;
const ballot = { version: 1, method: 'secretBallotInRoom', majority: 'moreThanHalf' } as const;

/** The table of DOMAIN's votes: how each is taken, what it is counted against, what it needs. */
export const voteRules: { readonly [R in VoteRuleId]: VoteRule } = {
  procedural: { ...hands, denominator: 'presentEligible' },
  resolution: { ...hands, denominator: 'rollLessDeductions' },
  scoreApproval: { ...hands, denominator: 'rollLessDeductions' },
  exemptionApproval: { ...hands, denominator: 'rollLessDeductions' },
  admission: {
    version: 1,
    method: 'cardOrSecretBallot',
    denominator: 'allOfficial',
    majority: 'atLeastTwoThirds',
  },
  officialRecognition: {
    version: 1,
    method: 'cardOrSecretBallot',
    denominator: 'allOfficial',
    majority: 'atLeastTwoThirds',
  },
  nameRemoval: {
    version: 1,
    method: 'cardOrSecretBallot',
    denominator: 'rollLessDeductions',
    majority: 'moreThanHalf',
  },
  discipline: { ...ballot, denominator: 'rollLessDeductions' },
  election: { ...ballot, denominator: 'rollLessExcused' },
  expulsionProposal: { ...ballot, denominator: 'rollLessDeductions', majority: 'atLeastTwoThirds' },
};

/** @returns the rule as this meeting's committee has set it (VOTE2). */
export function ruleOf(state: MeetingState, id: VoteRuleId): VoteRule {
  return { ...voteRules[id], ...state.facts?.rules.votes[id] };
}

/** Whether the rule is about people, voted on one at a time. */
export function needsCandidate(id: VoteRuleId): boolean {
  return id === 'admission' || id === 'officialRecognition';
}

/** VOTE8, by integers: half is no pass. */
export function passes(majority: Majority, inFavour: number, denominator: number): boolean {
  return majority === 'moreThanHalf' ? 2 * inFavour > denominator : 3 * inFavour >= 2 * denominator;
}

/** @returns the least number in favour that passes, said in people on the screen. */
export function need(majority: Majority, denominator: number): number {
  return majority === 'moreThanHalf' ? Math.floor(denominator / 2) + 1 : Math.ceil((2 * denominator) / 3);
}

/** @returns D of the rule at this moment. Deducted: transferred out, exempt and absent, suspended, detained. */
export function denominatorOf(state: MeetingState, denominator: Denominator): number {
  const roll = Object.values(state.roll);
  const counted = roll.filter(
    (entry) => hasVote(entry) && (entry.standing !== 'exempt' || isPersonPresent(state, entry.person)),
  );
  switch (denominator) {
    case 'presentEligible':
      return counted.filter((entry) => isPersonPresent(state, entry.person)).length;
    case 'rollLessDeductions':
      return counted.length;
    case 'rollLessExcused':
      return counted.filter((entry) => state.attendance[entry.person]?.presence.mode !== 'absentExcused')
        .length;
    case 'allOfficial':
      return roll.filter((entry) => entry.standing !== 'probationary' && entry.standing !== 'temporaryIn')
        .length;
  }
}
