import type { PersonId, SiteId } from '../ids.ts';
import { asId, type VoteId } from '../ids.ts';
import type { CommandOf } from './commands.ts';
import { confirmersFor, countAddsUp, countShut, mayEnterCount, telephoneObstacle } from './count.ts';
import {
  accept,
  type Deciders,
  type Decision,
  type DecisionContext,
  refuse,
  refuseAndNote,
} from './decision.ts';
import { countingUnits, electorCount, leftOutReason, unitOf } from './electorate.ts';
import type { MeetingEvent } from './events.ts';
import { isOfficer } from './officers.ts';
import { isOver } from './phase.ts';
import { attendanceOf, hasVote, isSummoned } from './presence.ts';
import { reserveOpinion } from './reservation.ts';
import type { MeetingState, VoteState } from './state.ts';
import { sameCounts } from './tally.ts';
import { closeVote } from './vote-closing.ts';
import { denominatorOf, need, needsCandidate, ruleOf } from './vote-rules.ts';
import type { VoteOpening } from './vote-types.ts';

type Commands =
  | 'openVote'
  | 'castMark'
  | 'moveElector'
  | 'enterCount'
  | 'confirmCount'
  | 'reopenCount'
  | 'closeVote'
  | 'announceResult'
  | 'annulVote'
  | 'reserveOpinion';

function opening(state: MeetingState, command: CommandOf<'openVote'>, context: DecisionContext): VoteOpening {
  const rule = ruleOf(state, command.rule);
  const denominator = denominatorOf(state, rule.denominator);
  const roll = Object.values(state.roll);
  const waiting = state.speaking.queue.length > 0 || state.speaking.speech !== null;
  return {
    vote: asId<VoteId>(context.newId()),
    item: command.item,
    question: command.question,
    candidate: command.candidate ?? null,
    rule: command.rule,
    ruleVersion: rule.version,
    purpose: command.purpose,
    units: countingUnits(state, rule.method),
    leftOut: roll.flatMap((entry) => {
      const reason = leftOutReason(state, entry, rule.method);
      return reason === null ? [] : [{ person: entry.person, reason }];
    }),
    unchecked: roll
      .filter((entry) => {
        const { presence, provisional } = attendanceOf(state, entry.person);
        const awaited = hasVote(entry) && isSummoned(state, entry);
        return awaited && (provisional || presence.mode === 'expected');
      })
      .map(({ person }) => person),
    denominator,
    need: need(rule.majority, denominator),
    despiteWaiting: waiting,
  };
}

function openVote(state: MeetingState, command: CommandOf<'openVote'>, context: DecisionContext): Decision {
  if (state.phase !== 'open') return refuse(isOver(state) ? 'meetingOver' : 'meetingNotOpen');
  if (state.rollCall !== 'done') return refuse('rollCallNotDone');
  if (state.openVote !== null) return refuse('voteOpenAlready');
  if (ruleOf(state, command.rule).method === 'secretBallotInRoom') {
    return refuse('showOfHandsNotAllowed', { rule: command.rule });
  }
  if (needsCandidate(command.rule) && !command.candidate) return refuse('candidateNeeded');
  if (command.item !== null && !state.agenda.some(({ id }) => id === command.item))
    return refuse('itemUnknown');
  const waiting = state.speaking.queue.length + (state.speaking.speech === null ? 0 : 1);
  if (waiting > 0 && !command.despiteWaiting) return refuse('speakersWaiting', { count: waiting });
  const data = opening(state, command, context);
  if (electorCount(data.units) === 0) return refuse('emptyElectorate');
  return accept({ type: 'voteOpened', data });
}

/** Whose hand the mark is, or why it cannot be taken. */
function handOf(
  state: MeetingState,
  vote: VoteState,
  command: CommandOf<'castMark'>,
  { actor }: DecisionContext,
): PersonId | Decision {
  if (actor.kind === 'system') return refuse('notAllowed');
  if (actor.kind === 'terminal' && command.person === undefined) return refuse('malformed');
  const person = actor.kind === 'terminal' ? (command.person as PersonId) : actor.person;
  if (actor.kind !== 'terminal' && command.person !== undefined && command.person !== person) {
    return refuse('notAllowed');
  }
  const unit = unitOf(vote, person);
  if (!unit) {
    const entry = state.roll[person];
    const reason = vote.opening.leftOut.find((left) => left.person === person)?.reason;
    return refuse('notAnElector', { reason: reason ?? (entry ? 'absent' : 'notOfThisCell') });
  }
  if (unit.method === 'byTeller')
    return refuse('countedByTeller', { site: siteName(state, unit.unit as SiteId) });
  if (actor.kind === 'terminal') {
    if (unit.unit !== actor.site) return refuse('notAllowed');
    // VOTE21: the member's own device outranks a tap in the hall.
    if (vote.marked[person] === 'device') {
      const site = actor.site;
      if (vote.phase !== 'open' || vote.conflicts.includes(person)) return refuse('alreadyMarked');
      return refuseAndNote('alreadyMarked', {
        type: 'markConflictNoted',
        data: { vote: vote.opening.vote, person, site },
      });
    }
  }
  return person;
}

function castMark(state: MeetingState, command: CommandOf<'castMark'>, context: DecisionContext): Decision {
  const vote = state.votes[command.vote];
  if (!vote) return refuse('voteUnknown');
  if (vote.phase === 'annulled') return refuse('voteNotOpen');
  const hand = handOf(state, vote, command, context);
  if (typeof hand !== 'string') return hand;
  if (vote.phase !== 'open') {
    const told = vote.phase !== 'closed' || vote.lateMarks.includes(hand);
    if (told) return refuse('voteClosed');
    return refuseAndNote('voteClosed', { type: 'lateMarkNoted', data: { vote: command.vote, person: hand } });
  }
  const via = context.actor.kind === 'terminal' ? 'terminal' : 'device';
  const marked: MeetingEvent = { type: 'voteMarked', data: { vote: command.vote, person: hand, via } };
  const chosen: MeetingEvent = {
    type: 'choiceRecorded',
    data: { vote: command.vote, person: hand, choice: command.choice },
  };
  return vote.marked[hand] === via ? accept(chosen) : accept(marked, chosen);
}

function siteName(state: MeetingState, site: SiteId): string {
  return state.sites[site]?.name ?? '';
}

/** The vote while it is open, or why nothing can be done in it. */
function openVoteOf(state: MeetingState, id: VoteId): VoteState | Decision {
  const vote = state.votes[id];
  if (!vote) return refuse('voteUnknown');
  if (vote.phase === 'open') return vote;
  return refuse(vote.phase === 'annulled' ? 'voteNotOpen' : 'voteClosed');
}

function isRefusal(found: VoteState | Decision): found is Decision {
  return 'ok' in found;
}

function moveElector(state: MeetingState, { vote: id, person, to }: CommandOf<'moveElector'>): Decision {
  const vote = openVoteOf(state, id);
  if (isRefusal(vote)) return vote;
  const from = unitOf(vote, person);
  if (!from) return refuse('notAnElector', { reason: 'absent' });
  if (to !== 'remote' && !state.sites[to]) return refuse('siteUnknown');
  if (from.unit === to) return accept();
  if (vote.marked[person] !== undefined) return refuse('alreadyMarked');
  const counted = [from.unit, to].find((unit) => unit !== 'remote' && vote.counts[unit] !== undefined);
  if (counted !== undefined)
    return refuse('countAlreadyConfirmed', { site: siteName(state, asId<SiteId>(counted)) });
  return accept({ type: 'electorMoved', data: { vote: id, person, from: from.unit, to } });
}

function enterCount(
  state: MeetingState,
  { vote: id, site, counts, means = 'counted', readBy = null }: CommandOf<'enterCount'>,
  { actor }: DecisionContext,
): Decision {
  const vote = openVoteOf(state, id);
  if (isRefusal(vote)) return vote;
  const shut = countShut(state, vote, site);
  if (shut) return shut;
  const enteredBy = mayEnterCount(state, actor, site);
  if (enteredBy === null) return refuse('notAllowed');
  if (vote.counts[site]?.confirmedBy) return refuse('countAlreadyConfirmed', { site: siteName(state, site) });
  if (means === 'telephone') {
    const obstacle = telephoneObstacle(state, actor, site, readBy);
    if (obstacle) return obstacle;
  }
  const sum = countAddsUp(vote, site, counts) ? 'addsUp' : 'mismatch';
  return accept(
    { type: 'countReceived', data: { vote: id, site, enteredBy, sum, means, readBy } },
    {
      type: 'countEntered',
      data: { vote: id, site, counts, enteredBy, confirmers: confirmersFor(state, enteredBy) },
    },
  );
}

function confirmCount(
  state: MeetingState,
  { vote: id, site, counts: seen }: CommandOf<'confirmCount'>,
  { actor }: DecisionContext,
): Decision {
  const vote = openVoteOf(state, id);
  if (isRefusal(vote)) return vote;
  const shut = countShut(state, vote, site);
  if (shut) return shut;
  const name = siteName(state, site);
  const count = vote.counts[site];
  if (!count) return refuse('countNotEntered', { site: name });
  const entered = vote.figures[site]?.counts;
  if (seen && entered && !sameCounts(entered, seen)) return refuse('countChanged', { site: name });
  if (count.sum === 'mismatch') return refuse('countsDontAddUp', { site: name });
  if (actor.kind !== 'person' || actor.person === count.enteredBy)
    return refuse('secondPersonNeeded', { site: name });
  if (count.confirmedBy) return accept();
  const named = vote.figures[site]?.confirmers.includes(actor.person) ?? false;
  if (!named && !isOfficer(state, actor.person)) return refuse('notAllowed');
  return accept({ type: 'countConfirmed', data: { vote: id, site, confirmedBy: actor.person } });
}

/** Decides every command of a vote by show of hands (VOTE1–VOTE11, VOTE14). Who runs it may vote too. */
export const decideVotes: Deciders<Commands> = {
  openVote,
  castMark,
  moveElector,
  enterCount,
  confirmCount,
  closeVote,
  reserveOpinion,

  reopenCount: (state, { vote: id, site, reason }) => {
    const vote = openVoteOf(state, id);
    if (isRefusal(vote)) return vote;
    const shut = countShut(state, vote, site);
    if (shut) return shut;
    if (!vote.counts[site]) return refuse('countNotEntered', { site: siteName(state, site) });
    return accept({ type: 'countReopened', data: { vote: id, site, reason } });
  },

  announceResult: (state, { vote: id }) => {
    const vote = state.votes[id];
    if (!vote) return refuse('voteUnknown');
    if (vote.phase === 'announced') return accept();
    if (vote.phase !== 'closed' || vote.tallied === null) return refuse('voteNotClosed');
    return accept({ type: 'resultAnnounced', data: { vote: id, result: vote.tallied } });
  },

  annulVote: (state, { vote: id, reason }) => {
    const vote = state.votes[id];
    if (!vote) return refuse('voteUnknown');
    if (vote.phase === 'announced') return refuse('voteAnnounced');
    if (vote.phase === 'annulled') return accept();
    return accept({ type: 'voteAnnulled', data: { vote: id, reason } });
  },
};
