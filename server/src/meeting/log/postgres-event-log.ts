import { asId, type MeetingId } from '@diemcau/shared/ids.ts';
import { firstHash } from '@diemcau/shared/record/record.ts';
import { openPool, type PostgresPool, sqlState } from '../../postgres/pool.ts';
import {
  type AppendAnswer,
  type Batch,
  type EventLog,
  type Head,
  type LogRecord,
  LogUnavailable,
} from './event-log.ts';

const schema = `
  CREATE TABLE IF NOT EXISTS heads (
    meeting_id TEXT COLLATE "C" PRIMARY KEY,
    epoch BIGINT NOT NULL,
    seq BIGINT NOT NULL,
    hash TEXT NOT NULL,
    at BIGINT NOT NULL
  );
  CREATE TABLE IF NOT EXISTS events (
    meeting_id TEXT COLLATE "C" NOT NULL,
    seq BIGINT NOT NULL,
    type TEXT NOT NULL,
    at BIGINT NOT NULL,
    data TEXT NOT NULL,
    salt TEXT NOT NULL,
    data_hash TEXT NOT NULL,
    hash TEXT NOT NULL,
    PRIMARY KEY (meeting_id, seq)
  );
`;

/** Two servers that start together must not make the tables at once; any number that nobody else takes. */
const schemaLock = 7_310_201;

/**
 * Heads first, where owner, order and chain match, then the rows of those meetings alone: one statement, one commit.
 * Heads are locked in the order of their ids, so that two servers that quarrel over meetings don't block each other.
 */
const appendStatement = {
  name: 'append',
  text: `
    WITH wanted AS (
      SELECT * FROM unnest($1::text[], $2::bigint[], $3::bigint[], $4::text[], $5::bigint[], $6::text[], $7::bigint[])
        AS w (meeting_id, epoch, expected_seq, expected_hash, seq, hash, at)
    ), matching AS (
      SELECT h.meeting_id FROM heads h JOIN wanted w USING (meeting_id)
      WHERE h.epoch = w.epoch AND h.seq = w.expected_seq AND h.hash = w.expected_hash
      ORDER BY h.meeting_id
      FOR UPDATE OF h
    ), advanced AS (
      UPDATE heads h SET seq = w.seq, hash = w.hash, at = w.at
      FROM wanted w JOIN matching m USING (meeting_id)
      WHERE h.meeting_id = w.meeting_id AND h.epoch = w.epoch AND h.seq = w.expected_seq AND h.hash = w.expected_hash
      RETURNING h.meeting_id
    ), written AS (
      INSERT INTO events (meeting_id, seq, type, at, data, salt, data_hash, hash)
      SELECT r.* FROM unnest($8::text[], $9::bigint[], $10::text[], $11::bigint[], $12::text[], $13::text[], $14::text[], $15::text[])
        AS r (meeting_id, seq, type, at, data, salt, data_hash, hash)
      JOIN advanced a ON a.meeting_id = r.meeting_id
    )
    SELECT meeting_id FROM advanced`,
} as const;

/** Connections: one append is in flight at a time, the rest read while meetings are taken over. */
const connections = 6;

interface HeadRow {
  readonly meeting_id: string;
  readonly epoch: number;
  readonly seq: number;
  readonly hash: string;
  readonly at: number;
}

interface EventRow {
  readonly meeting_id: string;
  readonly seq: number;
  readonly type: string;
  readonly at: number;
  readonly data: string;
  readonly salt: string;
  readonly data_hash: string;
  readonly hash: string;
}

/** The event log of an installation with PostgreSQL. An acknowledged append is on the database's disk. */
export class PostgresEventLog implements EventLog {
  readonly #url: string;
  /** Statements that are not answered yet, and who waits for the last of them. */
  #underWay = 0;
  #onIdle: (() => void) | null = null;
  #pool: PostgresPool | null = null;
  #closed = false;

  /** @param url as `postgres://user:password@host:5432/name`. */
  constructor(url: string) {
    this.#url = url;
  }

  async open(): Promise<void> {
    await this.#ask(async (pool) => {
      const client = await pool.connect();
      try {
        await client.query('BEGIN');
        await client.query('SELECT pg_advisory_xact_lock($1)', [schemaLock]);
        await client.query(schema);
        await client.query('COMMIT');
        client.release();
      } catch (error) {
        client.release(true);
        throw error;
      }
    });
  }

  async append(batches: readonly Batch[]): Promise<AppendAnswer> {
    if (this.#closed) return failed('no', closedLog());
    return this.#track(this.#append(batches));
  }

  read(meetingId: MeetingId, afterSeq: number, limit: number): Promise<readonly LogRecord[]> {
    const text = 'SELECT * FROM events WHERE meeting_id = $1 AND seq > $2 ORDER BY seq LIMIT $3';
    return this.#ask(async (pool) => {
      const values = [meetingId, afterSeq, Math.min(limit, Number.MAX_SAFE_INTEGER)];
      return (await pool.query<EventRow>({ name: 'read', text, values })).rows.map(toRecord);
    });
  }

  head(meetingId: MeetingId): Promise<Head | null> {
    const text = 'SELECT * FROM heads WHERE meeting_id = $1';
    return this.#ask(async (pool) => {
      const [row] = (await pool.query<HeadRow>({ name: 'head', text, values: [meetingId] })).rows;
      return row ? toHead(row) : null;
    });
  }

  raiseEpoch(meetingId: MeetingId): Promise<Head> {
    const text = `INSERT INTO heads VALUES ($1, 1, 0, '${firstHash}', 0)
      ON CONFLICT (meeting_id) DO UPDATE SET epoch = heads.epoch + 1 RETURNING *`;
    return this.#ask(async (pool) => {
      const [row] = (await pool.query<HeadRow>({ name: 'raise', text, values: [meetingId] })).rows;
      if (!row) throw new Error('no head was returned');
      return toHead(row);
    });
  }

  meetings(): Promise<readonly Head[]> {
    return this.#ask(async (pool) =>
      (await pool.query<HeadRow>('SELECT * FROM heads ORDER BY meeting_id')).rows.map(toHead),
    );
  }

  lastAt(): Promise<number> {
    return this.#ask(async (pool) => {
      const { rows } = await pool.query<{ at: number }>('SELECT coalesce(max(at), 0) AS at FROM heads');
      return rows[0]?.at ?? 0;
    });
  }

  async close(): Promise<void> {
    if (this.#closed) return;
    this.#closed = true;
    if (this.#underWay > 0) {
      await new Promise<void>((resolve) => {
        this.#onIdle = resolve;
      });
    }
    await this.#pool?.end();
    this.#pool = null;
  }

  async #append(batches: readonly Batch[]): Promise<AppendAnswer> {
    const full = batches.filter(({ records }) => records.length > 0);
    let sent = false;
    try {
      const client = await this.#running().connect();
      let broken = true;
      try {
        sent = true;
        const { rows } = await client.query<{ meeting_id: string }>({
          ...appendStatement,
          values: valuesOf(full),
        });
        broken = false;
        const advanced = new Set(rows.map((row) => row.meeting_id));
        return {
          status: 'done',
          outcomes: batches.map(({ meetingId, records }) =>
            records.length === 0 || advanced.has(meetingId) ? 'appended' : 'conflict',
          ),
        };
      } catch (error) {
        // Also one that says that it ends: given back, it would be lent out again before its end is noticed.
        broken = isBrokenLine(error);
        throw error;
      } finally {
        client.release(broken);
      }
    } catch (error) {
      return failed(sent ? writtenAfter(error) : 'no', unavailable(error));
    }
  }

  async #ask<T>(work: (pool: PostgresPool) => Promise<T>): Promise<T> {
    if (this.#closed) throw closedLog();
    try {
      return await this.#track(work(this.#running()));
    } catch (error) {
      if (!isBrokenLine(error)) throw unavailable(error);
    }
    // A connection that broke while it rested is only noticed when it is used; asking again does no harm.
    try {
      return await this.#track(work(this.#running()));
    } catch (error) {
      throw unavailable(error);
    }
  }

  #running(): PostgresPool {
    // An attempt is made again after a connection broke: nothing is opened for it once the log is closed.
    if (this.#closed) throw closedLog();
    this.#pool ??= openPool(this.#url, connections);
    return this.#pool;
  }

  #track<T>(work: Promise<T>): Promise<T> {
    this.#underWay += 1;
    const answered = () => {
      this.#underWay -= 1;
      if (this.#underWay === 0) this.#onIdle?.();
    };
    work.then(answered, answered);
    return work;
  }
}

function valuesOf(batches: readonly Batch[]): unknown[][] {
  const lasts = batches.flatMap(({ records }) => records.slice(-1));
  const records = batches.flatMap((batch) => batch.records);
  return [
    batches.map(({ meetingId }) => meetingId),
    batches.map(({ epoch }) => epoch),
    batches.map(({ expectedSeq }) => expectedSeq),
    batches.map(({ expectedHash }) => expectedHash),
    lasts.map(({ seq }) => seq),
    lasts.map(({ hash }) => hash),
    lasts.map(({ at }) => at),
    records.map(({ meetingId }) => meetingId),
    records.map(({ seq }) => seq),
    records.map(({ type }) => type),
    records.map(({ at }) => at),
    records.map(({ data }) => data),
    records.map(({ salt }) => salt),
    records.map(({ dataHash }) => dataHash),
    records.map(({ hash }) => hash),
  ];
}

/** An ERROR of the statement itself rolls it back; a server that ends in the middle may have committed before. */
function writtenAfter(error: unknown): 'no' | 'unknown' {
  return isBrokenLine(error) ? 'unknown' : 'no';
}

/** No answer of the database, or one that says that it ends. */
function isBrokenLine(error: unknown): boolean {
  const state = sqlState(error);
  return state === null || /^(08|57|58|XX)/.test(state);
}

const diskFull = '53100';

function unavailable(error: unknown): LogUnavailable {
  if (error instanceof LogUnavailable) return error;
  const detail = error instanceof Error ? error.message || error.name : String(error);
  return new LogUnavailable(sqlState(error) === diskFull ? 'diskFull' : 'io', detail);
}

function closedLog(): LogUnavailable {
  return new LogUnavailable('closed', 'the event log is closed');
}

function failed(written: 'no' | 'unknown', cause: LogUnavailable): AppendAnswer {
  return { status: 'failed', written, cause };
}

function toHead({ meeting_id, epoch, seq, hash, at }: HeadRow): Head {
  return { meetingId: asId<MeetingId>(meeting_id), epoch, seq, hash, at };
}

function toRecord({ meeting_id, data_hash: dataHash, ...rest }: EventRow): LogRecord {
  const { seq, type, at, data, salt, hash } = rest;
  return { meetingId: asId<MeetingId>(meeting_id), seq, type, at, data, salt, dataHash, hash };
}
