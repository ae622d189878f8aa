import type { AgendaItemKind } from './agenda-item.ts';
import type { CellType, MeetingKind } from './roster.ts';

/** An item of a programme's template; titles are Vietnamese data, editable before and during the meeting. */
export interface TemplateItem {
  readonly title: string;
  readonly kind: AgendaItemKind;
  /** Planned length, minutes. */
  readonly minutes: number;
}

const item = (title: string, kind: AgendaItemKind, minutes: number): TemplateItem => ({
  title,
  kind,
  minutes,
});

/** Programmes by kind of meeting: thường kỳ 95 minutes, chuyên đề 90 minutes. */
export const agendaTemplates: { readonly [K in MeetingKind]: readonly TemplateItem[] } = {
  regular: [
    item('Mở đầu, giới thiệu đại biểu', 'opening', 3),
    item('Điểm danh các điểm cầu', 'rollCall', 5),
    item('Cử thư ký cuộc họp', 'electClerk', 2),
    item('Thông qua chương trình', 'programme', 2),
    item('Thời sự, văn bản của cấp trên', 'news', 12),
    item('Học tập và làm theo Bác, biểu dương', 'study', 8),
    item('Đảng phí, thu chi', 'partyDues', 5),
    item('Kết quả tháng trước, tiến độ nhiệm vụ', 'lastMonth', 10),
    item('Nhiệm vụ tháng tới', 'nextMonth', 8),
    item('Thảo luận', 'discussion', 22),
    item('Cấp trên phát biểu', 'superior', 5),
    item('Kết luận, biểu quyết nghị quyết', 'conclusion', 6),
    item('Chấm điểm chất lượng sinh hoạt', 'scoring', 4),
    item('Thông qua biên bản, bế mạc', 'closing', 3),
  ],
  topic: [
    item('Mở đầu, cử thư ký, điểm danh', 'opening', 8),
    item('Mục đích, yêu cầu', 'purpose', 5),
    item('Trình bày chuyên đề', 'topic', 20),
    item('Thảo luận', 'discussion', 35),
    item('Cấp trên phát biểu', 'superior', 5),
    item('Kết luận, phân công nhiệm vụ', 'conclusion', 8),
    item('Biểu quyết', 'decision', 4),
    item('Chấm điểm, thông qua biên bản', 'closing', 5),
  ],
};

/** How a type of cell speaks of its own work, where it isn't the general wording (S2). Suggestions: every title is edited. */
const wordings: { readonly [T in CellType]: { readonly [K in AgendaItemKind]?: string } } = {
  rural: {
    lastMonth: 'Kết quả tháng trước: sản xuất, đời sống, nông thôn mới',
    nextMonth: 'Nhiệm vụ tháng tới của chi bộ và thôn, bản',
  },
  school: {
    lastMonth: 'Kết quả tháng trước: dạy và học, công tác học sinh',
    nextMonth: 'Nhiệm vụ tháng tới của chi bộ và nhà trường',
  },
  agency: {
    lastMonth: 'Kết quả tháng trước: nhiệm vụ chính trị của cơ quan',
    nextMonth: 'Nhiệm vụ tháng tới của chi bộ và cơ quan',
  },
  enterprise: {
    lastMonth: 'Kết quả tháng trước: sản xuất, kinh doanh, việc làm',
    nextMonth: 'Nhiệm vụ tháng tới của chi bộ và doanh nghiệp',
  },
  armedForces: {
    lastMonth: 'Kết quả tháng trước: nhiệm vụ của đơn vị, kỷ luật',
    nextMonth: 'Nhiệm vụ tháng tới của chi bộ và đơn vị',
  },
};

/** @returns the programme from which a meeting of this kind starts in a cell of this type. */
export function templateFor(kind: MeetingKind, cellType: CellType): readonly TemplateItem[] {
  const wording = wordings[cellType];
  return agendaTemplates[kind].map((entry) => ({ ...entry, title: wording[entry.kind] ?? entry.title }));
}
