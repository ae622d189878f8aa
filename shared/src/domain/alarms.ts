import type { SiteId } from '../ids.ts';
import { currentItem } from './agenda.ts';
import { type Alarm, type AlarmKind, alarmKinds } from './alarms-types.ts';
import { chairGoneSince } from './chair.ts';
import { entriesOf } from './evolution.ts';
import { attendanceOf } from './presence.ts';
import { attendanceFigures } from './selectors.ts';
import type { AgendaItem, MeetingState, SiteState, VoteState } from './state.ts';

const minute = 60_000;
/** How far a programme may run over before it calls for an eye, milliseconds. */
const overTolerated = 5 * minute;

/** A cause as the state shows it. `since` is null where only the log tells: then it arose with the event that brought it. */
interface Cause extends Omit<Alarm, 'since'> {
  readonly since: number | null;
}

function cause(kind: AlarmKind, since: number | null): Cause {
  return { kind, key: kind, since, site: null, person: null };
}

function causeAt(kind: AlarmKind, { id, name }: Pick<SiteState, 'id' | 'name'>, since: number | null): Cause {
  return { kind, key: `${kind}:${id}`, since, site: { id, name }, person: null };
}

function isRunning({ phase }: MeetingState): boolean {
  return phase === 'open' || phase === 'suspended';
}

/** While the roll call lasts the figures of attendance call nobody: people are still coming. */
function hasFigures({ phase, rollCall }: MeetingState): boolean {
  return phase === 'open' && rollCall === 'done';
}

function attendanceCauses(state: MeetingState): readonly Cause[] {
  const { quorumReached, rateReached, byMode } = attendanceFigures(state);
  const causes: Cause[] = [];
  if (hasFigures(state) && !quorumReached) causes.push(cause('quorumLost', null));
  if (hasFigures(state) && !rateReached) causes.push(cause('rateLow', null));
  const present = byMode.onSite + byMode.remote + byMode.reconnecting + byMode.away;
  const warning = state.facts?.rules.reconnectingWarning ?? 100;
  if (isChairCutOff(state) || byMode.reconnecting * 100 > warning * present) {
    causes.push(cause('linesLost', null));
  }
  return causes;
}

/** As {@link chairGoneSince}, but a chair who has not come yet, or is known to be absent, has no line to lose. */
function isChairCutOff(state: MeetingState): boolean {
  const chair = state.officers?.chair;
  if (chair === undefined || chairGoneSince(state) === null) return false;
  const { mode } = attendanceOf(state, chair).presence;
  return mode === 'reconnecting' || mode === 'left' || mode === 'onSite';
}

function siteCauses(state: MeetingState): readonly Cause[] {
  return Object.values(state.sites).flatMap((site) =>
    site.terminal?.line === 'dark' ? [causeAt('siteDark', site, site.terminal.lineSince)] : [],
  );
}

function itemCauses(state: MeetingState): readonly Cause[] {
  const item = currentItem(state);
  const causes: Cause[] = [];
  if (item?.kind === 'superior') causes.push(cause('superiorCalled', null));
  if (item?.inPersonOnly) causes.push(cause('inPersonOnly', null));
  return causes;
}

function speakerCauses({ speaking: { speech }, superiors }: MeetingState): readonly Cause[] {
  const person = speech?.request.person;
  if (!speech || person === undefined || !superiors[person]) return [];
  return [
    {
      kind: 'superiorCalled',
      key: `superiorCalled:${person}`,
      since: speech.startedAt,
      site: null,
      person,
    },
  ];
}

function openVoteOf(state: MeetingState): VoteState | null {
  const vote = state.openVote === null ? undefined : state.votes[state.openVote];
  return vote?.phase === 'open' ? vote : null;
}

function mismatchCauses(state: MeetingState): readonly Cause[] {
  const vote = openVoteOf(state);
  return entriesOf(vote?.counts ?? {}).flatMap(([id, { sum }]) => {
    const site = state.sites[id as SiteId];
    return sum === 'mismatch' && site ? [causeAt('countMismatch', site, null)] : [];
  });
}

/** @returns sites whose hands a teller counts and whose count nobody has confirmed yet. */
export function sitesMissing(state: MeetingState, vote: VoteState): readonly SiteState[] {
  return vote.units.flatMap(({ unit, method }) => {
    if (unit === 'remote' || method !== 'byTeller' || vote.counts[unit]?.confirmedBy) return [];
    const site = state.sites[unit];
    return site ? [site] : [];
  });
}

function dueAt(state: MeetingState, vote: VoteState): number {
  return vote.openedAt + (state.facts?.rules.minimumVote ?? 0) * 1000;
}

/** @returns how far the items that are done ran over their plan together, milliseconds; negative when ahead. */
export function overBefore(state: MeetingState): number {
  return state.agenda
    .filter((item) => item.state === 'done')
    .reduce((sum, item) => sum + item.spent - item.minutes * minute, 0);
}

/**
 * The moment at which the programme crosses what is tolerated if nothing happens; null when it never does by itself, minus
 * infinity when it stands beyond already.
 */
function overCrossing(state: MeetingState, item: AgendaItem | null): number | null {
  const room = overTolerated - overBefore(state);
  if (room < 0) return Number.NEGATIVE_INFINITY;
  if (!item) return null;
  const left = item.minutes * minute - item.spent + room;
  if (item.startedAt === null) return left < 0 ? Number.NEGATIVE_INFINITY : null;
  return item.startedAt + left;
}

/** A cause that the passing of time brings without an event, and the moment after which it stands. */
interface TimedCause extends Cause {
  readonly after: number;
}

function timedCauses(state: MeetingState): readonly TimedCause[] {
  if (!isRunning(state)) return [];
  const causes: TimedCause[] = [];
  const crossing = overCrossing(state, currentItem(state));
  if (crossing !== null) causes.push({ ...cause('runningOver', null), after: crossing });
  const vote = openVoteOf(state);
  if (vote) {
    const after = dueAt(state, vote);
    for (const site of sitesMissing(state, vote)) {
      causes.push({ ...causeAt('voteSiteMissing', site, null), after });
    }
  }
  return causes;
}

const attendanceKinds: ReadonlySet<AlarmKind> = new Set(['quorumLost', 'rateLow', 'linesLost']);

function attendanceChanged(before: MeetingState, after: MeetingState): boolean {
  return (
    before.attendance !== after.attendance ||
    before.roll !== after.roll ||
    before.phase !== after.phase ||
    before.rollCall !== after.rollCall ||
    before.officers !== after.officers ||
    before.chairLine !== after.chairLine ||
    before.facts !== after.facts ||
    before.sites !== after.sites
  );
}

function othersChanged(before: MeetingState, after: MeetingState): boolean {
  return (
    before.phase !== after.phase ||
    before.agenda !== after.agenda ||
    before.sites !== after.sites ||
    before.superiors !== after.superiors ||
    before.facts !== after.facts ||
    before.speaking.speech !== after.speaking.speech ||
    voteChanged(before, after)
  );
}

/** Marks leave everything as it was that an alarm looks at. */
function voteChanged(before: MeetingState, after: MeetingState): boolean {
  if (before.votes === after.votes) return before.openVote !== after.openVote;
  const [vote, next] = [openVoteOf(before), openVoteOf(after)];
  return (
    before.openVote !== after.openVote ||
    vote?.phase !== next?.phase ||
    vote?.counts !== next?.counts ||
    vote?.units !== next?.units
  );
}

function byWeight(a: Alarm, b: Alarm): number {
  return alarmKinds.indexOf(a.kind) - alarmKinds.indexOf(b.kind) || (a.key < b.key ? -1 : 1);
}

const none: readonly Alarm[] = [];

/**
 * The alarms that stand at `now`, given the fold of the state's log: time alone brings more of them, and takes none away.
 * The same list where it brings none.
 */
export function alarmsAt(state: MeetingState, alarms: readonly Alarm[], now: number): readonly Alarm[] {
  const arisen = timedCauses(state).filter(
    ({ key, after }) => after < now && !alarms.some((alarm) => alarm.key === key),
  );
  if (arisen.length === 0) return alarms;
  const added = arisen.map(
    ({ after, ...rest }): Alarm => ({ ...rest, since: Number.isFinite(after) ? after : state.at }),
  );
  return [...alarms, ...added].sort(byWeight);
}

/** @returns the next moment after `now` at which time alone brings an alarm; null when it brings none. */
export function nextAlarmAfter(state: MeetingState, now: number): number | null {
  const coming = timedCauses(state).flatMap(({ after }) => (after >= now ? [after + 1] : []));
  return coming.length === 0 ? null : Math.min(...coming);
}

/**
 * One step of the fold of alarms over a meeting's log: from the state and alarms before an event to those after it. An
 * alarm keeps its `since` for as long as its cause lasts; so the log alone says since when, whoever folds it and when.
 * What time brought is taken in at the next event that concerns an alarm: {@link alarmsAt} tells it meanwhile.
 */
export function alarmsAfter(
  before: MeetingState,
  alarms: readonly Alarm[],
  after: MeetingState,
): readonly Alarm[] {
  if (!isRunning(after)) return none;
  const attendance = attendanceChanged(before, after);
  if (!attendance && !othersChanged(before, after)) return alarms;
  const stood = alarmsAt(before, alarms, after.at);
  const since = (found: Cause) =>
    found.since ?? stood.find(({ key }) => key === found.key)?.since ?? after.at;
  const standing = (found: readonly Cause[]) => found.map((one): Alarm => ({ ...one, since: since(one) }));
  const timed = timedCauses(after).flatMap(({ after: from, ...rest }) => (from < after.at ? [rest] : []));
  return [
    ...(attendance
      ? standing(attendanceCauses(after))
      : stood.filter(({ kind }) => attendanceKinds.has(kind))),
    ...standing([
      ...speakerCauses(after),
      ...itemCauses(after),
      ...mismatchCauses(after),
      ...siteCauses(after),
      ...timed,
    ]),
  ].sort(byWeight);
}
