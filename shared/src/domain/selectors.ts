import type { PersonId, SiteId } from '../ids.ts';
import { currentItem, timeSpent } from './agenda.ts';
import type { PresenceMode } from './attendance-types.ts';
import { electorCount, unitOf } from './electorate.ts';
import { attendanceOf, hasVote, isExcluded, isPersonPresent, isSummoned } from './presence.ts';
import type { RollEntry } from './roster.ts';
import type { MeetingState, SiteState, VoteState } from './state.ts';
import type { CountingUnit } from './vote-types.ts';

/** Attendance in figures, as all screens show it. */
export interface AttendanceFigures {
  /** Present of those summoned (ATT5). */
  readonly present: number;
  readonly summoned: number;
  /** Whole per cent, rounded down: 84.9 % is not 85 %. Null while nobody is summoned. */
  readonly rate: number | null;
  readonly rateReached: boolean;
  readonly byMode: { readonly [M in PresenceMode]: number };
  /** Official members present, of all on the voting roll (ATT8, ATT9). */
  readonly officialPresent: number;
  readonly official: number;
  readonly quorumReached: boolean;
}

/** @returns the figures of this moment. */
export function attendanceFigures(state: MeetingState): AttendanceFigures {
  const byMode: Record<PresenceMode, number> = {
    expected: 0,
    onSite: 0,
    remote: 0,
    reconnecting: 0,
    away: 0,
    left: 0,
    absentExcused: 0,
    absentUnexcused: 0,
  };
  let [present, summoned, officialPresent, official] = [0, 0, 0, 0];
  for (const entry of Object.values(state.roll)) {
    if (!isExcluded(entry)) byMode[attendanceOf(state, entry.person).presence.mode] += 1;
    const isHere = isPersonPresent(state, entry.person);
    if (isSummoned(state, entry)) {
      summoned += 1;
      if (isHere) present += 1;
    }
    if (hasVote(entry) && (entry.standing !== 'exempt' || isHere)) {
      official += 1;
      if (isHere) officialPresent += 1;
    }
  }
  const threshold = state.facts?.rules.attendanceThreshold ?? 0;
  const quorum = state.facts?.rules.quorum ?? { numerator: 0, denominator: 1 };
  return {
    present,
    summoned,
    rate: summoned === 0 ? null : Math.floor((present * 100) / summoned),
    rateReached: present * 100 >= threshold * summoned,
    byMode,
    officialPresent,
    official,
    quorumReached: officialPresent * quorum.denominator >= official * quorum.numerator,
  };
}

/** @returns the people who sit at the site now, by name. */
export function peopleAt(state: MeetingState, site: SiteId): readonly RollEntry[] {
  return rollByName(state).filter(({ person }) => {
    const { presence } = attendanceOf(state, person);
    return presence.mode === 'onSite' && presence.site === site;
  });
}

const collator = new Intl.Collator('vi');

/** Vietnamese lists go by the given name, which comes last, then by the rest. */
function byGivenName(a: RollEntry, b: RollEntry): number {
  const given = (name: string) => name.slice(name.lastIndexOf(' ') + 1);
  return collator.compare(given(a.name), given(b.name)) || collator.compare(a.name, b.name);
}

/** @returns the roll in the order of given names, as Vietnamese lists are. */
export function rollByName(state: MeetingState): readonly RollEntry[] {
  return Object.values(state.roll).sort(byGivenName);
}

/** @returns the sites, the main one first. */
export function sitesInOrder(state: MeetingState): readonly SiteState[] {
  return Object.values(state.sites).sort(
    (a, b) => Number(b.isMain) - Number(a.isMain) || collator.compare(a.name, b.name),
  );
}

/** @returns a person's name in this meeting: of the roll, or of a superior; empty for a stranger. */
export function nameOf(state: MeetingState, person: PersonId): string {
  const before = state.superiorsBefore.find((superior) => superior.person === person)?.name;
  return state.roll[person]?.name ?? state.superiors[person]?.name ?? before ?? '';
}

/** How far one counting unit of a vote is. */
export interface UnitProgress {
  readonly unit: CountingUnit;
  readonly electors: number;
  /** By name: who has marked. By teller: all once the count is confirmed. */
  readonly voted: number;
  readonly count: 'none' | 'mismatch' | 'entered' | 'confirmed';
}

export interface VoteProgress {
  readonly electors: number;
  readonly voted: number;
  readonly units: readonly UnitProgress[];
}

/** VOTE10: who of how many has voted; choices are not asked. */
export function voteProgress(vote: VoteState): VoteProgress {
  const units = vote.units.map((unit): UnitProgress => {
    const electors = unit.electors.length;
    if (unit.method === 'byName' || unit.unit === 'remote') {
      const voted = unit.electors.filter((person) => vote.marked[person] !== undefined).length;
      return { unit, electors, voted, count: 'none' };
    }
    const found = vote.counts[unit.unit];
    if (!found) return { unit, electors, voted: 0, count: 'none' };
    if (found.sum === 'mismatch') return { unit, electors, voted: 0, count: 'mismatch' };
    return found.confirmedBy
      ? { unit, electors, voted: electors, count: 'confirmed' }
      : { unit, electors, voted: 0, count: 'entered' };
  });
  return {
    electors: electorCount(vote.units),
    voted: units.reduce((sum, unit) => sum + unit.voted, 0),
    units,
  };
}

/** What a person can do in a vote, and why not where they can't. */
export type HandState =
  | { readonly kind: 'mayMark' }
  | { readonly kind: 'countedAtSite'; readonly site: SiteId }
  | {
      readonly kind: 'noElector';
      readonly reason: VoteState['opening']['leftOut'][number]['reason'] | 'notOfThisCell';
    };

/** @returns how the person's hand is taken in this vote. */
export function handStateOf(vote: VoteState, person: PersonId): HandState {
  const unit = unitOf(vote, person);
  if (!unit) {
    const left = vote.opening.leftOut.find((entry) => entry.person === person);
    return { kind: 'noElector', reason: left?.reason ?? 'notOfThisCell' };
  }
  if (unit.unit !== 'remote' && unit.method === 'byTeller') return { kind: 'countedAtSite', site: unit.unit };
  return { kind: 'mayMark' };
}

/** Planned against actual time of the programme, milliseconds (AGD3). */
export interface AgendaTime {
  readonly planned: number;
  readonly spent: number;
  /** How far the items so far have run over their plan; negative when ahead. */
  readonly over: number;
}

/** @returns the programme's time up to `now`. */
export function agendaTime(state: MeetingState, now: number): AgendaTime {
  const minute = 60_000;
  const planned = state.agenda.reduce((sum, item) => sum + item.minutes * minute, 0);
  const spent = state.agenda.reduce((sum, item) => sum + timeSpent(item, now), 0);
  const current = currentItem(state);
  const over = state.agenda
    .filter((item) => item.state === 'done')
    .reduce((sum, item) => sum + item.spent - item.minutes * minute, 0);
  const running = current ? Math.max(0, timeSpent(current, now) - current.minutes * minute) : 0;
  return { planned, spent, over: over + running };
}

/** @returns present members who have not spoken yet (SPK5). */
export function notYetSpoken(state: MeetingState): readonly RollEntry[] {
  return rollByName(state).filter(
    ({ person }) => isPersonPresent(state, person) && state.speaking.spoken[person] === undefined,
  );
}
