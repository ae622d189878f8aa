import { DatabaseSync } from 'node:sqlite';
import type { MeetingId } from '@diemcau/shared/ids.ts';
import type { JsonObject } from '@diemcau/shared/record/json.ts';
import type { EventRecord } from '@diemcau/shared/record/record.ts';
import pg from 'pg';

/** An event as it lies in the database, read without the server's code. `text` is the data as it was stored. */
export interface StoredEvent extends EventRecord {
  readonly text: string;
}

export interface StoredHead {
  readonly epoch: number;
  readonly seq: number;
  readonly hash: string;
}

/** Everything that the log of a stopped server holds, by meeting; events in the order of their numbers. */
export interface StoredLog {
  readonly heads: ReadonlyMap<MeetingId, StoredHead>;
  readonly events: ReadonlyMap<MeetingId, readonly StoredEvent[]>;
}

interface HeadRow {
  readonly meeting_id: MeetingId;
  readonly epoch: unknown;
  readonly seq: unknown;
  readonly hash: string;
}

interface EventRow {
  readonly meeting_id: MeetingId;
  readonly seq: unknown;
  readonly type: string;
  readonly at: unknown;
  readonly data: string;
  readonly salt: string;
  readonly data_hash: string;
  readonly hash: string;
}

const headsQuery = 'SELECT * FROM heads ORDER BY meeting_id';
const eventsQuery = 'SELECT * FROM events ORDER BY meeting_id, seq';

/** Opens the embedded log's file; SQLite brings in what its write-ahead log holds, as the server would. */
export function readSqlite(path: string): StoredLog {
  const database = new DatabaseSync(path);
  try {
    const damage = database.prepare('PRAGMA integrity_check').get()?.integrity_check;
    if (damage !== 'ok') throw new Error(`the database is damaged: ${damage}`);
    const heads = database.prepare(headsQuery).all() as unknown as HeadRow[];
    const events = database.prepare(eventsQuery).all() as unknown as EventRow[];
    return logOf(heads, events);
  } finally {
    database.close();
  }
}

export async function readPostgres(url: string): Promise<StoredLog> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    const heads = await client.query<HeadRow>(headsQuery);
    const events = await client.query<EventRow>(eventsQuery);
    return logOf(heads.rows, events.rows);
  } finally {
    await client.end();
  }
}

function logOf(heads: readonly HeadRow[], rows: readonly EventRow[]): StoredLog {
  const events = rows.map(
    ({ meeting_id: meetingId, seq, type, at, data, salt, data_hash: dataHash, hash }): StoredEvent => ({
      meetingId,
      seq: Number(seq),
      type,
      at: Number(at),
      data: JSON.parse(data) as JsonObject,
      text: data,
      salt,
      dataHash,
      hash,
    }),
  );
  return {
    heads: new Map(
      heads.map(({ meeting_id, epoch, seq, hash }) => [
        meeting_id,
        { epoch: Number(epoch), seq: Number(seq), hash },
      ]),
    ),
    events: Map.groupBy(events, ({ meetingId }) => meetingId as MeetingId),
  };
}
