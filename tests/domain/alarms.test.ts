import type { Actor } from '@diemcau/shared/domain/actor.ts';
import { nextAlarmAfter } from '@diemcau/shared/domain/alarms.ts';
import type { Alarm, AlarmKind } from '@diemcau/shared/domain/alarms-types.ts';
import { emptySummary, foldSummary, summaryAt } from '@diemcau/shared/domain/summary.ts';
import { describe, expect, test } from 'vitest';
import {
  by,
  chair,
  clerk,
  counts,
  electors,
  hybridMeeting,
  items,
  opened,
  people,
  remoteMeeting,
  sites,
  startsAt,
  strangers,
  superior,
  system,
  type TestMeeting,
  terminal,
} from './meeting-builder.ts';

const minutes = 60;

/** The alarms of this moment, out of the log alone. */
function alarmsOf(meeting: TestMeeting, now = meeting.now): readonly Alarm[] {
  return summaryAt(meeting.log.reduce(foldSummary, emptySummary), now)?.alarms ?? [];
}

function find(meeting: TestMeeting, kind: AlarmKind, now?: number): Alarm | undefined {
  return alarmsOf(meeting, now).find((alarm) => alarm.kind === kind);
}

const kindsOf = (meeting: TestMeeting, now?: number) => alarmsOf(meeting, now).map(({ kind }) => kind);

/** A hybrid meeting in which everybody summoned is there, so that nothing calls. */
function calm(): TestMeeting {
  const meeting = hybridMeeting().remotely(people.guestMember);
  meeting.pass(60);
  expect(alarmsOf(meeting)).toEqual([]);
  return meeting;
}

describe('figures of attendance', () => {
  test('SUP6 rateLow and quorumLost wait for the roll call, and stand from the event that broke them', () => {
    const meeting = opened();
    expect(alarmsOf(meeting)).toEqual([]);
    meeting
      .remotely(...electors.slice(0, 3))
      .pass(60)
      .do(clerk, 'completeRollCall');
    const arose = meeting.now;
    expect(alarmsOf(meeting.pass(300))).toMatchObject([
      { kind: 'quorumLost', key: 'quorumLost', since: arose, site: null, person: null },
      { kind: 'rateLow', key: 'rateLow', since: arose },
    ]);
    meeting.remotely(...electors.slice(3, 7));
    expect(kindsOf(meeting)).toEqual(['rateLow']);
    expect(find(meeting, 'rateLow')?.since).toBe(arose);
  });

  test('SUP6 the same cause come back is another alarm', () => {
    const meeting = calm();
    const leave = () => {
      for (const person of [people.cuong, people.committee]) meeting.do(by(person), 'leaveMeeting');
    };
    leave();
    const first = find(meeting, 'rateLow');
    meeting.pass(10).remotely(people.cuong, people.committee);
    expect(find(meeting, 'rateLow')).toBeUndefined();
    meeting.pass(10);
    leave();
    expect(find(meeting, 'rateLow')).toEqual({ ...first, since: meeting.now });
  });

  test('SUP6 nothing calls before the opening, while interrupted, or when it is over', () => {
    const meeting = remoteMeeting();
    meeting.do(chair, 'interruptMeeting', { reason: 'Mất điện' });
    expect(alarmsOf(meeting.pass(99 * minutes))).toEqual([]);
  });
});

describe('lines', () => {
  test('SUP6 linesLost: the chair’s line, from when it was gone until somebody presides', () => {
    const meeting = remoteMeeting().remotely(people.guestMember, people.probationary);
    const report = { restored: [], sitesDark: [], sitesBack: [] };
    meeting.do(system, 'reportLines', { ...report, lost: [people.secretary] });
    const arose = meeting.now;
    expect(find(meeting, 'linesLost')).toMatchObject({ key: 'linesLost', since: arose });
    meeting.pass(60).do(system, 'endGrace', { persons: [people.secretary] });
    expect(find(meeting.pass(30), 'linesLost')?.since).toBe(arose);
    meeting.do(by(people.deputy), 'takeChair');
    expect(find(meeting, 'linesLost')).toBeUndefined();
  });

  test('SUP6 linesLost: more than 10 % of those present reconnecting; exactly 10 % is not', () => {
    const ten = remoteMeeting().remotely(people.guestMember);
    const report = { restored: [], sitesDark: [], sitesBack: [] };
    ten.do(system, 'reportLines', { ...report, lost: [people.an] });
    expect(find(ten, 'linesLost')).toBeUndefined();
    ten.pass(5).do(system, 'reportLines', { ...report, lost: [people.binh] });
    expect(find(ten, 'linesLost')?.since).toBe(ten.now);
    ten.do(system, 'reportLines', { ...report, lost: [], restored: [people.an] });
    expect(find(ten, 'linesLost')).toBeUndefined();
  });

  test('SUP6 siteDark: one for each site, by name, since its line went', () => {
    const meeting = calm();
    const report = { lost: [], restored: [], sitesBack: [] };
    meeting.do(system, 'reportLines', { ...report, sitesDark: [sites.village] });
    expect(alarmsOf(meeting.pass(60))).toEqual([
      {
        kind: 'siteDark',
        key: `siteDark:${sites.village}`,
        since: meeting.now - 60_000,
        site: { id: sites.village, name: 'Thôn Hai' },
        person: null,
      },
    ]);
    meeting.do(system, 'reportLines', { ...report, sitesDark: [], sitesBack: [sites.village] });
    expect(alarmsOf(meeting)).toEqual([]);
  });

  test('SUP6 linesLost: a chair in a hall whose terminal is dark, and whose own device has no line either', () => {
    const meeting = calm();
    const report = { lost: [], restored: [], sitesBack: [] };
    meeting.do(system, 'reportLines', { ...report, sitesDark: [sites.hall] });
    expect(kindsOf(meeting)).toEqual(['siteDark']);
    meeting.do(system, 'reportLines', { ...report, lost: [people.secretary], sitesDark: [] });
    expect(kindsOf(meeting)).toEqual(['siteDark', 'linesLost']);
    meeting.do(system, 'reportLines', { ...report, lost: [], restored: [people.secretary], sitesDark: [] });
    expect(kindsOf(meeting)).toEqual(['siteDark']);
  });
});

describe('programme', () => {
  test('SUP6 runningOver: from the moment at which the items so far run over by more than five minutes', () => {
    const meeting = calm();
    // Three items of ten minutes; the first has been current since the opening.
    const crossing = startsAt + 15 * minutes * 1000;
    expect(find(meeting, 'runningOver', crossing)).toBeUndefined();
    expect(find(meeting, 'runningOver', crossing + 1)).toMatchObject({ key: 'runningOver', since: crossing });
    expect(nextAlarmAfter(meeting.state, startsAt)).toBe(crossing + 1);
    // Nobody looked meanwhile: the log says since when all the same.
    meeting.now = startsAt + 20 * minutes * 1000;
    meeting.do(chair, 'moveAgenda', { to: items.news, leaveAs: 'done' });
    expect(find(meeting, 'runningOver')?.since).toBe(crossing);
    // Eight minutes early at the second item: within the five again.
    meeting.pass(2 * minutes).do(chair, 'moveAgenda', { to: items.discussion, leaveAs: 'done' });
    expect(find(meeting, 'runningOver')).toBeUndefined();
    const again = meeting.now + (10 + 3) * minutes * 1000;
    expect(find(meeting, 'runningOver', again + 1)?.since).toBe(again);
  });

  test('SUP6 runningOver: the clock stands still while the meeting is suspended', () => {
    const meeting = calm();
    meeting.do(chair, 'suspendMeeting', { reason: 'Nghỉ giải lao' });
    expect(find(meeting.pass(3600), 'runningOver')).toBeUndefined();
    meeting.do(chair, 'continueMeeting');
    expect(find(meeting.pass(14 * minutes), 'runningOver')).toBeUndefined();
    expect(find(meeting.pass(2 * minutes), 'runningOver')?.since).toBe(meeting.now - 2 * minutes * 1000);
  });

  test('SUP6 inPersonOnly and superiorCalled: while such an item is current', () => {
    const meeting = calm();
    const item = { title: 'Mục', presenter: null, minutes: 5, draftDecision: null };
    meeting.do(chair, 'addAgendaItem', {
      item: { ...item, kind: 'other', inPersonOnly: true },
      after: items.opening,
    });
    meeting.do(chair, 'addAgendaItem', { item: { ...item, kind: 'superior' }, after: items.news });
    const [, closed, , speech] = meeting.state.agenda;
    if (!closed || !speech) throw new Error('the items are not there');
    meeting.do(chair, 'moveAgenda', { to: closed.id, leaveAs: 'done' });
    expect(alarmsOf(meeting)).toMatchObject([{ kind: 'inPersonOnly', since: meeting.now, person: null }]);
    meeting.pass(60).do(chair, 'moveAgenda', { to: speech.id, leaveAs: 'done' });
    expect(alarmsOf(meeting)).toMatchObject([{ kind: 'superiorCalled', since: meeting.now, person: null }]);
  });

  test('SUP6 superiorCalled: the superior who was granted the floor, alone', () => {
    const meeting = calm();
    meeting.do(superior, 'attendAsSuperior');
    meeting.do(superior, 'askToSpeak', { kind: 'speech' });
    const [request] = meeting.state.speaking.queue;
    if (!request) throw new Error('nobody waits');
    meeting.do(chair, 'grantFloor', { request: request.id, seconds: null });
    const arose = meeting.now;
    expect(alarmsOf(meeting.pass(30))).toEqual([
      {
        kind: 'superiorCalled',
        key: `superiorCalled:${strangers.superior}`,
        since: arose,
        site: null,
        person: strangers.superior,
      },
    ]);
    meeting.do(superior, 'endSpeech', { request: request.id });
    expect(alarmsOf(meeting)).toEqual([]);
  });
});

describe('votes', () => {
  test('SUP6 voteSiteMissing: each counted site without a confirmed count, once the least time is over', () => {
    const meeting = calm();
    const vote = meeting.openVote();
    const due = meeting.now + 30_000;
    expect(find(meeting, 'voteSiteMissing', due)).toBeUndefined();
    const missing = { key: `voteSiteMissing:${sites.village}`, since: due, site: { name: 'Thôn Hai' } };
    expect(find(meeting, 'voteSiteMissing', due + 1)).toMatchObject(missing);
    meeting.pass(50).count(vote, sites.village, counts(3, 0, 0, 0));
    expect(find(meeting, 'voteSiteMissing')).toMatchObject(missing);
    meeting.do(clerk, 'confirmCount', { vote, site: sites.village });
    expect(alarmsOf(meeting)).toEqual([]);
    meeting.pass(10).do(chair, 'reopenCount', { vote, site: sites.village, reason: 'Đếm lại' });
    expect(find(meeting.pass(10), 'voteSiteMissing')?.since).toBe(meeting.now - 10_000);
  });

  test('SUP6 countMismatch: numbers that do not add up, until they are entered right or the vote is gone', () => {
    const meeting = calm();
    const vote = meeting.openVote();
    const enter = (numbers: ReturnType<typeof counts>, actor: Actor = terminal(sites.village)) =>
      meeting.do(actor, 'enterCount', { vote, site: sites.village, counts: numbers });
    enter(counts(9, 0, 0, 0));
    expect(alarmsOf(meeting)).toMatchObject([
      { kind: 'countMismatch', since: meeting.now, site: { id: sites.village, name: 'Thôn Hai' } },
    ]);
    const arose = meeting.now;
    meeting.pass(5);
    enter(counts(8, 0, 0, 0));
    expect(find(meeting, 'countMismatch')?.since).toBe(arose);
    enter(counts(3, 0, 0, 0));
    expect(find(meeting, 'countMismatch')).toBeUndefined();
  });
});
