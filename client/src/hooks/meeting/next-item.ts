import { currentItem } from '@diemcau/shared/domain/agenda.ts';
import type { MeetingState } from '@diemcau/shared/domain/state.ts';
import type { AgendaItemId } from '@diemcau/shared/ids.ts';

/** @returns the item that comes after the current one; null where the programme is at its end. */
export function nextItem(state: MeetingState): { readonly id: AgendaItemId; readonly title: string } | null {
  const current = currentItem(state);
  const from = current ? state.agenda.indexOf(current) + 1 : 0;
  const pending = (item: { readonly state: string }) => item.state === 'pending';
  return state.agenda.slice(from).find(pending) ?? state.agenda.find(pending) ?? null;
}
