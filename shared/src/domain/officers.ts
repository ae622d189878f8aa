import type { PersonId } from '../ids.ts';
import type { MeetingState } from './state.ts';

/** @returns whether the person is chair or clerk at this moment. */
export function isOfficer(state: MeetingState, person: PersonId): boolean {
  return state.officers !== null && (state.officers.chair === person || state.officers.clerk === person);
}
