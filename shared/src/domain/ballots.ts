import { asId, type BallotId, type SiteId } from '../ids.ts';
import type { CommandOf } from './commands.ts';
import { accept, type Deciders, type Decision, type DecisionContext, refuse } from './decision.ts';
import { countingUnits, electorCount } from './electorate.ts';
import type { Evolvers } from './evolution.ts';
import { isOver } from './phase.ts';
import { attendanceOf, hasVote, isPersonPresent } from './presence.ts';
import type { MeetingState } from './state.ts';
import { add, noHands } from './tally.ts';
import { denominatorOf, need, needsCandidate, passes, ruleOf } from './vote-rules.ts';
import type { BallotBox, Counts, VoteResult } from './vote-types.ts';

/** Why a box's figures can't be; null where they hold together. */
function boxObstacle(state: MeetingState, box: BallotBox, enteredBy: string): Decision | null {
  const found = state.sites[box.site];
  if (!found) return refuse('siteUnknown');
  const site = found.name;
  const votes = box.inFavour + box.against + box.noOpinion + box.invalid;
  if (box.returned > box.issued || votes !== box.returned) return refuse('ballotDoesntAddUp', { site });
  if (box.issued > electorsInRoom(state, box.site)) {
    return refuse('tooManyBallots', { site, electors: electorsInRoom(state, box.site) });
  }
  const certifier = state.roll[box.certifiedBy];
  if (!certifier || !hasVote(certifier) || !isPersonPresent(state, box.certifiedBy)) {
    return refuse('officeHolderUnknown');
  }
  const { presence } = attendanceOf(state, box.certifiedBy);
  if (presence.mode !== 'onSite' || presence.site !== box.site) return refuse('officeHolderUnknown');
  return box.certifiedBy === enteredBy ? refuse('secondPersonNeeded', { site }) : null;
}

/** @returns how many electors sit at the site: only they can have a ballot in its box. */
export function electorsInRoom(state: MeetingState, site: SiteId): number {
  return countingUnits(state, 'secretBallotInRoom').find(({ unit }) => unit === site)?.electors.length ?? 0;
}

function countsOf(box: BallotBox): Counts {
  const { inFavour, against, noOpinion, issued } = box;
  return { inFavour, against, noOpinion, notVoted: issued - inFavour - against - noOpinion };
}

function resultOf(state: MeetingState, command: CommandOf<'recordBallot'>): VoteResult {
  const rule = ruleOf(state, command.rule);
  const units = command.boxes.map((box) => ({ unit: box.site, counts: countsOf(box) }));
  const total = units.reduce((sum, { counts }) => add(sum, counts), noHands);
  const denominator = denominatorOf(state, rule.denominator);
  return {
    units,
    total,
    denominator,
    need: need(rule.majority, denominator),
    passed: passes(rule.majority, total.inFavour, denominator),
  };
}

function recordBallot(
  state: MeetingState,
  command: CommandOf<'recordBallot'>,
  { actor, newId }: DecisionContext,
): Decision {
  if (state.phase !== 'open') return refuse(isOver(state) ? 'meetingOver' : 'meetingNotOpen');
  if (state.rollCall !== 'done') return refuse('rollCallNotDone');
  if (actor.kind !== 'person') return refuse('notAllowed');
  const rule = ruleOf(state, command.rule);
  if (rule.method === 'showOfHands') return refuse('ballotNotAllowed', { rule: command.rule });
  if (needsCandidate(command.rule) && command.candidate === null) return refuse('candidateNeeded');
  if (command.item !== null && !state.agenda.some(({ id }) => id === command.item))
    return refuse('itemUnknown');
  const sites = new Set(command.boxes.map(({ site }) => site));
  if (sites.size === 0 || sites.size !== command.boxes.length) return refuse('malformed');
  if (electorCount(countingUnits(state, 'secretBallotInRoom')) === 0) return refuse('emptyElectorate');
  for (const box of command.boxes) {
    const obstacle = boxObstacle(state, box, actor.person);
    if (obstacle) return obstacle;
  }
  const { item, rule: id, question, candidate, boxes } = command;
  const ballot = asId<BallotId>(newId());
  const result = resultOf(state, command);
  return accept({
    type: 'ballotRecorded',
    data: { ballot, item, rule: id, ruleVersion: rule.version, question, candidate, boxes, result },
  });
}

/** Decides the results of secret ballots held in the room (VOTE23). */
export const decideBallots: Deciders<'recordBallot'> = { recordBallot };

/** Folds ballots. */
export const evolveBallots: Evolvers<'ballotRecorded'> = {
  ballotRecorded: (state, { by: _by, cause: _cause, ...record }) => ({
    ...state,
    ballots: [...state.ballots, record],
  }),
};
