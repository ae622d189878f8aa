import type { Choice } from '@diemcau/shared/domain/vote-types.ts';
import { asId, type PersonId, type VoteId } from '@diemcau/shared/ids.ts';
import type { Receipt } from '@diemcau/shared/protocol/socket.ts';
import { type LogFileLine, logFileLine } from '@diemcau/shared/record/log-file.ts';
import { verifyChain, webDigest } from '@diemcau/shared/record/verify.ts';
import type { KeptReceipt } from './receipts.ts';

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
