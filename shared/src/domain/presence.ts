import type { PersonId } from '../ids.ts';
import type { Attendance, Place, Presence, PresenceMode } from './attendance-types.ts';
import type { RollEntry } from './roster.ts';
import type { MeetingState } from './state.ts';

const nobodyYet: Attendance = {
  presence: { mode: 'expected' },
  provisional: false,
  source: 'system',
  since: 0,
};

/** @returns the person's attendance; `expected` for who has not been reached yet. */
export function attendanceOf(state: MeetingState, person: PersonId): Attendance {
  return state.attendance[person] ?? nobodyYet;
}

const presentModes: readonly PresenceMode[] = ['onSite', 'remote', 'reconnecting', 'away'];

/** ATT2: on site, remote, reconnecting within grace, or away on duty. */
export function isPresent(presence: Presence): boolean {
  return presentModes.includes(presence.mode);
}

/** @returns whether the person is present now. */
export function isPersonPresent(state: MeetingState, person: PersonId): boolean {
  return isPresent(attendanceOf(state, person).presence);
}

/** @returns where a present person takes part from; null for who is not present. */
export function placeOf(presence: Presence): Place | null {
  switch (presence.mode) {
    case 'onSite':
    case 'remote':
      return presence;
    case 'reconnecting':
      return { mode: 'remote' };
    case 'away':
      return presence.from;
    default:
      return null;
  }
}

/** Suspended and temporarily transferred members are not of this meeting. */
export function isExcluded(entry: RollEntry): boolean {
  return entry.standing === 'suspended' || entry.standing === 'temporaryOut';
}

/** ATT5, ATT9: the roll on which the rate rests. Exempt members and those on special duty count only when present. */
export function isSummoned(state: MeetingState, entry: RollEntry): boolean {
  if (isExcluded(entry)) return false;
  if (entry.standing === 'exempt' || entry.specialDuty) return isPersonPresent(state, entry.person);
  return true;
}

/** VOTE1: official members of this cell, exempt ones too; whether they are present is asked apart. */
export function hasVote(entry: RollEntry): boolean {
  return (entry.standing === 'official' || entry.standing === 'exempt') && !entry.detained;
}
