import { timeFocused } from '@diemcau/shared/domain/focus.ts';
import { redact } from '@diemcau/shared/domain/redact.ts';
import { describe, expect, test } from 'vitest';
import {
  by,
  chair,
  clerk,
  people,
  remoteMeeting,
  sites,
  startsAt,
  strangers,
  summoned,
  superior,
  system,
} from './meeting-builder.ts';

const person = strangers.superior;
const office = 'Ủy viên Ban Thường vụ Đảng ủy';

describe('following figures', () => {
  test('SUP7 is said to the cell by name and office, once, and ended once', () => {
    const meeting = remoteMeeting();
    const event = { type: 'figuresFollowed', data: { person, name: 'Đồng chí Cấp Trên', office } };
    expect(meeting.do(superior, 'followFigures')).toEqual([event]);
    expect(meeting.do(superior, 'followFigures')).toEqual([]);
    expect(meeting.state.followers[person]).toEqual({
      name: 'Đồng chí Cấp Trên',
      office,
      since: meeting.now,
    });
    expect(meeting.do(superior, 'unfollowFigures')).toHaveLength(1);
    expect(meeting.do(superior, 'unfollowFigures')).toEqual([]);
    expect(meeting.state.followers).toEqual({});
  });

  test('SUP7 nobody follows what does not go on, and a member of the cell is not said to', () => {
    const meeting = remoteMeeting();
    meeting.do(superior, 'followFigures');
    meeting.do(chair, 'interruptMeeting', { reason: 'Mất điện' });
    expect(meeting.state.followers).toEqual({});
    expect(meeting.refusal(superior, 'followFigures').code).toBe('meetingNotOpen');
    const own = { ...superior, person: people.an } as typeof superior;
    expect(remoteMeeting().do(own, 'followFigures')).toEqual([]);
  });
});

describe('focus', () => {
  test('SUP8 only of who attends; the time is added up over several times', () => {
    const meeting = remoteMeeting();
    expect(meeting.refusal(superior, 'focusMeeting', { state: 'on' }).code).toBe('notPresent');
    meeting.do(superior, 'attendAsSuperior');
    meeting.do(superior, 'focusMeeting', { state: 'on' });
    expect(meeting.do(superior, 'focusMeeting', { state: 'on' })).toEqual([]);
    meeting.pass(400).do(superior, 'focusMeeting', { state: 'off' });
    meeting.pass(1000).do(superior, 'focusMeeting', { state: 'on' });
    meeting.pass(300);
    expect(timeFocused(meeting.state, person, meeting.now)).toBe(700_000);
    meeting.do(superior, 'leaveAsSuperior');
    expect(meeting.state.superiorsBefore).toMatchObject([{ person, focused: 700_000 }]);
  });

  test('SUP8 waiting for the opening is no visit, and a lost line hears nothing', () => {
    const meeting = summoned();
    meeting.do(superior, 'attendAsSuperior');
    meeting.do(superior, 'focusMeeting', { state: 'on' });
    meeting.now = startsAt;
    meeting.do(chair, 'openMeeting');
    meeting.remotely(people.secretary).pass(120);
    const report = { restored: [], sitesDark: [], sitesBack: [] };
    meeting.do(system, 'reportLines', { ...report, lost: [person] });
    expect(meeting.state.superiors[person]).toMatchObject({ focusedSince: null, focused: 120_000 });
    meeting.pass(61).do(system, 'endGrace', { persons: [person] });
    expect(meeting.state.superiorsBefore).toMatchObject([{ focused: 120_000 }]);
  });

  test('SUP8 the end of the meeting ends it', () => {
    const meeting = remoteMeeting();
    meeting.do(superior, 'attendAsSuperior');
    meeting.do(superior, 'focusMeeting', { state: 'on' });
    meeting.pass(600).do(chair, 'interruptMeeting', { reason: 'Mất điện' });
    meeting.pass(600);
    expect(timeFocused(meeting.state, person, meeting.now)).toBe(600_000);
    expect(meeting.refusal(superior, 'focusMeeting', { state: 'on' }).code).toBe('meetingNotOpen');
  });
});

describe('messages', () => {
  test('SUP1 a word to the chair is read by officers and its sender, from whom and to whom', () => {
    const meeting = remoteMeeting();
    meeting.do(superior, 'messageChair', { text: 'Đề nghị rút ngắn', to: ['Chi bộ Một', 'Chi bộ Hai'] });
    const message = {
      name: 'Đồng chí Cấp Trên',
      office,
      text: 'Đề nghị rút ngắn',
      to: ['Chi bộ Một', 'Chi bộ Hai'],
    };
    const read = (who: Parameters<typeof redact>[1]) => redact(meeting.state, who).messages;
    expect(read({ person: people.secretary, site: null, officer: true })).toMatchObject([message]);
    expect(read({ person, site: null, officer: false })).toMatchObject([message]);
    expect(read({ person: people.an, site: null, officer: false })).toEqual([]);
    expect(read({ person: null, site: sites.hall, officer: false })).toEqual([]);
  });
});

describe('own cell', () => {
  test('SUP9 who stands on the roll attends as a member, and nobody else gives a superior’s commands', () => {
    const meeting = remoteMeeting();
    const own = { ...superior, person: people.an } as typeof superior;
    expect(meeting.refusal(own, 'attendAsSuperior').code).toBe('ownCell');
    for (const actor of [chair, clerk, by(people.an), system]) {
      expect(meeting.refusal(actor, 'followFigures').code).toBe('notAllowed');
      expect(meeting.refusal(actor, 'messageChair', { text: 'x', to: ['y'] }).code).toBe('notAllowed');
    }
  });
});
