import type { PersonId } from '../ids.ts';
import { accept, type Deciders, refuse } from './decision.ts';
import { drop, type Evolvers, put } from './evolution.ts';
import { focusEnded } from './focus.ts';
import { isLive, isOver } from './phase.ts';
import { speakingEndOf } from './speaking.ts';
import type { MeetingState } from './state.ts';

type Commands = 'attendAsSuperior' | 'leaveAsSuperior';
type Events = 'superiorArrived' | 'superiorLeft';

/** Decides the open attendance of superiors (SUP1). Who stands on the cell's own roll attends as its member (SUP9). */
export const decideSuperiors: Deciders<Commands> = {
  attendAsSuperior: (state, _, { actor }) => {
    if (actor.kind !== 'superior') return refuse('notAllowed');
    if (!isLive(state)) return refuse(isOver(state) ? 'meetingOver' : 'meetingNotOpen');
    if (state.roll[actor.person]) return refuse('ownCell');
    if (state.superiors[actor.person]) return accept();
    const { person, name, office } = actor;
    return accept({ type: 'superiorArrived', data: { person, name, office } });
  },

  leaveAsSuperior: (state, _, { actor }) => {
    if (actor.kind !== 'superior') return refuse('notAllowed');
    // The end of the meeting ended every attendance: nothing follows it in the log.
    if (isOver(state) || !state.superiors[actor.person]) return accept();
    return accept(...speakingEndOf(state, [actor.person]), {
      type: 'superiorLeft',
      data: { person: actor.person },
    });
  },
};

function withGrace(
  state: MeetingState,
  persons: readonly PersonId[],
  graceEndsAt: number | null,
): MeetingState {
  let { superiors } = state;
  for (const person of persons) {
    const found = superiors[person];
    if (found) superiors = put(superiors, person, { ...found, graceEndsAt });
  }
  return superiors === state.superiors ? state : { ...state, superiors };
}

/** @returns the state in which these superiors' lines are gone; what they had in focus they no longer hear. */
export function superiorsLost(
  state: MeetingState,
  persons: readonly PersonId[],
  graceEndsAt: number,
  at: number,
): MeetingState {
  return withGrace(focusEnded(state, persons, at), persons, graceEndsAt);
}

/** @returns the state in which these superiors' lines are back. */
export function superiorsBack(state: MeetingState, persons: readonly PersonId[]): MeetingState {
  return withGrace(state, persons, null);
}

/** @returns the state without a superior's attendance, which moves to those that were. */
export function endSuperior(state: MeetingState, person: PersonId, at: number): MeetingState {
  const found = focusEnded(state, [person], at).superiors[person];
  if (!found) return state;
  const { name, office, since, focused } = found;
  return {
    ...state,
    superiors: drop(state.superiors, person),
    superiorsBefore: [...state.superiorsBefore, { person, name, office, from: since, to: at, focused }],
  };
}

/** Folds the open attendance of superiors. */
export const evolveSuperiors: Evolvers<Events> = {
  superiorArrived: (state, { person, name, office }, at) => ({
    ...state,
    superiors: put(state.superiors, person, {
      name,
      office,
      since: at,
      graceEndsAt: null,
      focusedSince: null,
      focused: 0,
    }),
  }),
  superiorLeft: (state, { person }, at) => endSuperior(state, person, at),
};
