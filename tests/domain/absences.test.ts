import { isPartlyPresent, presentTime } from '@diemcau/shared/domain/presence.ts';
import { quorumHistory } from '@diemcau/shared/domain/quorum-history.ts';
import { absenceStreak, type PastMeeting } from '@diemcau/shared/domain/streaks.ts';
import { describe, expect, test } from 'vitest';
import {
  by,
  chair,
  clerk,
  opened,
  people,
  remoteMeeting,
  sites,
  startsAt,
  summoned,
} from './meeting-builder.ts';

describe('ATT7', () => {
  test('ATT7 an absence is announced with a reason, and the secretary accepts', () => {
    const meeting = summoned();
    meeting.do(by(people.an), 'announceAbsence', { reason: 'Đi công tác' });
    expect(meeting.state.attendance[people.an]).toBeUndefined();
    meeting.do(chair, 'answerAbsence', { person: people.an, answer: 'accepted' });
    expect(meeting.state.attendance[people.an]?.presence.mode).toBe('absentExcused');
    expect(meeting.state.absenceReasons[people.an]).toBe('Đi công tác');
  });

  test('ATT7 a refused one leaves the person expected', () => {
    const meeting = summoned();
    meeting.do(by(people.an), 'announceAbsence', { reason: 'Bận' });
    meeting.do(by(people.deputy), 'answerAbsence', { person: people.an, answer: 'refused' });
    expect(meeting.state.attendance[people.an]?.presence.mode).toBe('expected');
    expect(meeting.state.announced[people.an]?.answer).toBe('refused');
  });

  test('ATT7 who comes all the same stays present whatever is answered', () => {
    const meeting = summoned();
    meeting.do(by(people.an), 'announceAbsence', { reason: 'Bận' });
    meeting.remotely(people.an);
    meeting.do(chair, 'answerAbsence', { person: people.an, answer: 'accepted' });
    expect(meeting.state.attendance[people.an]?.presence.mode).toBe('remote');
  });

  test('ATT7 only before the meeting, only what was announced is answered', () => {
    const meeting = opened();
    expect(meeting.refusal(by(people.an), 'announceAbsence', { reason: 'Bận' }).code).toBe('announceBefore');
    const answer = { person: people.an, answer: 'accepted' } as const;
    expect(meeting.refusal(chair, 'answerAbsence', answer).code).toBe('absenceUnknown');
  });
});

describe('ATT11', () => {
  test('ATT11 the clerk announces for who has no device; another member may not', () => {
    const meeting = summoned();
    meeting.do(clerk, 'announceAbsence', { person: people.binh, reason: 'Không có điện thoại, báo miệng' });
    expect(meeting.state.announced[people.binh]?.reason).toContain('báo miệng');
    const forAn = { person: people.an, reason: 'Bận' };
    expect(meeting.refusal(by(people.cuong), 'announceAbsence', forAn).code).toBe('notAllowed');
  });
});

describe('ATT12', () => {
  test('ATT12 guests stand by name and office, from when to when', () => {
    const meeting = opened();
    meeting.do(clerk, 'registerGuest', { name: 'Nguyễn Văn Khách', office: 'Trưởng thôn' });
    const [guest] = Object.keys(meeting.state.guests) as (keyof typeof meeting.state.guests)[];
    if (!guest) throw new Error('no guest');
    meeting.pass(600).do(clerk, 'dismissGuest', { guest });
    expect(meeting.state.guests[guest]).toMatchObject({ name: 'Nguyễn Văn Khách', to: startsAt + 600_000 });
  });

  test('ATT12 or the clerk states that there are none, which a guest undoes', () => {
    const meeting = opened();
    meeting.do(clerk, 'stateNoGuests');
    expect(meeting.state.noGuests).toBe(true);
    meeting.do(clerk, 'registerGuest', { name: 'Nguyễn Văn Khách', office: 'Trưởng thôn' });
    expect(meeting.state.noGuests).toBe(false);
    expect(meeting.refusal(clerk, 'stateNoGuests').code).toBe('guestsRegistered');
  });
});

describe('ATT5 time present', () => {
  test('ATT5 time counts from opening until leaving, over several stays', () => {
    const meeting = summoned().remotely(people.an);
    meeting.now = startsAt;
    meeting.do(chair, 'openMeeting');
    meeting.pass(600).do(by(people.an), 'leaveMeeting');
    meeting.pass(600).remotely(people.an).pass(300);
    expect(presentTime(meeting.state, people.an, meeting.now)).toBe(900_000);
  });

  test('ATT5 who was there for under half of the meeting was there in part', () => {
    const meeting = remoteMeeting();
    meeting.pass(1000).do(by(people.an), 'leaveMeeting');
    meeting.pass(999);
    expect(isPartlyPresent(meeting.state, people.an, meeting.now)).toBe(false);
    meeting.pass(2);
    expect(isPartlyPresent(meeting.state, people.an, meeting.now)).toBe(true);
    expect(isPartlyPresent(meeting.state, people.duty, meeting.now)).toBe(false);
  });
});

describe('ATT4', () => {
  test('ATT4 a check-in that the site’s code has proved says so; without proof it is the person’s own word', () => {
    const meeting = opened().openSite(sites.hall);
    const place = { mode: 'onSite', site: sites.hall } as const;
    meeting.do({ ...by(people.an), provenAt: sites.hall } as never, 'checkIn', { place });
    meeting.do(by(people.binh), 'checkIn', { place });
    expect(meeting.state.attendance[people.an]).toMatchObject({ source: 'code', provisional: true });
    expect(meeting.state.attendance[people.binh]?.source).toBe('self');
  });
});

const meetingsOf = (...outcomes: readonly PastMeeting['outcome'][]): readonly PastMeeting[] =>
  outcomes.map((outcome, index) => ({ at: Date.UTC(2026, index, 24, 12), outcome }));
const now = Date.UTC(2026, 10, 30);

describe('ATT6', () => {
  test.each([
    ['none', meetingsOf('absentExcused', 'absentExcused')],
    ['warning', meetingsOf('absentExcused', 'absentExcused', 'absentExcused')],
    ['breach', meetingsOf('absentExcused', 'absentExcused', 'absentExcused', 'absentExcused')],
    ['none', meetingsOf('absentExcused', 'absentExcused', 'absentExcused', 'present')],
    ['warning', meetingsOf('absentUnexcused', 'present', 'absentUnexcused', 'present', 'absentUnexcused')],
    ['none', meetingsOf('absentUnexcused', 'absentUnexcused', 'present')],
  ] as const)('ATT6 %s', (level, meetings) => {
    expect(absenceStreak(meetings, now).level).toBe(level);
  });

  test('ATT6 excused and unexcused are counted apart, and last year’s not at all', () => {
    const lastYear = { at: Date.UTC(2025, 11, 24, 12), outcome: 'absentExcused' } as const;
    const meetings = [lastYear, ...meetingsOf('absentExcused', 'absentExcused', 'absentUnexcused')];
    expect(absenceStreak(meetings, now)).toMatchObject({ excusedInRow: 0, unexcusedInRow: 1, level: 'none' });
  });
});

describe('ATT8', () => {
  test('ATT8 the log answers whether there was quorum at any moment', () => {
    const meeting = remoteMeeting();
    for (const person of [people.an, people.binh, people.cuong, people.dung]) {
      meeting.pass(60).do(by(person), 'leaveMeeting');
    }
    const history = quorumHistory(meeting.log);
    expect(history.at(-1)).toMatchObject({ officialPresent: 5, reached: false });
    expect(history.filter(({ reached }) => reached).at(-1)?.officialPresent).toBe(7);
  });
});
