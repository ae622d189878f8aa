import { randomBytes } from 'node:crypto';
import { asId, type MeetingId } from '@diemcau/shared/ids.ts';
import { canonicalText, type JsonObject } from '@diemcau/shared/record/json.ts';
import { type EventRecord, seal } from '@diemcau/shared/record/record.ts';
import { digest } from '../../server/src/meeting/log/digest.ts';
import type { Batch, Head, LogRecord } from '../../server/src/meeting/log/event-log.ts';

/** A meeting of which nothing is known yet. */
export function newMeeting(): MeetingId {
  return asId<MeetingId>(`meeting-${randomBytes(8).toString('hex')}`);
}

/** Chains `contents` after a head, one second apart. */
export function batchAfter(head: Head, contents: readonly JsonObject[]): Batch {
  let previous = { seq: head.seq, hash: head.hash, at: head.at };
  const records = contents.map((data) => {
    const salt = randomBytes(16).toString('hex');
    const { meetingId } = head;
    const canonicalData = canonicalText(data);
    const [seq, type, at] = [previous.seq + 1, 'noted', previous.at + 1000];
    const sealed = seal(previous.hash, { meetingId, seq, type, at, canonicalData, salt }, digest);
    previous = sealed;
    return { ...sealed, meetingId, data: canonicalData, salt };
  });
  const { meetingId, epoch } = head;
  return { meetingId, epoch, expectedSeq: head.seq, expectedHash: head.hash, records };
}

/** Where the log stands once `batch` is in. */
export function headAfter(batch: Batch): Head {
  const last = batch.records.at(-1);
  const { meetingId, epoch } = batch;
  if (!last) return { meetingId, epoch, seq: batch.expectedSeq, hash: batch.expectedHash, at: 0 };
  return { meetingId, epoch, seq: last.seq, hash: last.hash, at: last.at };
}

/** A stored record as the chain's verification takes it. */
export function asEvent(record: LogRecord): EventRecord {
  return { ...record, data: JSON.parse(record.data) };
}
