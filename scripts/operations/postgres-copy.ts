import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { asId, type MeetingId } from '@diemcau/shared/ids.ts';
import type { Head, LogRecord } from '../../server/src/meeting/log/event-log.ts';
import { connectClient, type PostgresClient } from '../../server/src/postgres/client.ts';
import { checkChains, type LogReader } from './chains.ts';
import type { LogFigures } from './manifest.ts';
import { OperationRefused } from './say.ts';

/** The file that holds the whole database, in PostgreSQL's own archive form. */
export const dumpName = 'database.dump';

/** Connects to the database of an address, or to another one of the same server. The caller ends the connection. */
export async function connect(url: string, database?: string): Promise<PostgresClient> {
  try {
    return await connectClient(url, 'diemcau backup', database);
  } catch (error) {
    const detail = error instanceof Error ? error.message || error.name : String(error);
    throw new OperationRefused(
      `Không kết nối được cơ sở dữ liệu của DATABASE_URL (${detail}).`,
      `The database of DATABASE_URL cannot be reached (${detail}).`,
    );
  }
}

/** @returns the name of the database of an address. */
export function databaseName(url: string): string {
  return decodeURIComponent(new URL(url).pathname.slice(1));
}

/**
 * Runs one of PostgreSQL's own programs on a database. The password goes by the environment: everybody sees arguments.
 * @throws OperationRefused with what it said, or that it is not installed.
 */
export async function runPostgresProgram(
  program: 'pg_dump' | 'pg_restore',
  args: readonly string[],
  url: string,
  database = databaseName(url),
): Promise<void> {
  const address = new URL(url);
  const env: Record<string, string | undefined> = {
    ...process.env,
    PGHOST: address.searchParams.get('host') ?? address.hostname,
    PGPORT: address.port || '5432',
    PGDATABASE: database,
    PGUSER: decodeURIComponent(address.username) || undefined,
    PGPASSWORD: decodeURIComponent(address.password) || undefined,
    PGSSLMODE: address.searchParams.get('sslmode') ?? undefined,
  };
  const child = spawn(program, [...args], { env, stdio: ['ignore', 'ignore', 'pipe'] });
  let said = '';
  child.stderr.on('data', (text) => {
    said += String(text);
  });
  try {
    const [code] = await once(child, 'close');
    if (code === 0) return;
  } catch {
    throw new OperationRefused(
      `Không có chương trình ${program}; đề nghị cài gói postgresql-client.`,
      `There is no program ${program}; install the package postgresql-client.`,
    );
  }
  throw new OperationRefused(`${program} không hoàn thành: ${said.trim()}`, `${program} failed.`);
}

/**
 * Writes the whole database to a file, as of one moment, and checks the log as of the same moment.
 * @returns what the log holds, and the changes of the directory's tables that were made.
 */
export async function dumpDatabase(
  url: string,
  to: string,
): Promise<{ readonly log: LogFigures; readonly migrations: readonly string[] }> {
  const client = await connect(url);
  try {
    await client.query('BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY');
    const { rows } = await client.query<{ id: string }>('SELECT pg_export_snapshot() AS id');
    const snapshot = String(rows[0]?.id);
    await runPostgresProgram(
      'pg_dump',
      ['--format=custom', '--no-owner', '--no-privileges', `--snapshot=${snapshot}`, `--file=${to}`],
      url,
    );
    const found = await contentsOf(client);
    await client.query('COMMIT');
    return found;
  } finally {
    await client.end();
  }
}

/** Checks the log of a database and reads what its directory has been through. */
export async function contentsOf(
  client: PostgresClient,
): Promise<{ readonly log: LogFigures; readonly migrations: readonly string[] }> {
  const { rows } = await client.query<{ name: string }>('SELECT name FROM kysely_migration ORDER BY name');
  return { log: await checkChains(readerOf(client)), migrations: rows.map(({ name }) => name) };
}

/** @returns how many bytes the database takes on its server. */
export async function postgresBytes(url: string): Promise<number> {
  const client = await connect(url);
  try {
    const { rows } = await client.query<{ size: number }>(
      'SELECT pg_database_size(current_database()) AS size',
    );
    return rows[0]?.size ?? 0;
  } finally {
    await client.end();
  }
}

interface HeadRow {
  readonly meeting_id: string;
  readonly epoch: number;
  readonly seq: number;
  readonly hash: string;
  readonly at: number;
}

interface EventRow extends Omit<LogRecord, 'meetingId' | 'dataHash'> {
  readonly meeting_id: string;
  readonly data_hash: string;
}

function readerOf(client: PostgresClient): LogReader {
  return {
    heads: async () =>
      (await client.query<HeadRow>('SELECT * FROM heads ORDER BY meeting_id')).rows.map(
        ({ meeting_id, ...rest }): Head => ({ meetingId: asId<MeetingId>(meeting_id), ...rest }),
      ),
    read: async (meetingId, afterSeq, limit) => {
      const text = 'SELECT * FROM events WHERE meeting_id = $1 AND seq > $2 ORDER BY seq LIMIT $3';
      const { rows } = await client.query<EventRow>(text, [meetingId, afterSeq, limit]);
      return rows.map(({ meeting_id, data_hash, ...rest }) => ({
        meetingId: asId<MeetingId>(meeting_id),
        dataHash: data_hash,
        ...rest,
      }));
    },
    count: async () => {
      const { rows } = await client.query<{ count: number }>('SELECT count(*) AS count FROM events');
      return rows[0]?.count ?? 0;
    },
  };
}
