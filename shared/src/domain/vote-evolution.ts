import type { VoteId } from '../ids.ts';
import { methodOf } from './electorate.ts';
import { drop, type Evolvers, put } from './evolution.ts';
import type { MeetingState, VoteState } from './state.ts';
import type { CountingUnit } from './vote-types.ts';

type Events =
  | 'voteOpened'
  | 'voteMarked'
  | 'choiceRecorded'
  | 'electorMoved'
  | 'countReceived'
  | 'countEntered'
  | 'countConfirmed'
  | 'countReopened'
  | 'voteClosed'
  | 'voteTallied'
  | 'lateMarkNoted'
  | 'markConflictNoted'
  | 'opinionReserved'
  | 'resultAnnounced'
  | 'voteAnnulled';

function mapVote(state: MeetingState, id: VoteId, change: (vote: VoteState) => VoteState): MeetingState {
  const vote = state.votes[id];
  return vote ? { ...state, votes: put(state.votes, id, change(vote)) } : state;
}

/** Folds a vote. Data that is withheld from a viewer is not missed: who voted and what was chosen are apart. */
export const evolveVotes: Evolvers<Events> = {
  voteOpened: (state, { by: _by, cause: _cause, ...opening }, at) => {
    const vote: VoteState = {
      opening,
      openedAt: at,
      phase: 'open',
      units: opening.units,
      marked: {},
      counts: {},
      closedAt: null,
      notVoted: [],
      unreached: [],
      result: null,
      annulledFor: null,
      choices: {},
      figures: {},
      tallied: null,
      lateMarks: [],
      conflicts: [],
      reserved: [],
    };
    return {
      ...state,
      votes: put(state.votes, opening.vote, vote),
      voteOrder: [...state.voteOrder, opening.vote],
      openVote: opening.vote,
    };
  },
  voteMarked: (state, { vote, person, via }) =>
    mapVote(state, vote, (found) => ({ ...found, marked: put(found.marked, person, via) })),
  choiceRecorded: (state, { vote, person, choice }) =>
    mapVote(state, vote, (found) => ({ ...found, choices: put(found.choices, person, choice) })),
  electorMoved: (state, { vote, person, to }) =>
    mapVote(state, vote, (found) => {
      const method = methodOf(state, to);
      const known = found.units.some((unit) => unit.unit === to);
      const units: readonly CountingUnit[] = known
        ? found.units
        : [...found.units, { unit: to, method, electors: [] }];
      const moved = units.map((unit) => {
        const others = unit.electors.filter((elector) => elector !== person);
        return { ...unit, electors: unit.unit === to ? [...others, person] : others };
      });
      return { ...found, units: moved.filter((unit) => unit.electors.length > 0) };
    }),
  countReceived: (state, { vote, site, enteredBy, sum, means, readBy }) =>
    mapVote(state, vote, (found) => ({
      ...found,
      counts: put(found.counts, site, { enteredBy, sum, confirmedBy: null, means, readBy }),
      figures: drop(found.figures, site),
    })),
  countEntered: (state, { vote, site, counts, enteredBy, confirmers }) =>
    mapVote(state, vote, (found) => ({
      ...found,
      figures: put(found.figures, site, { counts, enteredBy, confirmers }),
    })),
  countConfirmed: (state, { vote, site, confirmedBy }) =>
    mapVote(state, vote, (found) => {
      const count = found.counts[site];
      return count ? { ...found, counts: put(found.counts, site, { ...count, confirmedBy }) } : found;
    }),
  countReopened: (state, { vote, site }) =>
    mapVote(state, vote, (found) => ({
      ...found,
      counts: drop(found.counts, site),
      figures: drop(found.figures, site),
    })),
  voteClosed: (state, { vote, notVoted, unreached }, at) =>
    mapVote(state, vote, (found) => ({ ...found, phase: 'closed', closedAt: at, notVoted, unreached })),
  voteTallied: (state, { vote, result }) => mapVote(state, vote, (found) => ({ ...found, tallied: result })),
  lateMarkNoted: (state, { vote, person }) =>
    mapVote(state, vote, (found) => ({ ...found, lateMarks: [...found.lateMarks, person] })),
  markConflictNoted: (state, { vote, person }) =>
    mapVote(state, vote, (found) => ({ ...found, conflicts: [...found.conflicts, person] })),
  opinionReserved: (state, { vote, person, text }) =>
    mapVote(state, vote, (found) => ({ ...found, reserved: [...found.reserved, { person, text }] })),
  resultAnnounced: (state, { vote, result }) => {
    const announced = mapVote(state, vote, (found) => ({ ...found, phase: 'announced', result }));
    const purpose = state.votes[vote]?.opening.purpose;
    const minutesAdopted = state.minutesAdopted || (purpose === 'minutes' && result.passed);
    const outcome = result.passed ? 'adopted' : 'rejected';
    // A vote is about those that had none yet: what was rejected once is not carried along.
    const supplements =
      purpose === 'supplement'
        ? state.supplements.map((each) =>
            each.outcome === 'pending' ? ({ ...each, outcome } as const) : each,
          )
        : state.supplements;
    return { ...announced, openVote: null, minutesAdopted, supplements };
  },
  voteAnnulled: (state, { vote, reason }) => ({
    ...mapVote(state, vote, (found) => ({ ...found, phase: 'annulled', annulledFor: reason })),
    openVote: state.openVote === vote ? null : state.openVote,
  }),
};
