import type { MeetingId } from '@diemcau/shared/ids.ts';

/** One event as it is stored: `data` is the canonical text that was hashed, never taken apart by the store. */
export interface LogRecord {
  readonly meetingId: MeetingId;
  readonly seq: number;
  readonly type: string;
  readonly at: number;
  readonly data: string;
  readonly salt: string;
  readonly dataHash: string;
  readonly hash: string;
}

/** Where a meeting's log stands. `epoch` counts its owners: who holds an older one can't append any more. */
export interface Head {
  readonly meetingId: MeetingId;
  readonly epoch: number;
  readonly seq: number;
  readonly hash: string;
  /** When the last event happened; 0 before the first. */
  readonly at: number;
}

/** Records that follow directly on `expectedSeq` and `expectedHash`, of one meeting. */
export interface Batch {
  readonly meetingId: MeetingId;
  readonly epoch: number;
  readonly expectedSeq: number;
  readonly expectedHash: string;
  readonly records: readonly LogRecord[];
}

/** `conflict`: the meeting's head is another than expected; nothing of this meeting's batch was written. */
export type AppendOutcome = 'appended' | 'conflict';

export type AppendAnswer =
  | { readonly status: 'done'; readonly outcomes: readonly AppendOutcome[] }
  /** `unknown`: it may or may not have become durable (an end without answer); whoever asked rereads. */
  | { readonly status: 'failed'; readonly written: 'no' | 'unknown'; readonly cause: LogUnavailable };

/** The store can't answer now: disk full, an input or output error, the worker died, or it is closed. */
export class LogUnavailable extends Error {
  readonly kind: 'diskFull' | 'io' | 'closed';
  constructor(kind: 'diskFull' | 'io' | 'closed', detail: string) {
    super(detail);
    this.name = 'LogUnavailable';
    this.kind = kind;
  }
}

/**
 * The event log of all meetings. One store holds it; a meeting has one owner at a time.
 * Everything but `append` rejects with LogUnavailable when the store can't answer.
 */
export interface EventLog {
  open(): Promise<void>;
  /**
   * Makes the batches durable in one transaction. A meeting whose head doesn't match drops out whole, the others are untouched.
   * At most one batch per meeting. Never rejects.
   */
  append(batches: readonly Batch[]): Promise<AppendAnswer>;
  /** Records with a `seq` above `afterSeq`, in order, at most `limit`. */
  read(meetingId: MeetingId, afterSeq: number, limit: number): Promise<readonly LogRecord[]>;
  head(meetingId: MeetingId): Promise<Head | null>;
  /** Takes the meeting over: earlier owners' batches conflict from now on. Makes an empty log where there is none. */
  raiseEpoch(meetingId: MeetingId): Promise<Head>;
  meetings(): Promise<readonly Head[]>;
  /** The latest `at` of all meetings; 0 when there is none. A clock behind it is wrong. */
  lastAt(): Promise<number>;
  /** What was begun is finished first; closing twice is no fault. */
  close(): Promise<void>;
}
