import type { AppendOutcome, Batch, Head, LogRecord } from './event-log.ts';

/** What the worker is started with. */
export interface SqliteWorkerData {
  readonly path: string;
  /** The file grows no further; beyond it the store answers `diskFull`. Null: as far as the disk goes. */
  readonly maxBytes: number | null;
}

/** Requests to the thread that holds the database, by name, each with what it takes and what it answers. */
export interface SqliteRequests {
  open: { ask: null; answer: null };
  append: { ask: readonly Batch[]; answer: readonly AppendOutcome[] };
  read: { ask: { meetingId: string; afterSeq: number; limit: number }; answer: readonly LogRecord[] };
  head: { ask: { meetingId: string }; answer: Head | null };
  raiseEpoch: { ask: { meetingId: string }; answer: Head };
  meetings: { ask: null; answer: readonly Head[] };
  lastAt: { ask: null; answer: number };
  close: { ask: null; answer: null };
}

export type SqliteRequestName = keyof SqliteRequests;

export type SqliteRequest = {
  [Name in SqliteRequestName]: {
    readonly id: number;
    readonly name: Name;
    readonly ask: SqliteRequests[Name]['ask'];
  };
}[SqliteRequestName];

export type SqliteResponse =
  | { readonly id: number; readonly ok: true; readonly answer: SqliteRequests[SqliteRequestName]['answer'] }
  | {
      readonly id: number;
      readonly ok: false;
      readonly kind: 'diskFull' | 'io';
      readonly written: 'no' | 'unknown';
      readonly detail: string;
    };

/** What the thread of the checkpoints is asked. */
export type CheckpointRequest = 'take' | 'close';

export interface CheckpointAnswer {
  /** Pages that the journal held when it began; those that nobody reads any more are taken over by now. 0 where it could not be done. */
  readonly pages: number;
}
