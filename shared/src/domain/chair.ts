import type { PersonId, SiteId } from '../ids.ts';
import { accept, type Deciders, refuse } from './decision.ts';
import type { MeetingEvent } from './events.ts';
import type { Evolvers } from './evolution.ts';
import { isOver } from './phase.ts';
import { attendanceOf, isPersonPresent } from './presence.ts';
import type { RollEntry } from './roster.ts';
import type { MeetingState } from './state.ts';

/** @returns whether the own device of this person, who has the chair, is logged as without a line (CHAIR1). */
export function isChairLineDark(state: MeetingState, person: PersonId): boolean {
  return state.chairLine?.person === person && state.chairLine.line === 'dark';
}

/** A chair in a hall has two lines: the hall's terminal, and a device of their own. Gone is who has neither. */
function hallChairGoneSince(state: MeetingState, chair: PersonId, hall: SiteId): number | null {
  const terminal = state.sites[hall]?.terminal ?? null;
  if (terminal?.line === 'up' || !isChairLineDark(state, chair)) return null;
  return Math.max(state.chairLine?.since ?? 0, terminal?.lineSince ?? 0, attendanceOf(state, chair).since);
}

/** @returns what the log gets of the own line of a chair in a hall, out of who is reported as lost and as restored. */
export function chairLineEvents(
  state: MeetingState,
  lost: readonly PersonId[],
  restored: readonly PersonId[],
): readonly MeetingEvent[] {
  const chair = state.officers?.chair;
  if (chair === undefined) return [];
  const dark = isChairLineDark(state, chair);
  const sitsInHall = attendanceOf(state, chair).presence.mode === 'onSite';
  if (!dark && sitsInHall && lost.includes(chair))
    return [{ type: 'chairLineLost', data: { person: chair } }];
  if (dark && restored.includes(chair)) return [{ type: 'chairLineBack', data: { person: chair } }];
  return [];
}

/**
 * Since when the chair's line has been gone (milliseconds since 1970); null while it is there. A chair who left, or was
 * taken for gone, is gone.
 */
export function chairGoneSince(state: MeetingState): number | null {
  const chair = state.officers?.chair;
  if (chair === undefined) return null;
  const { presence, since, source } = attendanceOf(state, chair);
  switch (presence.mode) {
    case 'remote':
    case 'away':
      return null;
    case 'onSite':
      return hallChairGoneSince(state, chair, presence.site);
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
export const evolveChair: Evolvers<'chairTaken' | 'chairLineLost' | 'chairLineBack'> = {
  chairTaken: (state, { officers }, at) => ({
    ...state,
    officers,
    chairLine: null,
    chairs: [...state.chairs, { person: officers.chair, from: at }],
  }),
  chairLineLost: (state, { person }, at) => ({ ...state, chairLine: { person, line: 'dark', since: at } }),
  chairLineBack: (state, { person }, at) => ({ ...state, chairLine: { person, line: 'up', since: at } }),
};
