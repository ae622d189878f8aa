import { chmodSync } from 'node:fs';
import { DatabaseSync, type StatementSync } from 'node:sqlite';
import { firstHash } from '@diemcau/shared/record/record.ts';
import type { AppendOutcome, Batch, Head, LogRecord } from './event-log.ts';
import type { SqliteWorkerData } from './sqlite-messages.ts';
import { toHead, toRecord } from './sqlite-rows.ts';

const schema = `
  CREATE TABLE IF NOT EXISTS heads (
    meeting_id TEXT PRIMARY KEY,
    epoch INTEGER NOT NULL,
    seq INTEGER NOT NULL,
    hash TEXT NOT NULL,
    at INTEGER NOT NULL
  ) STRICT, WITHOUT ROWID;
  CREATE TABLE IF NOT EXISTS events (
    meeting_id TEXT NOT NULL,
    seq INTEGER NOT NULL,
    type TEXT NOT NULL,
    at INTEGER NOT NULL,
    data TEXT NOT NULL,
    salt TEXT NOT NULL,
    data_hash TEXT NOT NULL,
    hash TEXT NOT NULL,
    PRIMARY KEY (meeting_id, seq)
  ) STRICT, WITHOUT ROWID;
`;

const pageBytes = 4096;

/** A transaction that ended without saying whether it held. */
export class CommitUnknown extends Error {}

/** The embedded event log, in the thread that calls it: each commit blocks until the disk has it. */
export class SqliteDatabase {
  readonly #database: DatabaseSync;
  readonly #advance: StatementSync;
  readonly #insert: StatementSync;
  readonly #read: StatementSync;
  readonly #head: StatementSync;
  readonly #raise: StatementSync;
  readonly #heads: StatementSync;
  readonly #lastAt: StatementSync;

  constructor({ path, maxBytes }: SqliteWorkerData) {
    this.#database = new DatabaseSync(path, { timeout: 2_000 });
    // Votes and reasons of absence: for the server's own user alone.
    chmodSync(path, 0o600);
    this.#database.exec(
      `PRAGMA page_size = ${pageBytes}; PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL;`,
    );
    // A commit takes nothing over: that is done beside it, or by `checkpoint`.
    this.#database.exec('PRAGMA wal_autocheckpoint = 0');
    if (maxBytes !== null) this.#database.exec(`PRAGMA max_page_count = ${Math.floor(maxBytes / pageBytes)}`);
    this.#database.exec(schema);
    this.#advance = this.#database.prepare(
      'UPDATE heads SET seq = ?, hash = ?, at = ? WHERE meeting_id = ? AND epoch = ? AND seq = ? AND hash = ?',
    );
    this.#insert = this.#database.prepare('INSERT INTO events VALUES (?, ?, ?, ?, ?, ?, ?, ?)');
    this.#read = this.#database.prepare(
      'SELECT * FROM events WHERE meeting_id = ? AND seq > ? ORDER BY seq LIMIT ?',
    );
    this.#head = this.#database.prepare('SELECT * FROM heads WHERE meeting_id = ?');
    this.#raise = this.#database.prepare(
      `INSERT INTO heads VALUES (?, 1, 0, '${firstHash}', 0)
       ON CONFLICT (meeting_id) DO UPDATE SET epoch = epoch + 1 RETURNING *`,
    );
    this.#heads = this.#database.prepare('SELECT * FROM heads ORDER BY meeting_id');
    this.#lastAt = this.#database.prepare('SELECT coalesce(max(at), 0) AS at FROM heads');
  }

  /** @throws CommitUnknown when only the COMMIT failed; any other error means that nothing was written. */
  append(batches: readonly Batch[]): readonly AppendOutcome[] {
    this.#database.exec('BEGIN IMMEDIATE');
    let outcomes: readonly AppendOutcome[];
    try {
      outcomes = batches.map((batch) => this.#appendOne(batch));
    } catch (error) {
      this.#rollBack();
      throw error;
    }
    try {
      this.#database.exec('COMMIT');
    } catch (error) {
      this.#rollBack();
      throw new CommitUnknown(error instanceof Error ? error.message : String(error));
    }
    return outcomes;
  }

  read(meetingId: string, afterSeq: number, limit: number): readonly LogRecord[] {
    return this.#read.all(meetingId, afterSeq, limit).map(toRecord);
  }

  head(meetingId: string): Head | null {
    const row = this.#head.get(meetingId);
    return row ? toHead(row) : null;
  }

  raiseEpoch(meetingId: string): Head {
    const row = this.#raise.get(meetingId);
    if (!row) throw new Error('no head was returned');
    return toHead(row);
  }

  meetings(): readonly Head[] {
    return this.#heads.all().map(toHead);
  }

  lastAt(): number {
    return Number(this.#lastAt.get()?.at ?? 0);
  }

  /** Takes the journal's pages over into the database. What fails is tried again at the next: the journal has it all. */
  checkpoint(): void {
    try {
      this.#database.exec('PRAGMA wal_checkpoint(PASSIVE)');
    } catch {
      // Nothing of it is lost; the next commit's error, if there is one, says what is wrong.
    }
  }

  close(): void {
    if (this.#database.isOpen) this.#database.close();
  }

  #appendOne(batch: Batch): AppendOutcome {
    const last = batch.records.at(-1);
    if (!last) return 'appended';
    const { meetingId, epoch, expectedSeq, expectedHash } = batch;
    const { changes } = this.#advance.run(
      last.seq,
      last.hash,
      last.at,
      meetingId,
      epoch,
      expectedSeq,
      expectedHash,
    );
    if (changes !== 1) return 'conflict';
    for (const { seq, type, at, data, salt, dataHash, hash } of batch.records) {
      this.#insert.run(meetingId, seq, type, at, data, salt, dataHash, hash);
    }
    return 'appended';
  }

  /** SQLite has often rolled back by itself when the disk is full. */
  #rollBack(): void {
    if (this.#database.isTransaction) this.#database.exec('ROLLBACK');
  }
}

/** @returns about how many pages a commit of these writes: of each meeting one of heads, one of events, and what is long. */
export function pagesOf(batches: readonly Batch[]): number {
  let pages = 0;
  for (const { records } of batches) {
    const length = records.reduce((sum, { data }) => sum + data.length, 0);
    pages += 2 + Math.ceil(length / pageBytes);
  }
  return pages;
}
