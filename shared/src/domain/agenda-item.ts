import type { AgendaItemId } from '../ids.ts';

export const agendaItemKinds = [
  'opening',
  'rollCall',
  'electClerk',
  'programme',
  'news',
  'study',
  'partyDues',
  'lastMonth',
  'nextMonth',
  'purpose',
  'topic',
  'discussion',
  'superior',
  'conclusion',
  'decision',
  'scoring',
  'closing',
  'other',
] as const;
export type AgendaItemKind = (typeof agendaItemKinds)[number];

export type AgendaItemState = 'pending' | 'current' | 'done' | 'skipped' | 'deferred';

/** A paper as the programme names it. Marked secret ones are refused (AGD5). */
export interface AgendaPaper {
  readonly title: string;
  readonly marking: PaperMarking;
}

export const paperMarkings = ['none', 'mật', 'tối mật', 'tuyệt mật'] as const;
export type PaperMarking = (typeof paperMarkings)[number];

/** What an item is planned to be (AGD1). */
export interface AgendaPlan {
  readonly id: AgendaItemId;
  readonly title: string;
  readonly kind: AgendaItemKind;
  readonly presenter: string | null;
  /** Planned length in minutes. */
  readonly minutes: number;
  readonly draftDecision: string | null;
  /** AGD5: while it is current all remote streams are closed. */
  readonly inPersonOnly: boolean;
  /** Deferred by an earlier meeting and carried here. */
  readonly carriedOver: boolean;
  readonly papers: readonly AgendaPaper[];
}

/** What most items are: open to remote members, of this meeting, without papers. */
export const ordinaryItem = {
  inPersonOnly: false,
  carriedOver: false,
  papers: [],
} as const satisfies Partial<AgendaPlan>;
