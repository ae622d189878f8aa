import { eventFor, type Viewer, viewerOf } from '@diemcau/shared/domain/audience.ts';
import { emptyMeeting, evolve } from '@diemcau/shared/domain/meeting.ts';
import type { MeetingState } from '@diemcau/shared/domain/state.ts';
import { asId, type MeetingId, type PersonId } from '@diemcau/shared/ids.ts';
import type { MinutesBlock } from '@diemcau/shared/minutes/document.ts';
import { differingFigure, figuresOfMeeting } from '@diemcau/shared/minutes/figures.ts';
import { minutesOfMeeting } from '@diemcau/shared/minutes/minutes.ts';
import { describe, expect, test } from 'vitest';
import { type Play, playHalf, playWhole } from '../support/example-meeting.ts';

const whole = playWhole();
const half = playHalf();

function minutesOf({ state, head }: Pick<Play, 'state' | 'head'>) {
  const minutes = minutesOfMeeting(state, head, state.at);
  if (!minutes) throw new Error('there are no minutes');
  return minutes;
}

function blockText(block: MinutesBlock): string {
  switch (block.kind) {
    case 'text':
      return block.text;
    case 'list':
      return block.items.join('\n');
    case 'table':
      return [block.header, ...block.rows].map((row) => row.join(' | ')).join('\n');
    case 'wording':
      return block.text ?? '';
  }
}

function sectionText(play: Play, key: string): string {
  const section = minutesOf(play).sections.find((candidate) => candidate.key === key);
  return (section?.blocks ?? []).map(blockText).join('\n');
}

function stateAsReadBy(play: Play, viewer: Viewer): MeetingState {
  return play.entries.reduce((state, { event }) => evolve(state, eventFor(event, viewer)), emptyMeeting);
}

describe('MIN1 minutes come out of the log', () => {
  test('body, place, time, subject, signatures and the log’s end', () => {
    expect(minutesOf(whole)).toMatchObject({
      higherBody: 'Đảng ủy xã An Tường',
      body: 'Chi bộ thôn Hưng Kiều 2',
      placeAndDate: 'An Tường, ngày 24 tháng 11 năm 2026',
      subject: 'Sinh hoạt chi bộ thường kỳ tháng 11/2026',
      signatures: { clerk: 'Đỗ Văn Trường', chair: 'Hà Thị Ngọc Bích' },
      status: 'sealed',
      head: whole.head,
    });
    expect(sectionText(whole, 'time')).toBe(
      'Khai mạc: 19 giờ 00 phút, ngày 24 tháng 11 năm 2026.\nBế mạc: 20 giờ 14 phút, ngày 24 tháng 11 năm 2026.',
    );
  });

  test('who was there: totals that add up, by mode and site; the absent, exempt and transferred by name', () => {
    const text = sectionText(whole, 'attendance');
    expect(text).toContain(
      'Tổng số đảng viên của chi bộ: 15; trong đó chính thức: 13, dự bị: 1, chuyển sinh hoạt tạm thời đi: 1.',
    );
    expect(text).toContain('Đảng viên sinh hoạt tạm thời đến: 1.');
    expect(text).toContain(
      'Có mặt: 13/15 đảng viên được triệu tập, đạt 86,6%; trong đó tại Nhà văn hóa thôn: 8; tại Điểm trường Khuổi Lếch: 3; trực tuyến: 2.',
    );
    expect(text).toContain('Vắng có lý do: Đặng Hữu Đức.');
    expect(text).toContain('Vắng không lý do: Bùi Thị Loan.');
    expect(text).toContain('Được miễn công tác và sinh hoạt đảng: Lý Thị Cử.');
    expect(text).toContain('Chuyển sinh hoạt đảng tạm thời: Đinh Tất Thắng.');
    expect(text).toContain('Chủ trì: Hà Thị Ngọc Bích. Thư ký: Đỗ Văn Trường.');
  });

  test('why somebody is absent stays out: minutes are read by all', () => {
    expect(whole.state.absenceReasons[asId<PersonId>('duc')]).toContain('bệnh viện');
    expect(JSON.stringify(minutesOf(whole))).not.toContain('bệnh viện');
  });

  test('SUP1 superiors and ATT12 guests by name and office', () => {
    const text = sectionText(whole, 'attendance');
    expect(text).toContain(
      'Trần Thị Minh Nguyệt, Ủy viên Ban Thường vụ Đảng ủy xã (dự trực tuyến, từ 19 giờ 01 phút đến 20 giờ 09 phút)',
    );
    expect(text).toContain('Sùng A Chứ, Trưởng ban công tác Mặt trận thôn');
  });

  test('each item with what became of it, each speaker, each opinion', () => {
    const text = sectionText(whole, 'course');
    expect(text).toContain('7. Đảng phí, thu chi (chuyển sang kỳ sau)');
    expect(text).toContain('13. Chấm điểm chất lượng sinh hoạt (chưa thực hiện)');
    expect(text).toContain('Đồng chí Phạm Đình Nghĩa phát biểu (4 phút).\nNhất trí với dự thảo nghị quyết.');
    expect(text).toContain('Đồng chí Ma Thị Hưởng (ý kiến của Tổ đảng số 2) phát biểu (3 phút).');
    expect(text).toContain(
      'Đồng chí Nông Quốc Phượng có ý kiến bằng văn bản: “Đề nghị chi ủy sớm thông báo lịch tiêm phòng cho đàn gia súc”.',
    );
    expect(text).toContain('Đồng chí Trần Thị Minh Nguyệt phát biểu (6 phút).');
  });

  test('each vote with its figures per unit, VOTE17 who read a count by telephone, VOTE12 reserved opinions', () => {
    const text = sectionText(whole, 'course');
    expect(text).toContain(
      'Nơi biểu quyết | Tán thành | Không tán thành | Không có ý kiến | Không biểu quyết\n' +
        'Nhà văn hóa thôn | 5 | 1 | 0 | 0\n' +
        'Điểm trường Khuổi Lếch | 2 | 1 | 0 | 0\n' +
        'Trực tuyến | 1 | 0 | 1 | 0\n' +
        'Tổng cộng | 8 | 2 | 1 | 0\n' +
        'Kết quả: 8/13 đồng chí tán thành (cần ít nhất 7 đồng chí). Được thông qua.',
    );
    expect(text).toContain('Số liệu tại Điểm trường Khuổi Lếch do đồng chí Ma Thị Hưởng đọc qua điện thoại');
    expect(text).toContain('Đồng chí Lê Thị Khuyên bảo lưu ý kiến: Mức đóng góp');
  });

  test('VOTE23 a ballot by its boxes and certifiers; what a higher body decides is worded as a proposal', () => {
    const text = sectionText(whole, 'course');
    expect(text).toContain('Nhà văn hóa thôn | 5 | 5 | 1 | 4 | 0 | 0 | Nguyễn Đức Thưởng');
    expect(text).toContain(
      '6/13 đồng chí tán thành (cần ít nhất 7 đồng chí). Không đủ số phiếu để đề nghị thi hành kỷ luật đồng chí Bùi Thị Loan.',
    );
  });

  test('there are none before the meeting was created', () => {
    expect(minutesOfMeeting(emptyMeeting, null, 0)).toBeNull();
  });
});

describe('MIN1 minutes at any moment', () => {
  test('VOTE10 a draft shows no choice of a vote that goes on', () => {
    const course = sectionText(half, 'course');
    expect(minutesOf(half).status).toBe('draft');
    expect(course).toContain('Biểu quyết: Thay đổi thứ tự chương trình? (chưa công bố kết quả)');
    expect(course.match(/Nơi biểu quyết/g)).toHaveLength(1);
    expect(figuresOfMeeting(half.state).decisions).toHaveLength(1);
  });

  test('every event on the way gives minutes, and figures that never contradict their total', () => {
    let state = emptyMeeting;
    for (const { event } of whole.entries) {
      state = evolve(state, event);
      const minutes = minutesOfMeeting(state, null, state.at);
      expect(minutes?.sections.map(({ key }) => key)).toEqual([
        'time',
        'place',
        'attendance',
        'programme',
        'course',
        'conclusion',
      ]);
      const { present, summoned, official, officialPresent } = figuresOfMeeting(state);
      expect(present).toBeLessThanOrEqual(summoned);
      expect(officialPresent).toBeLessThanOrEqual(official);
    }
  });

  test.each(['chair', 'clerk', 'nghia', 'duc', 'leader', 'cap-tren'])(
    'the same for everybody who may read them: %s',
    (id) => {
      for (const play of [half, whole]) {
        const state = stateAsReadBy(play, viewerOf(play.state, { person: asId<PersonId>(id), site: null }));
        expect(minutesOf({ state, head: play.head })).toEqual(minutesOf(play));
        expect(figuresOfMeeting(state)).toEqual(figuresOfMeeting(play.state));
      }
    },
  );
});

describe('MIN2 words are the clerk’s, figures nobody’s', () => {
  test('wording changes no figure, and stands under its item', () => {
    const play = playHalf();
    const before = figuresOfMeeting(play.state);
    play.words('item:muc-4', 'Chi bộ thống nhất chương trình, 99/99 đồng chí tán thành.');
    expect(figuresOfMeeting(play.state)).toEqual(before);
    expect(sectionText(play, 'course')).toContain('Kết quả: 11/11 đồng chí tán thành');
    expect(sectionText(play, 'course')).toContain('99/99');
  });

  test('a figure that differs is named', () => {
    const ours = figuresOfMeeting(whole.state);
    expect(differingFigure(ours, structuredClone(ours))).toBeNull();
    expect(differingFigure(ours, { ...ours, present: 14 })).toBe('present');
    const [first, ...rest] = ours.decisions;
    if (!first) throw new Error('no decision');
    expect(differingFigure(ours, { ...ours, decisions: rest })).toBe('decisions[0].id');
    const bent = { ...ours, decisions: [{ ...first, inFavour: first.inFavour - 1 }, ...rest] };
    expect(differingFigure(ours, bent)).toBe('decisions[0].inFavour');
    expect(differingFigure(ours, { ...ours, decisions: [...ours.decisions, first] })).toBe(
      `decisions[${ours.decisions.length}]`,
    );
  });
});

test('MIN5 a correction of sealed minutes stands in a later meeting’s, with whether it was adopted', () => {
  const play = playHalf();
  const vote = play.state.openVote;
  if (!vote) throw new Error('no vote');
  const chair = { kind: 'person', person: asId<PersonId>('chair') } as const;
  play.give(chair, { type: 'annulVote', vote, reason: 'Mở nhầm.' });
  play.give(chair, {
    type: 'proposeSupplement',
    meeting: asId<MeetingId>('buoi-thang-10'),
    title: 'biên bản tháng 10/2026',
    text: 'Số đảng viên có mặt là 14, không phải 15.',
  });
  expect(sectionText(play, 'course')).toContain(
    'Biểu quyết: Thay đổi thứ tự chương trình? (đã hủy; lý do: Mở nhầm).',
  );
  expect(sectionText(play, 'course')).toContain(
    'Biên bản bổ sung cho biên bản tháng 10/2026: Số đảng viên có mặt là 14, không phải 15 (chưa biểu quyết).',
  );
});
