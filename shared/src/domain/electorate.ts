import type { PersonId } from '../ids.ts';
import { attendanceOf, hasVote, isPresent, placeOf } from './presence.ts';
import type { RollEntry } from './roster.ts';
import type { MeetingState, VoteState } from './state.ts';
import type { VoteMethod } from './vote-rules.ts';
import type { CountingUnit, LeftOutReason, UnitKey } from './vote-types.ts';

/** @returns why a person of the roll is no elector now; null for an elector (VOTE1). */
export function leftOutReason(
  state: MeetingState,
  entry: RollEntry,
  method: VoteMethod = 'showOfHands',
): LeftOutReason | null {
  if (entry.standing !== 'official' && entry.standing !== 'exempt') return entry.standing;
  if (!hasVote(entry)) return 'detained';
  const { presence } = attendanceOf(state, entry.person);
  if (isPresent(presence)) {
    const remote = placeOf(presence)?.mode === 'remote';
    if (!remote) return null;
    if (isInPersonOnly(state)) return 'remoteInPersonItem';
    const byCard = method !== 'showOfHands' && state.facts?.rules.remoteCards !== 'on';
    return byCard ? 'remoteCard' : null;
  }
  return presence.mode === 'expected' ? 'notCheckedIn' : 'absent';
}

/** AGD5: whether the current item is dealt with in the rooms alone, so that no remote stream runs. */
export function isInPersonOnly(state: MeetingState): boolean {
  return state.agenda.some((item) => item.state === 'current' && item.inPersonOnly);
}

/** @returns who votes now, each in exactly one counting unit (VOTE1, VOTE5); units without electors are left out. */
export function countingUnits(
  state: MeetingState,
  method: VoteMethod = 'showOfHands',
): readonly CountingUnit[] {
  const electors = new Map<UnitKey, PersonId[]>();
  for (const entry of Object.values(state.roll)) {
    const place = placeOf(attendanceOf(state, entry.person).presence);
    if (!place || leftOutReason(state, entry, method) !== null) continue;
    const unit = place.mode === 'remote' ? 'remote' : place.site;
    electors.set(unit, [...(electors.get(unit) ?? []), entry.person]);
  }
  return [...electors].map(([unit, persons]) => ({ unit, method: methodOf(state, unit), electors: persons }));
}

/** @returns how hands are taken in a unit: remote ones always by name. */
export function methodOf(state: MeetingState, unit: UnitKey): CountingUnit['method'] {
  return unit === 'remote' ? 'byName' : (state.sites[unit]?.method ?? 'byName');
}

/** @returns the unit that the person's hand is taken in; undefined for who is no elector of this vote. */
export function unitOf(vote: VoteState, person: PersonId): CountingUnit | undefined {
  return vote.units.find((unit) => unit.electors.includes(person));
}

/** @returns how many may vote in all units together. */
export function electorCount(units: readonly CountingUnit[]): number {
  return units.reduce((sum, unit) => sum + unit.electors.length, 0);
}

/** @returns electors of by-name units who have given no mark. */
export function withoutMark(vote: VoteState): readonly PersonId[] {
  return vote.units
    .filter((unit) => unit.method === 'byName')
    .flatMap((unit) => unit.electors.filter((person) => vote.marked[person] === undefined));
}

function isCutOff(state: MeetingState, person: PersonId): boolean {
  const { presence, source } = attendanceOf(state, person);
  if (presence.mode === 'onSite') return state.sites[presence.site]?.terminal?.line === 'dark';
  return presence.mode === 'reconnecting' || (presence.mode === 'left' && source === 'system');
}

/** @returns those among them whose line, or whose hall's, is down: they could not vote (VOTE9). */
export function unreached(state: MeetingState, vote: VoteState): readonly PersonId[] {
  return withoutMark(vote).filter((person) => isCutOff(state, person));
}
