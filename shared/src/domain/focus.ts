import type { PersonId } from '../ids.ts';
import { accept, type Deciders, refuse } from './decision.ts';
import { type Evolvers, put } from './evolution.ts';
import { isLive, isOver } from './phase.ts';
import { running } from './presence.ts';
import type { MeetingState } from './state.ts';

/** Decides which attending superior has the meeting in focus with sound (SUP8). */
export const decideFocus: Deciders<'focusMeeting'> = {
  focusMeeting: (state, command, { actor }) => {
    if (actor.kind !== 'superior') return refuse('notAllowed');
    const { person } = actor;
    const found = state.superiors[person];
    if (command.state === 'off') {
      if (!found || found.focusedSince === null) return accept();
      return accept({ type: 'superiorUnfocused', data: { person } });
    }
    if (!isLive(state)) return refuse(isOver(state) ? 'meetingOver' : 'meetingNotOpen');
    if (!found) return refuse('notPresent');
    return found.focusedSince === null ? accept({ type: 'superiorFocused', data: { person } }) : accept();
  },
};

/** @returns the state in which none of these superiors has the meeting in focus; the time is added up (SUP8). */
export function focusEnded(state: MeetingState, persons: readonly PersonId[], at: number): MeetingState {
  let { superiors } = state;
  for (const person of persons) {
    const found = superiors[person];
    if (!found || found.focusedSince === null) continue;
    const focused = found.focused + running(state, found.focusedSince, at);
    superiors = put(superiors, person, { ...found, focusedSince: null, focused });
  }
  return superiors === state.superiors ? state : { ...state, superiors };
}

/** @returns how long the attending superior has had the meeting in focus with sound, up to `now`, milliseconds (SUP8). */
export function timeFocused(state: MeetingState, person: PersonId, now: number): number {
  return focusEnded(state, [person], now).superiors[person]?.focused ?? 0;
}

/** Folds the focus of superiors. */
export const evolveFocus: Evolvers<'superiorFocused' | 'superiorUnfocused'> = {
  superiorFocused: (state, { person }, at) => {
    const found = state.superiors[person];
    if (!found || found.focusedSince !== null) return state;
    return { ...state, superiors: put(state.superiors, person, { ...found, focusedSince: at }) };
  },
  superiorUnfocused: (state, { person }, at) => focusEnded(state, [person], at),
};
