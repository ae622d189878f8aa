import { minutesOfMeeting } from '@diemcau/shared/minutes/minutes.ts';
import { describe, expect, test } from 'vitest';
import { by, chair, clerk, counts, hybridMeeting, people, sites } from './meeting-builder.ts';

describe('MIN1', () => {
  test('MIN1 the minutes state who was there and how, and each vote with its figures per unit', () => {
    const meeting = hybridMeeting();
    const vote = meeting.openVote('procedural');
    meeting.mark(vote, 'inFavour', people.cuong, people.dung).mark(vote, 'against', people.deputy);
    meeting
      .count(vote, sites.village, counts(3, 0, 0, 0))
      .do(clerk, 'confirmCount', { vote, site: sites.village });
    meeting.close(vote).do(chair, 'announceResult', { vote });
    meeting.do(by(people.deputy), 'reserveOpinion', { vote, text: 'Đề nghị bàn thêm' });
    const minutes = minutesOfMeeting(meeting.state, null, meeting.now);
    const text = JSON.stringify(minutes?.sections);
    expect(text).toContain('tại Hội trường: 2; tại Thôn Hai: 3; tại Trường học: 0; trực tuyến: 5');
    expect(text).toContain(JSON.stringify(['Thôn Hai', '3', '0', '0', '0']));
    expect(text).toContain(JSON.stringify(['Tổng cộng', '5', '1', '0', '3']));
    expect(text).toContain('bảo lưu ý kiến: Đề nghị bàn thêm');
    expect(minutes?.signatures).toEqual({ clerk: 'Lê Thị Thư', chair: 'Nguyễn Văn Bí' });
    expect(minutes?.status).toBe('draft');
  });
});
