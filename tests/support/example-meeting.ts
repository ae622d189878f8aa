import type { Actor } from '@diemcau/shared/domain/actor.ts';
import { refOf } from '@diemcau/shared/domain/actor.ts';
import type { Command } from '@diemcau/shared/domain/commands.ts';
import { decide, emptyMeeting, evolve } from '@diemcau/shared/domain/meeting.ts';
import { defaultRules, type RollEntry } from '@diemcau/shared/domain/roster.ts';
import type { MeetingState } from '@diemcau/shared/domain/state.ts';
import { agendaTemplates } from '@diemcau/shared/domain/templates.ts';
import type { Choice, VotePurpose, VoteRuleId } from '@diemcau/shared/domain/vote-types.ts';
import {
  type AgendaItemId,
  asId,
  type CellId,
  type MeetingId,
  type PersonId,
  type SiteId,
  type VoteId,
} from '@diemcau/shared/ids.ts';
import type { Head } from '@diemcau/shared/protocol/socket.ts';
import { type Entry, emptyTail, entryAfter } from '../../server/src/meeting/records.ts';

export const exampleId = asId<MeetingId>('buoi-thang-11');
const main = asId<SiteId>('nha-van-hoa');
const school = asId<SiteId>('diem-truong');
const minute = 60_000;
/** 24 November 2026, 19:00 in Vietnam. */
const begin = Date.UTC(2026, 10, 24, 12, 0);

const names: readonly (readonly [string, string, Partial<RollEntry>?])[] = [
  ['chair', 'Hà Thị Ngọc Bích', { office: 'cellSecretary' }],
  ['deputy', 'Nguyễn Đức Thưởng', { office: 'deputySecretary' }],
  ['clerk', 'Đỗ Văn Trường'],
  ['leader', 'Ma Thị Hưởng', { groupOffice: 'groupLeader', group: 'Tổ đảng số 2' }],
  ['quy', 'Trần Quý Ưởng', { office: 'committeeMember' }],
  ['khuyen', 'Lê Thị Khuyên'],
  ['nghia', 'Phạm Đình Nghĩa'],
  ['thuy', 'Vũ Thị Thủy'],
  ['tuyet', 'Hoàng Ánh Tuyết'],
  ['phuong', 'Nông Quốc Phượng'],
  ['duc', 'Đặng Hữu Đức'],
  ['loan', 'Bùi Thị Loan'],
  ['son', 'Quàng Văn Sơn', { standing: 'probationary' }],
  ['yen', 'Ngô Hải Yến', { standing: 'temporaryIn' }],
  ['thang', 'Đinh Tất Thắng', { standing: 'temporaryOut' }],
  ['cu', 'Lý Thị Cử', { standing: 'exempt' }],
];

const person = (id: string) => asId<PersonId>(id);
const by = (id: string): Actor => ({ kind: 'person', person: person(id) });
const superior: Actor = {
  kind: 'superior',
  person: person('cap-tren'),
  name: 'Trần Thị Minh Nguyệt',
  office: 'Ủy viên Ban Thường vụ Đảng ủy xã',
};

/** A meeting that is played command by command; everything that happens is chained as the server would. */
export class Play {
  readonly entries: Entry[] = [];
  state: MeetingState = emptyMeeting;
  at = begin - 3 * 24 * 60 * minute;
  #ids = 0;

  get head(): Head {
    const last = this.entries.at(-1)?.record ?? emptyTail;
    return { seq: last.seq, hash: last.hash };
  }

  give(actor: Actor, command: Command, later = 5_000): void {
    this.at += later;
    const newId = () => `id-${++this.#ids}`;
    const decision = decide(this.state, command, { actor, now: this.at, newId });
    if (!decision.ok) throw new Error(`${command.type}: ${decision.refusal.code}`);
    for (const event of decision.events) {
      const tail = this.entries.at(-1)?.record ?? emptyTail;
      const salt = (this.entries.length + 1).toString(16).padStart(32, '0');
      const entry = entryAfter(tail, exampleId, event, { by: refOf(actor), cause: null }, this.at, salt);
      this.entries.push(entry);
      this.state = evolve(this.state, entry.event);
    }
  }

  /** Moves the programme to its item number `number`, from 1. */
  item(number: number, after: number): AgendaItemId {
    const id = asId<AgendaItemId>(`muc-${number}`);
    if (number > 1) this.give(by('chair'), { type: 'moveAgenda', to: id, leaveAs: 'done' }, after * minute);
    return id;
  }

  speak(id: string, minutes: number, kind: 'speech' | 'groupOpinion' = 'speech'): void {
    this.give(id === 'cap-tren' ? superior : by(id), { type: 'askToSpeak', kind });
    const request = this.state.speaking.queue.at(-1)?.id;
    if (!request) throw new Error('nobody asked');
    this.give(by('chair'), { type: 'grantFloor', request, seconds: 300 });
    this.give(by('chair'), { type: 'endSpeech', request }, minutes * minute);
    this.words(`speech:${request}`, speeches[id]);
  }

  words(part: string, text: string | undefined): void {
    if (text !== undefined) this.give(by('clerk'), { type: 'wordMinutes', part, text });
  }

  vote(
    question: string,
    rule: VoteRuleId,
    purpose: VotePurpose,
    item: AgendaItemId,
    choices: { readonly [id: string]: Choice },
    means: 'counted' | 'telephone' = 'counted',
  ): VoteId {
    this.give(by('chair'), { type: 'openVote', item, question, rule, purpose, despiteWaiting: false });
    const vote = this.state.openVote;
    const opening = vote === null ? undefined : this.state.votes[vote];
    if (vote === null || !opening) throw new Error('no vote is open');
    for (const unit of opening.units) {
      if (unit.method === 'byTeller') {
        const against = unit.electors.filter((id) => choices[id] === 'against').length;
        const counts = { inFavour: unit.electors.length - against, against, noOpinion: 0, notVoted: 0 };
        const site = asId<SiteId>(unit.unit);
        if (means === 'telephone') {
          this.give(by('clerk'), {
            type: 'enterCount',
            vote,
            site,
            counts,
            means,
            readBy: person('leader'),
          });
        } else this.give(by('leader'), { type: 'enterCount', vote, site, counts });
        this.give(by('chair'), { type: 'confirmCount', vote, site });
        continue;
      }
      for (const elector of unit.electors) {
        const choice = choices[elector] ?? 'inFavour';
        if (unit.unit === 'remote') {
          this.give(by(elector), { type: 'castMark', vote, choice }, 700);
        } else {
          const terminal: Actor = {
            kind: 'terminal',
            site: main,
            terminal: 'may-chinh',
            responsible: person('deputy'),
          };
          this.give(terminal, { type: 'castMark', vote, choice, person: elector }, 700);
        }
      }
    }
    this.give(by('clerk'), { type: 'closeVote', vote, despiteUnreached: true }, 40_000);
    this.give(by('chair'), { type: 'announceResult', vote });
    return vote;
  }
}

const speeches: { readonly [id: string]: string | undefined } = {
  nghia:
    'Nhất trí với dự thảo nghị quyết. Đề nghị bổ sung chỉ tiêu vận động nhân dân hiến đất mở rộng đường trục thôn, hoàn thành trước ngày 20/12/2026.',
  leader:
    'Tổ đảng số 2 đã họp trước và thống nhất: tiếp tục giữ vững mô hình “Nhà sạch, vườn đẹp”; phân công mỗi đảng viên phụ trách ba hộ gia đình.\nĐề nghị chi ủy quan tâm hỗ trợ hai hộ có hoàn cảnh đặc biệt khó khăn.',
  'cap-tren':
    'Biểu dương chi bộ duy trì nền nếp sinh hoạt, tỷ lệ dự họp cao. Đề nghị quan tâm công tác tạo nguồn kết nạp đảng viên mới và chuyển đổi số trong sinh hoạt chi bộ.',
};

function openMeeting(play: Play): void {
  const roll = names.map(
    ([id, name, more]): RollEntry => ({
      person: person(id),
      name,
      label: null,
      standing: 'official',
      office: null,
      group: null,
      groupOffice: null,
      specialDuty: false,
      detained: false,
      ...more,
    }),
  );
  play.give(
    { kind: 'system' },
    {
      type: 'createMeeting',
      facts: {
        meetingId: exampleId,
        cellId: asId<CellId>('hung-kieu-2'),
        cellName: 'Chi bộ thôn Hưng Kiều 2',
        cellType: 'rural',
        committeeName: 'Đảng ủy xã An Tường',
        kind: 'regular',
        title: 'Sinh hoạt chi bộ thường kỳ tháng 11/2026',
        startsAt: begin,
        rules: defaultRules,
      },
      roll,
      sites: [
        { id: main, name: 'Nhà văn hóa thôn', isMain: true, method: 'byName', responsible: person('deputy') },
        {
          id: school,
          name: 'Điểm trường Khuổi Lếch',
          isMain: false,
          method: 'byTeller',
          responsible: person('leader'),
        },
      ],
      officers: { chair: person('chair'), deputyChair: person('deputy'), clerk: person('clerk') },
      agenda: agendaTemplates.regular.map((item, index) => ({
        ...item,
        id: asId<AgendaItemId>(`muc-${index + 1}`),
        presenter: null,
        draftDecision: null,
        inPersonOnly: false,
        carriedOver: false,
        papers: [],
      })),
    },
  );
  play.give(by('chair'), { type: 'summonMeeting' });
  play.give(by('duc'), { type: 'announceAbsence', reason: 'Đi điều trị tại bệnh viện tỉnh' });
  play.give(by('chair'), { type: 'answerAbsence', person: person('duc'), answer: 'accepted' });
  play.at = begin;
  play.give(
    { kind: 'system' },
    { type: 'openSite', site: main, terminal: 'may-chinh', responsible: person('deputy') },
  );
  play.give(
    { kind: 'system' },
    { type: 'openSite', site: school, terminal: 'may-truong', responsible: person('leader') },
  );
  play.give(by('chair'), { type: 'openMeeting' });
  for (const id of ['chair', 'deputy', 'clerk', 'quy', 'khuyen', 'son', 'yen', 'cu']) {
    play.give(by('clerk'), {
      type: 'recordAttendance',
      person: person(id),
      entry: { mode: 'onSite', site: main },
    });
  }
  for (const id of ['leader', 'thuy', 'tuyet']) {
    play.give(by('clerk'), {
      type: 'recordAttendance',
      person: person(id),
      entry: { mode: 'onSite', site: school },
    });
  }
  for (const id of ['nghia', 'phuong']) play.give(by(id), { type: 'checkIn', place: { mode: 'remote' } });
  play.give(by('clerk'), { type: 'confirmSiteRollCall', site: main });
  play.give(by('clerk'), { type: 'confirmSiteRollCall', site: school });
  play.give(superior, { type: 'attendAsSuperior' });
  play.give(by('clerk'), {
    type: 'registerGuest',
    name: 'Sùng A Chứ',
    office: 'Trưởng ban công tác Mặt trận thôn',
  });
  play.give(by('clerk'), { type: 'completeRollCall' });
}

/** Up to the discussion: a draft of the minutes, with a vote that has been opened and not announced. */
export function playHalf(): Play {
  const play = new Play();
  openMeeting(play);
  play.item(3, 6);
  const programme = play.item(4, 2);
  play.vote('Thông qua chương trình sinh hoạt?', 'procedural', 'programme', programme, {});
  play.give(by('chair'), {
    type: 'openVote',
    item: programme,
    question: 'Thay đổi thứ tự chương trình?',
    rule: 'procedural',
    purpose: 'motion',
    despiteWaiting: false,
  });
  const vote = play.state.openVote;
  if (vote) play.give(by('nghia'), { type: 'castMark', vote, choice: 'against' });
  return play;
}

/** A whole regular meeting to its sealed record: every kind of thing that minutes tell. */
export function playWhole(): Play {
  const play = new Play();
  openMeeting(play);
  play.item(3, 6);
  const programme = play.item(4, 2);
  play.vote('Thông qua chương trình sinh hoạt?', 'procedural', 'programme', programme, {});
  play.item(5, 1);
  play.words(
    'item:muc-5',
    'Đồng chí bí thư thông tin tình hình thời sự trong nước, quốc tế nổi bật; quán triệt văn bản mới của Tỉnh ủy và Đảng ủy xã.',
  );
  play.item(6, 11);
  play.give(by('chair'), { type: 'markAgendaItem', item: asId<AgendaItemId>('muc-7'), state: 'deferred' });
  play.item(8, 7);
  play.words('item:muc-8', 'Chi bộ hoàn thành 9/10 chỉ tiêu tháng 10; chỉ tiêu thu quỹ đạt 85%.');
  play.item(9, 10);
  play.item(10, 8);
  play.speak('nghia', 4);
  play.speak('leader', 3, 'groupOpinion');
  play.give(by('phuong'), {
    type: 'writeOpinion',
    text: 'Đề nghị chi ủy sớm thông báo lịch tiêm phòng cho đàn gia súc.',
  });
  const written = play.state.speaking.queue.at(-1);
  if (written) play.give(by('clerk'), { type: 'readOpinion', request: written.id });
  play.give(
    { kind: 'system' },
    { type: 'reportLines', lost: [], restored: [], sitesDark: [school], sitesBack: [] },
  );
  play.item(11, 5);
  play.speak('cap-tren', 6);
  const conclusion = play.item(12, 1);
  const resolution = play.vote(
    'Thông qua nghị quyết tháng 11/2026 về vận động nhân dân hiến đất làm đường?',
    'resolution',
    'motion',
    conclusion,
    { khuyen: 'against', phuong: 'noOpinion', thuy: 'against' },
    'telephone',
  );
  play.give(by('khuyen'), {
    type: 'reserveOpinion',
    vote: resolution,
    text: 'Mức đóng góp của các hộ cận nghèo là quá cao, đề nghị xem xét lại.',
  });
  play.give(by('clerk'), {
    type: 'recordBallot',
    item: conclusion,
    rule: 'discipline',
    question: 'Thi hành kỷ luật khiển trách đối với đồng chí Bùi Thị Loan?',
    candidate: 'Bùi Thị Loan',
    boxes: [
      {
        site: main,
        issued: 5,
        returned: 5,
        invalid: 1,
        inFavour: 4,
        against: 0,
        noOpinion: 0,
        certifiedBy: person('deputy'),
      },
      {
        site: school,
        issued: 3,
        returned: 3,
        invalid: 0,
        inFavour: 2,
        against: 1,
        noOpinion: 0,
        certifiedBy: person('leader'),
      },
    ],
  });
  play.words(
    'conclusion',
    'Đồng chí chủ trì kết luận: chi bộ thống nhất cao với nghị quyết tháng 11/2026.\nGiao đồng chí Nguyễn Đức Thưởng chủ trì vận động hiến đất, báo cáo kết quả trước ngày 20/12/2026.',
  );
  play.give(superior, { type: 'leaveAsSuperior' });
  const closing = play.item(14, 3);
  play.vote('Thông qua biên bản?', 'procedural', 'minutes', closing, {});
  play.give(by('chair'), { type: 'closeMeeting' }, minute);
  play.give(by('clerk'), { type: 'sealRecord' });
  return play;
}
