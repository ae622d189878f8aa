import type { MeetingState } from '@diemcau/shared/domain/state.ts';
import type { Choice } from '@diemcau/shared/domain/vote-types.ts';
import { asId, type MeetingId, type PersonId, type VoteId } from '@diemcau/shared/ids.ts';
import type { Receipt } from '@diemcau/shared/protocol/socket.ts';
import { type LogFileLine, logFileLine } from '@diemcau/shared/record/log-file.ts';
import { verifyChain, webDigest } from '@diemcau/shared/record/verify.ts';

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

/** A person's mark as the log has it. */
export interface LoggedMark extends KeptReceipt {
  readonly choice: Choice;
}

/** What the downloaded log says: whether its chain holds, and the person's own marks. */
export interface LogReading {
  readonly chain:
    | { readonly kind: 'holds'; readonly head: Receipt }
    | { readonly kind: 'broken'; readonly seq: number }
    /** Without encryption a browser computes no hashes. */
    | { readonly kind: 'unknown' };
  readonly hashes: ReadonlyMap<number, string>;
  readonly marks: readonly LoggedMark[];
}

const choices: readonly Choice[] = ['inFavour', 'against', 'noOpinion'];

function marksOf(lines: readonly LogFileLine[], person: PersonId): readonly LoggedMark[] {
  return lines.flatMap((line) => {
    if (line.type !== 'choiceRecorded' || !('data' in line)) return [];
    const { person: whose, vote, choice: said } = line.data;
    const choice = choices.find((known) => known === said);
    if (whose !== person || typeof vote !== 'string' || choice === undefined) return [];
    return [{ seq: line.seq, hash: line.hash, vote: asId<VoteId>(vote), choice }];
  });
}

async function chainOf(lines: readonly LogFileLine[]): Promise<LogReading['chain']> {
  if (globalThis.crypto?.subtle === undefined) return { kind: 'unknown' };
  const verdict = await verifyChain(lines, webDigest);
  return verdict.holds ? { kind: 'holds', head: verdict.head } : { kind: 'broken', seq: verdict.seq };
}

/** Reads a downloaded log as the person may: checks its chain and finds the person's marks; null for no log. */
export async function readLog(text: string, person: PersonId): Promise<LogReading | null> {
  const [, ...rest] = text.split('\n').filter((line) => line !== '');
  const lines: LogFileLine[] = [];
  for (const line of rest) {
    const parsed = logFileLine.safeParse(JSON.parse(line));
    if (!parsed.success) return null;
    lines.push(parsed.data);
  }
  return {
    chain: await chainOf(lines),
    hashes: new Map(lines.map(({ seq, hash }) => [seq, hash])),
    marks: marksOf(lines, person),
  };
}

/** @returns the votes in which the person's mark stands in the record, in their order. */
export function markedVotes(state: MeetingState, person: PersonId): readonly VoteId[] {
  return state.voteOrder.filter((id) => state.votes[id]?.marked[person] !== undefined);
}
