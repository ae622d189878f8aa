import {
  audienceOf,
  eventFor,
  isForAll,
  mayRead,
  type Viewer,
  viewerOf,
} from '@diemcau/shared/domain/audience.ts';
import type { EventType, LoggedEvent } from '@diemcau/shared/domain/events.ts';
import { redact } from '@diemcau/shared/domain/redact.ts';
import { summaryAt } from '@diemcau/shared/domain/summary.ts';
import { describe, expect, test } from 'vitest';
import {
  by,
  chair,
  clerk,
  counts,
  hybridMeeting,
  opened,
  people,
  sites,
  strangers,
  summoned,
  superior,
  terminal,
} from './meeting-builder.ts';

/** Readers of each event; `person` is whom it is about, `hall` the terminal of the site that it is about. */
type Reader = 'officers' | 'person' | 'hall' | 'confirmers' | 'answerers' | 'sender';
const everybody = 'all';

/** Every event type and who reads its data, written from the domain's description. */
const readers: { readonly [T in EventType]: typeof everybody | readonly Reader[] } = {
  meetingCreated: everybody,
  meetingSummoned: everybody,
  meetingPostponed: everybody,
  meetingCancelled: everybody,
  officersNamed: everybody,
  meetingOpened: everybody,
  meetingSuspended: everybody,
  meetingContinued: everybody,
  meetingInterrupted: everybody,
  meetingResumed: everybody,
  meetingClosed: everybody,
  recordSealed: everybody,
  siteOpened: everybody,
  siteWentDark: everybody,
  siteCameBack: everybody,
  siteMethodSet: everybody,
  tellerNamed: everybody,
  attendanceChanged: everybody,
  absenceReasonNoted: ['officers', 'person'],
  chairTaken: everybody,
  chairLineLost: everybody,
  chairLineBack: everybody,
  absenceAnnounced: ['officers', 'person', 'answerers'],
  absenceAnswered: ['officers', 'person', 'answerers'],
  guestRegistered: everybody,
  guestLeft: everybody,
  noGuestsStated: everybody,
  opinionRead: everybody,
  markConflictNoted: ['officers'],
  opinionReserved: everybody,
  ballotRecorded: everybody,
  minutesWorded: everybody,
  supplementProposed: everybody,
  linesLost: everybody,
  linesRestored: everybody,
  graceEnded: everybody,
  siteRollCallConfirmed: everybody,
  rollCallCompleted: everybody,
  superiorArrived: everybody,
  superiorLeft: everybody,
  figuresFollowed: everybody,
  figuresUnfollowed: everybody,
  superiorFocused: everybody,
  superiorUnfocused: everybody,
  messageReceived: ['officers', 'sender'],
  superiorRegistered: everybody,
  superiorDismissed: everybody,
  agendaItemAdded: everybody,
  agendaItemEdited: everybody,
  agendaReordered: everybody,
  agendaMoved: everybody,
  agendaItemMarked: everybody,
  floorRequested: everybody,
  floorRequestWithdrawn: everybody,
  queueReordered: everybody,
  floorGranted: everybody,
  speechEnded: everybody,
  freeDiscussionSet: everybody,
  voteOpened: everybody,
  voteMarked: everybody,
  choiceRecorded: ['person'],
  electorMoved: everybody,
  countReceived: everybody,
  countEntered: ['officers', 'person', 'hall', 'confirmers'],
  countConfirmed: everybody,
  countReopened: everybody,
  voteClosed: everybody,
  voteTallied: ['officers'],
  lateMarkNoted: ['officers', 'person'],
  resultAnnounced: everybody,
  voteAnnulled: everybody,
};

/** A log in which every withheld kind of event occurs, about An, about the village and entered by the leader. */
function logOfSecrets() {
  const meeting = summoned();
  meeting.do(by(people.an), 'announceAbsence', { reason: 'Con ốm' });
  meeting.do(by(people.deputy), 'answerAbsence', { person: people.an, answer: 'accepted' });
  meeting.do(chair, 'openMeeting');
  meeting.openSite(sites.village).openSite(sites.hall);
  meeting.do(superior, 'attendAsSuperior');
  meeting.do(superior, 'messageChair', { text: 'Đề nghị rút ngắn', to: ['Chi bộ thôn Hưng Kiều'] });
  meeting.do(clerk, 'recordAttendance', {
    person: people.an,
    entry: { mode: 'absentExcused', reason: 'Con ốm' },
  });
  meeting
    .remotely(people.an, people.committee, people.deputy)
    .atSite(sites.village, people.binh)
    .atSite(sites.hall, people.dung);
  meeting.do(clerk, 'completeRollCall');
  const vote = meeting.openVote();
  meeting.mark(vote, 'against', people.an, people.dung);
  meeting.refusal(terminal(sites.hall), 'castMark', { vote, choice: 'inFavour', person: people.dung });
  // Neither chair nor clerk is checked in, so that a committee member confirms.
  meeting.count(vote, sites.village, counts(1, 0, 0, 0));
  meeting.do(by(people.committee), 'confirmCount', { vote, site: sites.village });
  meeting.close(vote).refusal(by(people.an), 'castMark', { vote, choice: 'inFavour' });
  meeting.do(chair, 'announceResult', { vote });
  return meeting;
}

const viewers: { readonly [name: string]: Viewer & { readonly reads: readonly Reader[] } } = {
  'the chair': { person: people.secretary, site: null, officer: true, reads: ['officers'] },
  'the clerk': { person: people.clerk, site: null, officer: true, reads: ['officers'] },
  An: { person: people.an, site: null, officer: false, reads: ['person'] },
  'who entered the count': { person: people.leader, site: null, officer: false, reads: [] },
  'a committee member': { person: people.committee, site: null, officer: false, reads: ['confirmers'] },
  'the deputy secretary': {
    person: people.deputy,
    site: null,
    officer: false,
    reads: ['confirmers', 'answerers'],
  },
  'another member': { person: people.cuong, site: null, officer: false, reads: [] },
  'the village’s terminal': { person: null, site: sites.village, officer: false, reads: ['hall'] },
  'the hall’s terminal': { person: null, site: sites.hall, officer: false, reads: [] },
  'a superior': { person: strangers.superior, site: null, officer: false, reads: ['sender'] },
  nobody: { person: null, site: null, officer: false, reads: [] },
};

describe('VOTE10 audiences', () => {
  test('VOTE10 every withheld kind of event occurs in the log under test', () => {
    const types = new Set(logOfSecrets().log.map(({ type }) => type));
    for (const [type, who] of Object.entries(readers)) {
      if (who !== everybody) expect([...types]).toContain(type);
    }
  });

  test.each(Object.keys(readers) as EventType[])('VOTE10 %s is for all, or not, as it is written', (type) => {
    expect(isForAll(type)).toBe(readers[type] === everybody);
  });

  test.each(Object.entries(viewers))('VOTE10 %s reads exactly what is theirs', (_, viewer) => {
    for (const event of logOfSecrets().log) {
      const who = readers[event.type];
      const enteredHere = event.type === 'countEntered' && viewer.person === people.leader;
      const expected =
        who === everybody ||
        enteredHere ||
        who.some((reader) => viewer.reads.includes(reader) && (reader !== 'person' || isAboutAn(event)));
      expect([event.type, mayRead(audienceOf(event), viewer)]).toEqual([event.type, expected]);
      expect(eventFor(event, viewer).data !== undefined).toBe(expected);
    }
  });

  test('VOTE10 an envelope carries no salt: a short choice can’t be guessed out of its hash', () => {
    const { log } = logOfSecrets();
    const choice = log.find(({ type }) => type === 'choiceRecorded');
    const seen =
      choice && eventFor(choice, viewerOf(logOfSecrets().state, { person: people.binh, site: null }));
    expect(seen).toEqual({
      seq: choice?.seq,
      type: 'choiceRecorded',
      at: choice?.at,
      hash: choice?.hash,
      dataHash: choice?.dataHash,
    });
  });

  test('VOTE10 what has been withheld once stays withheld on its way on', () => {
    const { log } = logOfSecrets();
    const member: Viewer = { person: people.binh, site: null, officer: false };
    const an: Viewer = { person: people.an, site: null, officer: false };
    for (const event of log)
      expect(eventFor(eventFor(event, member), an).data).toEqual(eventFor(event, member).data);
  });
});

function isAboutAn(event: LoggedEvent): boolean {
  return event.data !== undefined && 'person' in event.data && event.data.person === people.an;
}

describe('SITE4 reasons of absence', () => {
  test('SITE4 a reason of absence reaches officers and the person, and no window of a site', () => {
    const meeting = opened();
    const entry = { mode: 'absentExcused', reason: 'Con ốm' } as const;
    meeting.do(clerk, 'recordAttendance', { person: people.an, entry });
    const { state } = meeting;
    const reasons = Object.fromEntries(
      Object.entries(viewers).map(([name, viewer]) => [
        name,
        redact(state, viewer).absenceReasons[people.an],
      ]),
    );
    expect(reasons).toEqual({
      'the chair': 'Con ốm',
      'the clerk': 'Con ốm',
      An: 'Con ốm',
      'who entered the count': undefined,
      'a committee member': undefined,
      'the deputy secretary': undefined,
      'another member': undefined,
      'the village’s terminal': undefined,
      'the hall’s terminal': undefined,
      'a superior': undefined,
      nobody: undefined,
    });
  });

  test('SITE4 that somebody is absent with a reason is known to all, the reason is not', () => {
    const meeting = opened();
    meeting.do(clerk, 'recordAttendance', {
      person: people.an,
      entry: { mode: 'absentExcused', reason: 'Con ốm' },
    });
    const member: Viewer = { person: people.cuong, site: null, officer: false };
    const seen = JSON.stringify([redact(meeting.state, member), meeting.log.map((e) => eventFor(e, member))]);
    expect(seen).toContain('absentExcused');
    expect(seen).not.toContain('Con ốm');
  });
});

describe('viewers', () => {
  test('VOTE10 who becomes chair or clerk reads as one from then on, who was one no more', () => {
    const meeting = hybridMeeting();
    const an = { person: people.an, site: null };
    expect(viewerOf(meeting.state, an).officer).toBe(false);
    meeting.do(chair, 'nameOfficers', { clerk: people.an });
    expect(viewerOf(meeting.state, an).officer).toBe(true);
    expect(viewerOf(meeting.state, { person: people.clerk, site: null }).officer).toBe(false);
    expect(viewerOf(meeting.state, { person: null, site: sites.hall }).officer).toBe(false);
  });

  test('SUP6 a superior’s summary says how many have voted, never what', () => {
    const meeting = hybridMeeting();
    meeting.do(superior, 'attendAsSuperior');
    const vote = meeting.openVote();
    meeting.mark(vote, 'against', people.cuong);
    meeting.do(terminal(sites.hall), 'castMark', { vote, choice: 'against', person: people.dung });
    const summary = summaryAt({ state: meeting.state, alarms: [] }, meeting.now);
    expect(summary).toMatchObject({
      cellName: 'Chi bộ thôn Hưng Kiều',
      phase: 'open',
      item: { title: 'Mở đầu', place: 1, of: 3, minutes: 10 },
      attendance: { present: 10, summoned: 12 },
      superiors: [{ name: 'Đồng chí Cấp Trên', office: 'Ủy viên Ban Thường vụ Đảng ủy' }],
      vote: { question: 'Thông qua nghị quyết', voted: 2, electors: 9, missing: ['Thôn Hai'] },
    });
    expect(JSON.stringify(summary)).not.toContain('against');
  });
});
