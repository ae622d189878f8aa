import type { SiteId } from '../ids.ts';
import { currentItem } from './agenda.ts';
import { alarmsAfter, alarmsAt, overBefore, sitesMissing } from './alarms.ts';
import type { Alarm } from './alarms-types.ts';
import type { LoggedEvent } from './events.ts';
import { entriesOf } from './evolution.ts';
import { emptyMeeting, evolve } from './meeting.ts';
import { attendanceFigures, nameOf, sitesInOrder, voteProgress } from './selectors.ts';
import type { MeetingState } from './state.ts';
import { type MeetingSummary, type OpenSuperior, summaryVersion } from './summary-types.ts';

/**
 * How far the summary's fold over a log has come: the meeting's state, and the alarms that its events have brought.
 * Plain JSON; going on from it gives what folding from the beginning gives.
 */
export interface SummaryFold {
  readonly state: MeetingState;
  readonly alarms: readonly Alarm[];
}

/** The fold of an empty log. */
export const emptySummary: SummaryFold = { state: emptyMeeting, alarms: [] };

/** @returns the fold with one event more. */
export function foldSummary(fold: SummaryFold, event: LoggedEvent): SummaryFold {
  const state = evolve(fold.state, event);
  return { state, alarms: alarmsAfter(fold.state, fold.alarms, state) };
}

/**
 * The summary at `now` (milliseconds since 1970). Alarms that time alone has brought since the last event are in it.
 * @returns null before the meeting was created.
 */
export function summaryAt({ state, alarms }: SummaryFold, now: number): MeetingSummary | null {
  if (!state.facts) return null;
  const { meetingId, cellId, cellName, title, kind, startsAt } = state.facts;
  return {
    version: summaryVersion,
    seq: state.seq,
    meetingId,
    cellId,
    cellName,
    title,
    kind,
    phase: state.phase,
    startsAt,
    openedAt: state.openedAt,
    rollCall: state.rollCall,
    chair: state.officers && {
      person: state.officers.chair,
      name: nameOf(state, state.officers.chair),
    },
    attendance: attendancePart(state),
    sites: sitesPart(state),
    item: itemPart(state),
    overBefore: overBefore(state),
    speaker: speakerPart(state),
    queue: state.speaking.queue.length,
    vote: votePart(state),
    superiors: openSuperiors(state.superiors),
    followers: openSuperiors(state.followers).filter(({ person }) => !state.superiors[person]),
    alarms: alarmsAt(state, alarms, now),
  };
}

function attendancePart(state: MeetingState): MeetingSummary['attendance'] {
  const { byMode, present, summoned, rate, rateReached, officialPresent, official, quorumReached } =
    attendanceFigures(state);
  return {
    present,
    summoned,
    rate,
    threshold: state.facts?.rules.attendanceThreshold ?? 0,
    rateReached,
    onSite: byMode.onSite,
    remote: byMode.remote,
    reconnecting: byMode.reconnecting,
    away: byMode.away,
    officialPresent,
    official,
    quorumReached,
    quorum: state.facts?.rules.quorum ?? { numerator: 0, denominator: 1 },
  };
}

function sitesPart(state: MeetingState): MeetingSummary['sites'] {
  const present = new Map<SiteId, number>();
  for (const { presence } of Object.values(state.attendance)) {
    if (presence.mode === 'onSite') present.set(presence.site, (present.get(presence.site) ?? 0) + 1);
  }
  return sitesInOrder(state).map(({ id, name, isMain, terminal }) => ({
    id,
    name,
    isMain,
    line: terminal?.line ?? 'closed',
    present: present.get(id) ?? 0,
  }));
}

function itemPart(state: MeetingState): MeetingSummary['item'] {
  const item = currentItem(state);
  if (!item) return null;
  const { id, title, kind, minutes, startedAt, spent, inPersonOnly } = item;
  const place = state.agenda.indexOf(item) + 1;
  return { id, title, kind, place, of: state.agenda.length, minutes, startedAt, spent, inPersonOnly };
}

function speakerPart({ speaking: { speech } }: MeetingState): MeetingSummary['speaker'] {
  if (!speech) return null;
  const { person, name } = speech.request;
  return { person, name, startedAt: speech.startedAt, endsAt: speech.endsAt };
}

/** How many have voted, never what (SUP6). */
function votePart(state: MeetingState): MeetingSummary['vote'] {
  const vote = state.openVote === null ? undefined : state.votes[state.openVote];
  if (!vote || (vote.phase !== 'open' && vote.phase !== 'closed')) return null;
  const { voted, electors } = voteProgress(vote);
  return {
    id: vote.opening.vote,
    question: vote.opening.question,
    phase: vote.phase,
    openedAt: vote.openedAt,
    voted,
    electors,
    missing: sitesMissing(state, vote).map(({ name }) => name),
  };
}

function openSuperiors(superiors: MeetingState['superiors'] | MeetingState['followers']) {
  return entriesOf<keyof typeof superiors & string, { readonly name: string; readonly office: string }>(
    superiors,
  ).map(([person, { name, office }]): OpenSuperior => ({ person, name, office }));
}
