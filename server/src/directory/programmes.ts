import type { AgendaItemKind, AgendaPlan } from '@diemcau/shared/domain/agenda-item.ts';
import { ordinaryItem } from '@diemcau/shared/domain/agenda-item.ts';
import type { CellType, MeetingKind } from '@diemcau/shared/domain/roster.ts';
import { templateFor } from '@diemcau/shared/domain/templates.ts';
import { type AgendaItemId, asId } from '@diemcau/shared/ids.ts';
import { unguessable } from './shape.ts';

/** The question with which an item that is decided starts; the chair words it anew where it doesn't fit. */
const draftDecisions: Partial<Record<AgendaItemKind, string>> = {
  electClerk: 'Nhất trí cử thư ký cuộc họp theo giới thiệu của đồng chí chủ trì.',
  programme: 'Nhất trí chương trình sinh hoạt do đồng chí chủ trì trình bày.',
  conclusion: 'Nhất trí thông qua nghị quyết của chi bộ.',
  decision: 'Nhất trí kết luận của chuyên đề và việc phân công nhiệm vụ.',
  scoring: 'Nhất trí kết quả chấm điểm chất lượng buổi sinh hoạt.',
  closing: 'Nhất trí thông qua biên bản.',
};

const newItemId = () => asId<AgendaItemId>(unguessable());

/** The programme from which a meeting of the kind starts; every item gets an identifier of its own. */
export function programme(
  kind: MeetingKind,
  cellType: CellType,
  newId: () => AgendaItemId = newItemId,
): readonly AgendaPlan[] {
  return templateFor(kind, cellType).map((item) => ({
    id: newId(),
    title: item.title,
    kind: item.kind,
    presenter: null,
    minutes: item.minutes,
    // In a topic meeting the vote has an item of its own.
    draftDecision:
      kind === 'topic' && item.kind === 'conclusion' ? null : (draftDecisions[item.kind] ?? null),
    ...ordinaryItem,
  }));
}

/** What an earlier meeting deferred. */
export type DeferredItem = Omit<AgendaPlan, 'id' | 'carriedOver'>;

/** Where carried items stand: the meeting hears its own business first, and discusses them with the rest. */
const carriedBefore: readonly AgendaItemKind[] = [
  'discussion',
  'superior',
  'conclusion',
  'decision',
  'closing',
];

/** @returns the programme with what an earlier meeting deferred, before the discussion. */
export function withCarriedOver(
  agenda: readonly AgendaPlan[],
  deferred: readonly DeferredItem[],
  newId: () => AgendaItemId = newItemId,
): readonly AgendaPlan[] {
  const found = agenda.findIndex(({ kind }) => carriedBefore.includes(kind));
  const at = found === -1 ? agenda.length : found;
  const carried = deferred.map((item) => ({ ...item, id: newId(), carriedOver: true }));
  return [...agenda.slice(0, at), ...carried, ...agenda.slice(at)];
}
