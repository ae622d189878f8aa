import type { SQLOutputValue } from 'node:sqlite';
import { asId, type MeetingId } from '@diemcau/shared/ids.ts';
import type { Head, LogRecord } from './event-log.ts';

/** A row as SQLite gives it. */
type Row = Record<string, SQLOutputValue>;

/** @returns the log's record in a row of `events`. */
export function toRecord(row: Row): LogRecord {
  return {
    meetingId: asId<MeetingId>(String(row.meeting_id)),
    seq: Number(row.seq),
    type: String(row.type),
    at: Number(row.at),
    data: String(row.data),
    salt: String(row.salt),
    dataHash: String(row.data_hash),
    hash: String(row.hash),
  };
}

/** @returns the meeting's head in a row of `heads`. */
export function toHead(row: Row): Head {
  return {
    meetingId: asId<MeetingId>(String(row.meeting_id)),
    epoch: Number(row.epoch),
    seq: Number(row.seq),
    hash: String(row.hash),
    at: Number(row.at),
  };
}
