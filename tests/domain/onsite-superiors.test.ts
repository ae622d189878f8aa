import { attendanceFigures } from '@diemcau/shared/domain/selectors.ts';
import { asId, type OnSiteSuperiorId, type SiteId } from '@diemcau/shared/ids.ts';
import { attendanceSection } from '@diemcau/shared/minutes/attendance-part.ts';
import { describe, expect, test } from 'vitest';
import {
  chair,
  clerk,
  opened,
  people,
  remoteMeeting,
  sealed,
  sites,
  strangers,
  superior,
  type TestMeeting,
} from './meeting-builder.ts';

const wish = {
  name: 'Sùng A Páo',
  office: 'Phó Bí thư Đảng ủy xã',
  person: null,
  site: sites.hall,
} as const;

function onlyId({ state }: TestMeeting): OnSiteSuperiorId {
  const [id] = Object.keys(state.onSiteSuperiors);
  if (!id) throw new Error('nobody is registered');
  return asId<OnSiteSuperiorId>(id);
}

const minutesText = ({ state, now }: TestMeeting) => JSON.stringify(attendanceSection(state, now).blocks);

describe('SUP9 superiors in a hall', () => {
  test('SUP9 the clerk registers one without an account, by name, office and hall', () => {
    const meeting = opened();
    meeting.do(clerk, 'registerSuperior', wish);
    const from = meeting.now;
    expect(meeting.state.onSiteSuperiors[onlyId(meeting)]).toEqual({ ...wish, from, to: null });
    meeting.pass(600).do(chair, 'dismissSuperior', { id: onlyId(meeting) });
    expect(meeting.state.onSiteSuperiors[onlyId(meeting)]?.to).toBe(meeting.now);
    expect(meeting.do(chair, 'dismissSuperior', { id: onlyId(meeting) })).toEqual([]);
  });

  test('SUP9 with an account, once: registering the same again changes nothing', () => {
    const meeting = opened();
    const known = { ...wish, person: strangers.superior };
    meeting.do(clerk, 'registerSuperior', known);
    expect(meeting.do(clerk, 'registerSuperior', known)).toEqual([]);
    meeting.do(clerk, 'dismissSuperior', { id: onlyId(meeting) });
    expect(meeting.do(clerk, 'registerSuperior', known)).toHaveLength(1);
  });

  test('SUP9 nobody of the own roll, and no hall that the meeting has not', () => {
    const meeting = opened();
    expect(meeting.refusal(clerk, 'registerSuperior', { ...wish, person: people.an }).code).toBe('onOwnRoll');
    const elsewhere = { ...wish, site: asId<SiteId>('noi-khac') };
    expect(meeting.refusal(clerk, 'registerSuperior', elsewhere).code).toBe('siteUnknown');
    const nobody = { id: asId<OnSiteSuperiorId>('khong-co') };
    expect(meeting.refusal(clerk, 'dismissSuperior', nobody).code).toBe('personNotSummoned');
  });

  test('SUP9 such a superior counts in no figure and has no vote', () => {
    const meeting = remoteMeeting();
    const before = attendanceFigures(meeting.state);
    meeting.do(clerk, 'registerSuperior', { ...wish, person: strangers.superior });
    expect(attendanceFigures(meeting.state)).toEqual(before);
    const { opening } = meeting.vote(meeting.openVote());
    expect(JSON.stringify(opening)).not.toContain(strangers.superior);
  });

  test('SUP9 nothing is registered in a meeting that is over; a stay that was open says nothing either', () => {
    expect(sealed().refusal(clerk, 'registerSuperior', wish).code).toBe('meetingOver');
    const meeting = remoteMeeting();
    meeting.do(clerk, 'registerSuperior', wish);
    meeting.adoptMinutes().do(chair, 'closeMeeting');
    expect(meeting.do(clerk, 'dismissSuperior', { id: onlyId(meeting) })).toEqual([]);
  });

  test('SUP9 MIN1 the minutes name them beside those from afar, each with how they attended', () => {
    const meeting = opened();
    meeting.do(clerk, 'stateNoGuests');
    expect(minutesText(meeting)).toContain('Không có người ngoài chi bộ');
    meeting.do(superior, 'attendAsSuperior');
    meeting.pass(60).do(clerk, 'registerSuperior', wish);
    meeting.pass(600).do(clerk, 'dismissSuperior', { id: onlyId(meeting) });
    meeting.do(clerk, 'registerSuperior', { ...wish, name: 'Lù Thị Mai', site: null });
    const text = minutesText(meeting);
    expect(text).toContain(
      'Đồng chí Cấp Trên, Ủy viên Ban Thường vụ Đảng ủy (dự trực tuyến, từ 19 giờ 30 phút)',
    );
    expect(text).toContain(
      'Sùng A Páo, Phó Bí thư Đảng ủy xã (dự trực tiếp tại Hội trường, từ 19 giờ 31 phút đến 19 giờ 41 phút)',
    );
    expect(text).toContain('Lù Thị Mai, Phó Bí thư Đảng ủy xã (dự trực tiếp, từ 19 giờ 41 phút)');
    expect(text).not.toContain('Không có người ngoài chi bộ');
  });
});
