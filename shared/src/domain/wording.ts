import { accept, type Deciders, refuse } from './decision.ts';
import { type Evolvers, put } from './evolution.ts';
import { isOver } from './phase.ts';

/** Decides the clerk's wording of the minutes (MIN2) and corrections of earlier ones (MIN5). */
export const decideWording: Deciders<'wordMinutes' | 'proposeSupplement'> = {
  wordMinutes: (state, { part, text }) => {
    if (isOver(state)) return refuse('meetingOver');
    // What the meeting has adopted is not worded anew behind its back.
    if (state.minutesAdopted) return refuse('minutesAdopted');
    return state.wording[part] === text ? accept() : accept({ type: 'minutesWorded', data: { part, text } });
  },
  proposeSupplement: (state, { meeting, title, text }) => {
    if (state.phase !== 'open') return refuse(isOver(state) ? 'meetingOver' : 'meetingNotOpen');
    if (state.facts?.meetingId === meeting) return refuse('malformed');
    // It would enter minutes that the meeting has adopted without it.
    if (state.minutesAdopted) return refuse('minutesAdopted');
    const vote = state.openVote === null ? undefined : state.votes[state.openVote];
    // A running vote on supplements would adopt one that its question does not name.
    if (vote?.opening.purpose === 'supplement') {
      return refuse('openVotesRemain', { question: vote.opening.question });
    }
    return accept({ type: 'supplementProposed', data: { meeting, title, text } });
  },
};

/** Folds the wording. */
export const evolveWording: Evolvers<'minutesWorded' | 'supplementProposed'> = {
  minutesWorded: (state, { part, text }) => ({ ...state, wording: put(state.wording, part, text) }),
  supplementProposed: (state, { meeting, title, text }) => ({
    ...state,
    supplements: [...state.supplements, { meeting, title, text, outcome: 'pending' }],
  }),
};
