import { z } from 'zod';
import { attendanceFigures } from '../domain/selectors.ts';
import type { MeetingState } from '../domain/state.ts';
import type { VoteResult } from '../domain/vote-types.ts';

const people = z.number().int().min(0);

const decision = z.strictObject({
  /** The vote's or the ballot's identifier in the log. */
  id: z.string(),
  question: z.string(),
  inFavour: people,
  against: people,
  noOpinion: people,
  notVoted: people,
  denominator: people,
  need: people,
  passed: z.boolean(),
});

/** The figures that minutes state and nobody edits (MIN2): what a check of the log compares. */
export const minutesFigures = z.strictObject({
  present: people,
  summoned: people,
  officialPresent: people,
  official: people,
  /** Announced votes, then ballots held in the room, each in the order of the log. */
  decisions: z.array(decision),
});
export type MinutesFigures = z.infer<typeof minutesFigures>;

function decisionOf(id: string, question: string, { total, denominator, need, passed }: VoteResult) {
  return { id, question, ...total, denominator, need, passed };
}

/** @returns the figures of the meeting as far as `state` has been folded; the same for every reader of the log. */
export function figuresOfMeeting(state: MeetingState): MinutesFigures {
  const { present, summoned, officialPresent, official } = attendanceFigures(state);
  const votes = state.voteOrder.flatMap((id) => {
    const vote = state.votes[id];
    return vote?.result && vote.phase === 'announced'
      ? [decisionOf(id, vote.opening.question, vote.result)]
      : [];
  });
  const ballots = state.ballots.map(({ ballot, question, result }) => decisionOf(ballot, question, result));
  return { present, summoned, officialPresent, official, decisions: [...votes, ...ballots] };
}

/** @returns the first figure in which the two differ, by its path; null where they are equal. */
export function differingFigure(ours: MinutesFigures, theirs: MinutesFigures): string | null {
  for (const name of ['present', 'summoned', 'officialPresent', 'official'] as const) {
    if (ours[name] !== theirs[name]) return name;
  }
  const count = Math.max(ours.decisions.length, theirs.decisions.length);
  for (let index = 0; index < count; index += 1) {
    const [mine, other] = [ours.decisions[index], theirs.decisions[index]];
    if (!mine || !other) return `decisions[${index}]`;
    for (const name of decision.keyof().options) {
      if (mine[name] !== other[name]) return `decisions[${index}].${name}`;
    }
  }
  return null;
}
