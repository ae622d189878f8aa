import type { PersonId } from '../ids.ts';
import { accept, type Deciders, refuse } from './decision.ts';
import type { Evolvers } from './evolution.ts';
import { isOver } from './phase.ts';
import { attendanceOf, isPersonPresent } from './presence.ts';
import type { RollEntry } from './roster.ts';
import type { MeetingState } from './state.ts';

/**
 * Since when the chair's line has been gone (milliseconds since 1970); null while it is there. A chair in a hall hangs
 * on the hall's terminal; a chair who left, or was taken for gone, is gone.
 */
export function chairGoneSince(state: MeetingState): number | null {
  const chair = state.officers?.chair;
  if (chair === undefined) return null;
  const { presence, since, source } = attendanceOf(state, chair);
  switch (presence.mode) {
    case 'remote':
    case 'away':
      return null;
    case 'onSite': {
      const terminal = state.sites[presence.site]?.terminal;
      return terminal?.line === 'dark' ? terminal.lineSince : null;
    }
    case 'left':
      // Whom the system took for gone had been without a line for the whole grace before.
      return source === 'system' ? since - (state.facts?.rules.reconnectGrace ?? 0) * 1000 : since;
    case 'reconnecting':
    case 'absentExcused':
    case 'absentUnexcused':
      return since;
    case 'expected':
      return state.openedAt;
  }
}

/** CHAIR1: whether the chair has been gone for so long that somebody may take over. */
export function isChairVacant(state: MeetingState, now: number): boolean {
  const since = chairGoneSince(state);
  return since !== null && now - since >= (state.facts?.rules.chairGone ?? 0) * 1000;
}

/** CHAIR1: the deputy chair comes first; without one present, any present member of the committee. */
export function successors(state: MeetingState): readonly PersonId[] {
  const deputy = state.officers?.deputyChair ?? null;
  const chair = state.officers?.chair;
  if (deputy !== null && deputy !== chair && isPersonPresent(state, deputy)) return [deputy];
  return Object.values(state.roll)
    .filter((entry: RollEntry) => entry.office !== null && entry.person !== chair)
    .map(({ person }) => person)
    .filter((person) => isPersonPresent(state, person));
}

/** CHAIR2: the clerk may suspend or break off only where nobody can take the chair. */
export function clerkStandsIn(state: MeetingState, now: number): boolean {
  return isChairVacant(state, now) && successors(state).length === 0;
}

/** Decides who takes an empty chair. */
export const decideChair: Deciders<'takeChair'> = {
  takeChair: (state, _, { actor, now }) => {
    if (state.phase !== 'open' && state.phase !== 'suspended') {
      return refuse(isOver(state) ? 'meetingOver' : 'meetingNotOpen');
    }
    if (actor.kind !== 'person' || state.officers === null) return refuse('notAllowed');
    if (state.officers.chair === actor.person) return accept();
    if (!isChairVacant(state, now)) return refuse('chairStillPresent');
    if (!successors(state).includes(actor.person)) return refuse('notAllowed');
    const officers = { ...state.officers, chair: actor.person };
    return accept({ type: 'chairTaken', data: { officers, from: state.officers.chair } });
  },
};

/** Folds the chair. The old one's return changes nothing by itself. */
export const evolveChair: Evolvers<'chairTaken'> = {
  chairTaken: (state, { officers }, at) => ({
    ...state,
    officers,
    chairs: [...state.chairs, { person: officers.chair, from: at }],
  }),
};
