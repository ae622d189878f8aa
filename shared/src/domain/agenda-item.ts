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

/** What an item is planned to be (AGD1). */
export interface AgendaPlan {
  readonly id: AgendaItemId;
  readonly title: string;
  readonly kind: AgendaItemKind;
  readonly presenter: string | null;
  /** Planned length in minutes. */
  readonly minutes: number;
  readonly draftDecision: string | null;
}
