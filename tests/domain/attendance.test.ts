import { commandsDue } from '@diemcau/shared/domain/due.ts';
import { attendanceOf, isPersonPresent } from '@diemcau/shared/domain/presence.ts';
import { attendanceFigures, peopleAt } from '@diemcau/shared/domain/selectors.ts';
import type { PersonId } from '@diemcau/shared/ids.ts';
import { describe, expect, test } from 'vitest';
import {
  by,
  clerk,
  created,
  electors,
  hybridMeeting,
  lineReport,
  onSite,
  opened,
  people,
  remote,
  remoteMeeting,
  sealed,
  sites,
  strangers,
  summoned,
  system,
  type TestMeeting,
  terminal,
} from './meeting-builder.ts';

const presence = (meeting: TestMeeting, person: PersonId) => attendanceOf(meeting.state, person).presence;

describe('ATT1', () => {
  test('ATT1 one terminal carries many named members, each with a presence of their own', () => {
    const meeting = opened().openSite(sites.village);
    meeting.atSite(sites.village, people.an, people.binh, people.leader);
    meeting.openSite(sites.hall).atSite(sites.hall, people.dung).remotely(people.cuong);
    expect(peopleAt(meeting.state, sites.village).map(({ person }) => person)).toEqual([
      people.an,
      people.binh,
      people.leader,
    ]);
    meeting.do(by(people.an), 'leaveMeeting');
    expect(presence(meeting, people.an)).toEqual({ mode: 'left' });
    expect(presence(meeting, people.binh)).toEqual(onSite(sites.village));
  });

  test('ATT1 a person is present once, however many devices say so', () => {
    const meeting = opened().remotely(people.an);
    expect(meeting.do(by(people.an), 'checkIn', { place: remote })).toEqual([]);
    expect(attendanceFigures(meeting.state).present).toBe(1);
  });
});

describe('ATT2', () => {
  test('ATT2 a change names its time, source and actor', () => {
    const meeting = opened().pass(5);
    meeting.do(by(people.an), 'checkIn', { place: remote });
    expect(attendanceOf(meeting.state, people.an)).toEqual({
      presence: remote,
      provisional: false,
      source: 'self',
      since: meeting.now,
      arrivedAt: meeting.now,
      presentBefore: 0,
    });
    const by_ = { kind: 'person', person: people.an };
    expect(meeting.log.at(-1)).toMatchObject({ type: 'attendanceChanged', data: { by: by_ } });
    meeting.do(clerk, 'recordAttendance', { person: people.an, entry: { mode: 'left' } });
    expect(attendanceOf(meeting.state, people.an)).toMatchObject({
      presence: { mode: 'left' },
      source: 'clerk',
    });
    meeting.openSite(sites.village).do(terminal(sites.village), 'checkInAtSite', { person: people.an });
    expect(attendanceOf(meeting.state, people.an).source).toBe('site');
  });

  test('ATT2 away on duty is one tap, and coming back returns to the place', () => {
    const meeting = hybridMeeting();
    meeting.do(by(people.an), 'stepAway');
    expect(presence(meeting, people.an)).toEqual({ mode: 'away', from: onSite(sites.village) });
    expect(meeting.do(by(people.an), 'stepAway')).toEqual([]);
    expect(isPersonPresent(meeting.state, people.an)).toBe(true);
    meeting.do(by(people.an), 'comeBack');
    expect(presence(meeting, people.an)).toEqual(onSite(sites.village));
    expect(meeting.do(by(people.an), 'comeBack')).toEqual([]);
  });

  test('ATT2 who is not there can neither step away nor come back, nor be noted as away', () => {
    const meeting = opened();
    expect(meeting.refusal(by(people.an), 'stepAway').code).toBe('notPresent');
    expect(meeting.refusal(by(people.an), 'comeBack').code).toBe('notPresent');
    const away = { person: people.an, entry: { mode: 'away' } } as const;
    expect(meeting.refusal(clerk, 'recordAttendance', away).code).toBe('notPresent');
    meeting.remotely(people.an).do(clerk, 'recordAttendance', away);
    expect(presence(meeting, people.an)).toEqual({ mode: 'away', from: remote });
  });

  test('ATT2 lost lines make one event for all of a tick; grace ends after 60 s and not before', () => {
    const meeting = remoteMeeting();
    const events = meeting.do(system, 'reportLines', lineReport({ lost: [people.an, people.binh] }));
    expect(events).toHaveLength(1);
    expect(presence(meeting, people.an)).toEqual({ mode: 'reconnecting', graceEndsAt: meeting.now + 60_000 });
    expect(commandsDue(meeting.state, meeting.now + 59_999)).toEqual([]);
    meeting.pass(20).do(system, 'reportLines', lineReport({ restored: [people.binh] }));
    expect(presence(meeting, people.binh)).toEqual(remote);
    meeting.pass(40);
    expect(commandsDue(meeting.state, meeting.now)).toEqual([{ type: 'endGrace', persons: [people.an] }]);
    meeting.do(system, 'endGrace', { persons: [people.an, people.binh] });
    expect(presence(meeting, people.an)).toEqual({ mode: 'left' });
    expect(presence(meeting, people.binh)).toEqual(remote);
  });

  test('ATT2 grace is ended by the clock of the decision, not by the wish', () => {
    const meeting = remoteMeeting();
    meeting.do(system, 'reportLines', lineReport({ lost: [people.an] }));
    expect(meeting.pass(59).do(system, 'endGrace', { persons: [people.an, people.binh] })).toEqual([]);
  });

  test('ATT2 who was taken for gone is remote again as soon as the line is back; who left by will is not', () => {
    const meeting = remoteMeeting();
    meeting.do(system, 'reportLines', lineReport({ lost: [people.an] }));
    meeting.pass(60).do(system, 'endGrace', { persons: [people.an] });
    meeting.do(by(people.binh), 'leaveMeeting');
    meeting.do(system, 'reportLines', lineReport({ restored: [people.an, people.binh] }));
    expect(presence(meeting, people.an)).toEqual(remote);
    expect(presence(meeting, people.binh)).toEqual({ mode: 'left' });
  });

  test('ATT2 a line says nothing of who sits in a hall, is away or never came', () => {
    const meeting = hybridMeeting();
    meeting.do(by(people.cuong), 'stepAway');
    expect(
      meeting.do(system, 'reportLines', lineReport({ lost: [people.an, people.cuong, people.exempt] })),
    ).toEqual([]);
  });

  test('ATT2 nobody steps away, comes back or leaves after the end', () => {
    const meeting = sealed();
    for (const type of ['stepAway', 'comeBack', 'leaveMeeting'] as const) {
      expect(meeting.refusal(by(people.an), type).code).toBe('meetingOver');
    }
    expect(meeting.refusal(by(people.exempt), 'checkIn', { place: remote }).code).toBe('meetingOver');
  });

  test('ATT2 leaving is final until the next check-in, and repeats nothing', () => {
    const meeting = remoteMeeting();
    meeting.do(by(people.an), 'leaveMeeting');
    expect(meeting.do(by(people.an), 'leaveMeeting')).toEqual([]);
    meeting.remotely(people.an);
    expect(presence(meeting, people.an)).toEqual(remote);
  });
});

describe('ATT3', () => {
  test('ATT3 the roll call goes site by site and names the one that is missing', () => {
    const meeting = opened().openSite(sites.village);
    meeting.do(terminal(sites.village), 'checkInAtSite', { person: people.an });
    expect(meeting.refusal(clerk, 'completeRollCall')).toEqual({
      code: 'siteRollCallMissing',
      params: { site: 'Thôn Hai' },
    });
    meeting.do(by(people.leader), 'confirmSiteRollCall', { site: sites.village });
    meeting.do(clerk, 'completeRollCall');
    expect(presence(meeting, people.binh)).toEqual({ mode: 'absentUnexcused' });
  });

  test('ATT3 completing it makes absent who was summoned and not reached, nobody else', () => {
    const meeting = opened().remotely(people.an);
    meeting.do(clerk, 'recordAttendance', {
      person: people.binh,
      entry: { mode: 'absentExcused', reason: 'Ốm' },
    });
    meeting.do(clerk, 'completeRollCall');
    expect(presence(meeting, people.an)).toEqual(remote);
    expect(presence(meeting, people.binh)).toEqual({ mode: 'absentExcused' });
    expect(presence(meeting, people.cuong)).toEqual({ mode: 'absentUnexcused' });
    for (const person of [people.exempt, people.duty, people.suspended, people.transferred]) {
      expect(presence(meeting, person)).toEqual({ mode: 'expected' });
    }
  });

  test('ATT3 the clerk corrects any entry until the meeting closes, and the log keeps the earlier one', () => {
    const meeting = remoteMeeting();
    meeting.do(clerk, 'recordAttendance', { person: people.exempt, entry: { mode: 'absentUnexcused' } });
    meeting.do(clerk, 'recordAttendance', {
      person: people.exempt,
      entry: { mode: 'onSite', site: sites.hall },
    });
    const entries = meeting.log.filter(
      ({ type, data }) => type === 'attendanceChanged' && data && data.person === people.exempt,
    );
    expect(entries).toHaveLength(2);
    expect(attendanceOf(meeting.state, people.exempt)).toMatchObject({
      presence: onSite(sites.hall),
      provisional: false,
    });
    const late = { person: people.an, entry: { mode: 'left' } } as const;
    expect(sealed().refusal(clerk, 'recordAttendance', late).code).toBe('meetingOver');
  });

  test('ATT3 a mistaken entry is taken back while the roll call lasts, and its reason with it', () => {
    const meeting = opened();
    const wrong = { person: people.an, entry: { mode: 'absentExcused', reason: 'Ốm' } } as const;
    const back = { person: people.an, entry: { mode: 'expected' } } as const;
    meeting.do(clerk, 'recordAttendance', wrong);
    meeting.do(clerk, 'recordAttendance', back);
    expect(presence(meeting, people.an)).toEqual({ mode: 'expected' });
    expect(meeting.state.absenceReasons).toEqual({});
    expect(meeting.log.filter(({ type }) => type === 'absenceReasonNoted')).toHaveLength(1);
    meeting.do(clerk, 'completeRollCall');
    expect(meeting.refusal(clerk, 'recordAttendance', back).code).toBe('rollCallAlreadyDone');
  });

  test('ATT3 only an absence with a reason notes one', () => {
    const types = (['absentExcused', 'absentUnexcused', 'left'] as const).map((mode) =>
      opened()
        .do(clerk, 'recordAttendance', { person: people.an, entry: { mode, reason: 'Ốm' } })
        .map(({ type }) => type),
    );
    expect(types).toEqual([
      ['attendanceChanged', 'absenceReasonNoted'],
      ['attendanceChanged'],
      ['attendanceChanged'],
    ]);
  });

  test('ATT3 before the opening too, but not before the summons', () => {
    const excused = { person: people.an, entry: { mode: 'absentExcused', reason: 'Ốm' } } as const;
    expect(created().refusal(clerk, 'recordAttendance', excused).code).toBe('meetingNotSummoned');
    const meeting = summoned();
    meeting.do(clerk, 'recordAttendance', excused);
    expect(meeting.state.absenceReasons).toEqual({ [people.an]: 'Ốm' });
    expect(meeting.log.at(-2)).not.toMatchObject({ data: { reason: 'Ốm' } });
  });

  test.each([
    ['who is not on the roll', strangers.other, 'personNotSummoned'],
    ['the suspended', people.suspended, 'personExcluded'],
    ['the transferred', people.transferred, 'personExcluded'],
  ])('ATT3 no entry for %s', (_, person, code) => {
    const meeting = opened().openSite(sites.hall);
    expect(meeting.refusal(clerk, 'recordAttendance', { person, entry: { mode: 'remote' } }).code).toBe(code);
    expect(meeting.refusal(terminal(sites.hall), 'checkInAtSite', { person }).code).toBe(code);
  });

  test('ATT3 a site that the meeting does not have is refused', () => {
    const meeting = opened();
    const nowhere = onSite(strangers.other as never);
    expect(meeting.refusal(by(people.an), 'checkIn', { place: nowhere }).code).toBe('siteUnknown');
    expect(meeting.refusal(clerk, 'recordAttendance', { person: people.an, entry: nowhere }).code).toBe(
      'siteUnknown',
    );
  });
});

describe('ATT5', () => {
  test('ATT5 the rate is present through summoned, rounded down', () => {
    const meeting = opened();
    // Nine electors, the probationary, the temporary member and the detained one are summoned.
    expect(attendanceFigures(meeting.state)).toMatchObject({
      present: 0,
      summoned: 12,
      rate: 0,
      rateReached: false,
    });
    meeting.remotely(...electors, people.probationary);
    expect(attendanceFigures(meeting.state)).toMatchObject({ present: 10, rate: 83, rateReached: false });
    meeting.remotely(people.guestMember);
    expect(attendanceFigures(meeting.state)).toMatchObject({ present: 11, rate: 91, rateReached: true });
  });

  test('ATT5 exempt members and those on special duty count on both sides once they come', () => {
    const meeting = opened().remotely(people.exempt, people.duty);
    expect(attendanceFigures(meeting.state)).toMatchObject({ present: 2, summoned: 14 });
    meeting.do(by(people.exempt), 'leaveMeeting');
    expect(attendanceFigures(meeting.state)).toMatchObject({ present: 1, summoned: 13 });
  });

  test('ATT5 84.9 per cent is not 85: the threshold is compared in whole people', () => {
    const meeting = opened({ attendanceThreshold: 84 }).remotely(...electors, people.probationary);
    expect(attendanceFigures(meeting.state).rateReached).toBe(false);
    const lower = opened({ attendanceThreshold: 83 }).remotely(...electors, people.probationary);
    expect(attendanceFigures(lower.state).rateReached).toBe(true);
  });

  test('ATT5 who left is present no more; who is reconnecting or away is', () => {
    const meeting = opened().remotely(people.an, people.binh, people.cuong);
    meeting.do(by(people.an), 'leaveMeeting');
    meeting.do(by(people.binh), 'stepAway');
    meeting.do(system, 'reportLines', lineReport({ lost: [people.cuong] }));
    expect(attendanceFigures(meeting.state)).toMatchObject({
      present: 2,
      byMode: { left: 1, away: 1, reconnecting: 1, remote: 0 },
    });
  });
});

describe('ATT8', () => {
  test('ATT8 quorum warns under two thirds of the official members and bars nothing', () => {
    const meeting = opened().remotely(...electors.slice(0, 6));
    // The voting roll: nine electors and the one on special duty.
    expect(attendanceFigures(meeting.state)).toMatchObject({
      officialPresent: 6,
      official: 10,
      quorumReached: false,
    });
    meeting.do(clerk, 'completeRollCall');
    expect(meeting.openVote()).toBeDefined();
    meeting.remotely(electors[6] as PersonId);
    expect(attendanceFigures(meeting.state)).toMatchObject({ officialPresent: 7, quorumReached: true });
  });
});

describe('ATT9', () => {
  test('ATT9 the roll of the rate and the roll of votes are two', () => {
    const meeting = opened().remotely(people.an, people.probationary, people.guestMember, people.detained);
    expect(attendanceFigures(meeting.state)).toMatchObject({
      present: 4,
      summoned: 12,
      officialPresent: 1,
      official: 10,
    });
  });
});
