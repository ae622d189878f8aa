import { commandsDue } from '@diemcau/shared/domain/due.ts';
import { attendanceFigures } from '@diemcau/shared/domain/selectors.ts';
import { describe, expect, test } from 'vitest';
import {
  created,
  lineReport,
  opened,
  sealed,
  strangers,
  summoned,
  superior,
  system,
} from './meeting-builder.ts';

describe('SUP', () => {
  test('SUP1 a superior attends openly: an event that all read, with name and office', () => {
    const meeting = opened();
    meeting.do(superior, 'attendAsSuperior');
    expect(meeting.state.superiors).toEqual({
      [strangers.superior]: {
        name: 'Đồng chí Cấp Trên',
        office: 'Ủy viên Ban Thường vụ Đảng ủy',
        since: meeting.now,
        graceEndsAt: null,
        focusedSince: null,
        focused: 0,
      },
    });
    expect(meeting.do(superior, 'attendAsSuperior')).toEqual([]);
    expect(attendanceFigures(meeting.state).present).toBe(0);
  });

  test('SUP1 from summoning until the end, and not before', () => {
    expect(created().refusal(superior, 'attendAsSuperior').code).toBe('meetingNotOpen');
    expect(sealed().refusal(superior, 'attendAsSuperior').code).toBe('meetingOver');
    const meeting = summoned();
    meeting.do(superior, 'attendAsSuperior');
    expect(Object.keys(meeting.state.superiors)).toEqual([strangers.superior]);
  });

  test('SUP1 whoever leaves stays in the record with times', () => {
    const meeting = opened();
    meeting.do(superior, 'attendAsSuperior');
    const from = meeting.now;
    meeting.pass(600).do(superior, 'leaveAsSuperior');
    expect(meeting.state.superiors).toEqual({});
    expect(meeting.state.superiorsBefore).toMatchObject([
      { person: strangers.superior, from, to: meeting.now },
    ]);
    expect(meeting.do(superior, 'leaveAsSuperior')).toEqual([]);
  });

  test('SUP1 a superior whose line is gone has left after the grace, and is back before it', () => {
    const meeting = opened();
    meeting.do(superior, 'attendAsSuperior');
    meeting.do(system, 'reportLines', lineReport({ lost: [strangers.superior] }));
    expect(meeting.state.superiors[strangers.superior]?.graceEndsAt).toBe(meeting.now + 60_000);
    meeting.pass(30).do(system, 'reportLines', lineReport({ restored: [strangers.superior] }));
    expect(meeting.state.superiors[strangers.superior]?.graceEndsAt).toBeNull();
    expect(commandsDue(meeting.state, meeting.now + 600_000)).toEqual([]);
    meeting.do(system, 'reportLines', lineReport({ lost: [strangers.superior] }));
    const [due] = commandsDue(meeting.pass(60).state, meeting.now);
    if (due) meeting.give(system, due);
    expect(meeting.state.superiors).toEqual({});
    expect(meeting.state.attendance).toEqual({});
    expect(meeting.state.superiorsBefore).toHaveLength(1);
  });
});
