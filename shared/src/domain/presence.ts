import type { PersonId } from '../ids.ts';
import type { Attendance, Place, Presence, PresenceMode } from './attendance-types.ts';
import type { RollEntry } from './roster.ts';
import type { MeetingState } from './state.ts';

const nobodyYet: Attendance = {
  presence: { mode: 'expected' },
  provisional: false,
  source: 'system',
  since: 0,
  arrivedAt: null,
  presentBefore: 0,
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

/** @returns milliseconds of [from, to] that fall into the time since the meeting opened. */
export function running(state: MeetingState, from: number, to: number): number {
  return state.openedAt === null ? 0 : Math.max(0, to - Math.max(from, state.openedAt));
}

/** @returns how long the person has been present while the meeting ran, up to `now`, milliseconds (ATT5). */
export function presentTime(state: MeetingState, person: PersonId, now: number): number {
  const { presence, since, presentBefore } = attendanceOf(state, person);
  const until = Math.min(now, state.endedAt ?? now);
  return presentBefore + (isPresent(presence) ? running(state, since, until) : 0);
}

/** @returns the person's attendance after a change at `at`; what was before is added up. */
export function attendanceAfter(
  state: MeetingState,
  person: PersonId,
  change: Pick<Attendance, 'presence' | 'source' | 'provisional'>,
  at: number,
): Attendance {
  const before = attendanceOf(state, person);
  const arrivedAt = before.arrivedAt ?? (isPresent(change.presence) ? at : null);
  return { ...change, since: at, arrivedAt, presentBefore: presentTime(state, person, at) };
}

/** ATT5: present at some time, but for under half of the meeting's length up to `now`. */
export function isPartlyPresent(state: MeetingState, person: PersonId, now: number): boolean {
  if (state.openedAt === null || attendanceOf(state, person).arrivedAt === null) return false;
  const length = (state.endedAt ?? now) - state.openedAt;
  return 2 * presentTime(state, person, now) < length;
}
