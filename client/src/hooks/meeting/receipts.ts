import type { MeetingState } from '@diemcau/shared/domain/state.ts';
import type { MeetingId, PersonId, VoteId } from '@diemcau/shared/ids.ts';
import type { Receipt } from '@diemcau/shared/protocol/socket.ts';

/** A receipt as this device keeps it: never the choice, as others may hold the device. */
export interface KeptReceipt extends Receipt {
  readonly vote: VoteId;
}

function isKept(entry: unknown): entry is KeptReceipt {
  if (typeof entry !== 'object' || entry === null) return false;
  const { seq, hash, vote } = entry as { readonly [K in keyof KeptReceipt]?: unknown };
  return Number.isInteger(seq) && typeof hash === 'string' && typeof vote === 'string';
}

function keyOf(meetingId: MeetingId, person: PersonId): string {
  return `diemcau.receipts.${meetingId}.${person}`;
}

/** @returns the receipts that this device has kept for the person, oldest first. */
export function keptReceipts(meetingId: MeetingId, person: PersonId): readonly KeptReceipt[] {
  try {
    const found: unknown = JSON.parse(localStorage.getItem(keyOf(meetingId, person)) ?? '[]');
    return Array.isArray(found) ? found.filter(isKept) : [];
  } catch {
    return [];
  }
}

/** Keeps what is not kept yet. @returns all receipts of the person, oldest first. */
export function keepReceipts(
  meetingId: MeetingId,
  person: PersonId,
  fresh: readonly KeptReceipt[],
): readonly KeptReceipt[] {
  const before = keptReceipts(meetingId, person);
  const added = fresh.filter(({ seq }) => !before.some((entry) => entry.seq === seq));
  const all = [...before, ...added].sort((a, b) => a.seq - b.seq);
  if (added.length === 0) return all;
  try {
    localStorage.setItem(keyOf(meetingId, person), JSON.stringify(all));
  } catch {
    // Without storage the receipts stay readable for this visit.
  }
  return all;
}

/** @returns the votes in which the person's mark stands in the record, in their order. */
export function markedVotes(state: MeetingState, person: PersonId): readonly VoteId[] {
  return state.voteOrder.filter((id) => state.votes[id]?.marked[person] !== undefined);
}
