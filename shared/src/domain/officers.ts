import type { PersonId } from '../ids.ts';
import { type Decision, refuse } from './decision.ts';
import { isExcluded } from './presence.ts';
import type { RollEntry } from './roster.ts';
import type { MeetingState } from './state.ts';

/** @returns whether the person is chair or clerk at this moment. */
export function isOfficer(state: MeetingState, person: PersonId): boolean {
  return state.officers !== null && (state.officers.chair === person || state.officers.clerk === person);
}

/** @returns why the person, as the roll has them, can't be chair, clerk, teller or responsible for a site; null where they can. */
export function officeShut(entry: RollEntry | undefined): Decision | null {
  if (!entry) return refuse('officeHolderUnknown');
  return isExcluded(entry) ? refuse('personExcluded', { name: entry.name }) : null;
}
