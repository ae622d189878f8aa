import { canonicalText } from './json.ts';
import {
  type AsyncDigest,
  chainText,
  dataText,
  type Envelope,
  type EventRecord,
  firstHash,
} from './record.ts';

/** A record as somebody received it: whole, or with what it says withheld. */
export type RedactedRecord = Envelope | EventRecord;

export type ChainFault = 'meeting' | 'order' | 'time' | 'data' | 'hash';

/** `head` is what the minutes and the devices keep; a fault names the first event that doesn't hold. */
export type Verdict =
  | { readonly holds: true; readonly head: { readonly seq: number; readonly hash: string } }
  | { readonly holds: false; readonly seq: number; readonly fault: ChainFault };

/** Where a part of a log begins: the event before it. */
export interface ChainStart {
  readonly seq: number;
  readonly hash: string;
  readonly at: number;
}

const beginning: ChainStart = { seq: 0, hash: firstHash, at: 0 };

/**
 * Recomputes a meeting's chain. Events whose data is withheld are checked by their envelope, so a redacted download verifies too.
 * @param records in order of `seq`, of one meeting, directly after `start`.
 */
export async function verifyChain(
  records: readonly RedactedRecord[],
  digest: AsyncDigest,
  start: ChainStart = beginning,
): Promise<Verdict> {
  const meetingId = records[0]?.meetingId;
  let previous = start;
  for (const record of records) {
    const fault = await faultOf(record, previous, digest, meetingId);
    if (fault) return { holds: false, seq: record.seq, fault };
    previous = record;
  }
  return { holds: true, head: { seq: previous.seq, hash: previous.hash } };
}

async function faultOf(
  record: RedactedRecord,
  previous: ChainStart,
  digest: AsyncDigest,
  meetingId: string | undefined,
): Promise<ChainFault | null> {
  if (record.meetingId !== meetingId) return 'meeting';
  if (record.seq !== previous.seq + 1) return 'order';
  if (record.at < previous.at) return 'time';
  if (
    'data' in record &&
    (await digest(dataText(record.salt, canonicalText(record.data)))) !== record.dataHash
  )
    return 'data';
  return (await digest(chainText(previous.hash, record))) === record.hash ? null : 'hash';
}

/** SHA-256 by WebCrypto: browsers (on a secure page) and Node alike. */
export async function webDigest(text: string): Promise<string> {
  const bytes = await crypto.subtle.digest('SHA-256', new TextEncoder().encode(text));
  return Array.from(new Uint8Array(bytes), (byte) => byte.toString(16).padStart(2, '0')).join('');
}
