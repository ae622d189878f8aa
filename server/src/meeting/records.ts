import type { Attribution, LoggedEvent, MeetingEvent } from '@diemcau/shared/domain/events.ts';
import type { MeetingId } from '@diemcau/shared/ids.ts';
import { canonicalText } from '@diemcau/shared/record/json.ts';
import { chainText, dataText, firstHash, seal } from '@diemcau/shared/record/record.ts';
import { digest } from './log/digest.ts';
import type { LogRecord } from './log/event-log.ts';

/** The event that the next one is chained to. */
export interface Tail {
  readonly seq: number;
  readonly hash: string;
  readonly at: number;
}

/** A room keeps it until the next event comes: without what the event says. */
export function tailOf({ seq, hash, at }: LogRecord): Tail {
  return { seq, hash, at };
}

export const emptyTail: Tail = { seq: 0, hash: firstHash, at: 0 };

/** An event as the log keeps it, and as state, clients and downloads read it. */
export interface Entry {
  readonly record: LogRecord;
  readonly event: LoggedEvent;
}

/** A log that isn't what was written: a broken disk, or a hand in the file. */
export class BrokenLog extends Error {
  constructor(meetingId: MeetingId, seq: number) {
    super(`the log of meeting ${meetingId} does not hold at event ${seq}`);
    this.name = 'BrokenLog';
  }
}

/** Chains a decided event to the tail. */
export function entryAfter(
  tail: Tail,
  meetingId: MeetingId,
  { type, data }: MeetingEvent,
  attribution: Attribution,
  at: number,
  salt: string,
): Entry {
  const canonicalData = canonicalText({ ...data, ...attribution });
  const unsealed = { meetingId, seq: tail.seq + 1, type, at, salt, canonicalData };
  const { dataHash, hash } = seal(tail.hash, unsealed, digest);
  const record = { meetingId, seq: unsealed.seq, type, at, data: canonicalData, salt, dataHash, hash };
  return { record, event: eventOf(record) };
}

/**
 * Reads a stored record. Live events take the same way, so that a replayed state can't differ from the live one.
 * The cast is sound: nothing but this server's own decisions is ever written, and the chain was checked.
 */
export function eventOf(record: LogRecord): LoggedEvent {
  const { seq, type, at, hash, dataHash, salt } = record;
  return { seq, type, at, hash, dataHash, salt, data: JSON.parse(record.data) } as LoggedEvent;
}

/** @throws BrokenLog unless the record follows on the tail, unaltered. */
export function checkLink(tail: Tail, record: LogRecord): void {
  const { meetingId, seq, type, at, dataHash } = record;
  const inOrder = seq === tail.seq + 1 && at >= tail.at;
  const unaltered =
    digest(dataText(record.salt, record.data)) === dataHash &&
    digest(chainText(tail.hash, { meetingId, seq, type, at, dataHash })) === record.hash;
  if (!inOrder || !unaltered) throw new BrokenLog(meetingId, seq);
}
