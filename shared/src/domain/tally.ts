import type { VoteState } from './state.ts';
import type { CountingUnit, Counts, VoteResult } from './vote-types.ts';

export const noHands = { inFavour: 0, against: 0, noOpinion: 0, notVoted: 0 };

/** @returns how many people the four numbers stand for. */
export function sumOf(counts: Counts): number {
  return counts.inFavour + counts.against + counts.noOpinion + counts.notVoted;
}

/** @returns whether all four numbers are the same. */
export function sameCounts(a: Counts, b: Counts): boolean {
  return (
    a.inFavour === b.inFavour &&
    a.against === b.against &&
    a.noOpinion === b.noOpinion &&
    a.notVoted === b.notVoted
  );
}

/** @returns both counts added number by number. */
export function add(a: Counts, b: Counts): Counts {
  return {
    inFavour: a.inFavour + b.inFavour,
    against: a.against + b.against,
    noOpinion: a.noOpinion + b.noOpinion,
    notVoted: a.notVoted + b.notVoted,
  };
}

function countMarks(unit: CountingUnit, choices: VoteState['choices']): Counts {
  const counts = { ...noHands };
  for (const person of unit.electors) counts[choices[person] ?? 'notVoted'] += 1;
  return counts;
}

function countUnit(vote: VoteState, unit: CountingUnit): Counts {
  if (unit.method === 'byName' || unit.unit === 'remote') return countMarks(unit, vote.choices);
  return vote.figures[unit.unit]?.counts ?? { ...noHands, notVoted: unit.electors.length };
}

/** @returns the result of a vote whose counts are all in; every elector stands in it exactly once (VOTE6). */
export function tally(vote: VoteState): VoteResult {
  const units = vote.units.map((unit) => ({ unit: unit.unit, counts: countUnit(vote, unit) }));
  const total = units.reduce((sum, { counts }) => add(sum, counts), noHands);
  const { denominator, need } = vote.opening;
  return {
    units,
    total,
    denominator,
    need,
    passed: total.inFavour >= need,
  };
}
