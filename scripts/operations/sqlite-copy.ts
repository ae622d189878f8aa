import { chmodSync, existsSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { toHead, toRecord } from '../../server/src/meeting/log/sqlite-rows.ts';
import type { LogReader } from './chains.ts';
import { OperationRefused } from './say.ts';

/**
 * The embedded databases, in the order in which they are copied: the list of meetings in the directory may lag behind the log
 * and is mended at the next start, never the other way round.
 */
export const databaseFiles = ['directory.sqlite', 'events.sqlite'] as const;

/** @returns how many bytes the databases take, with what is in their write-ahead logs. */
export function databaseBytes(dataDir: string): number {
  return databaseFiles
    .flatMap((name) => [name, `${name}-wal`])
    .map((name) => join(dataDir, name))
    .reduce((sum, path) => sum + (existsSync(path) ? statSync(path).size : 0), 0);
}

/** Copies a database as of one moment; whoever writes to it meanwhile is not held up. */
export function copyDatabase(from: string, to: string): void {
  const source = new DatabaseSync(from, { readOnly: true, timeout: 10_000 });
  try {
    source.prepare('VACUUM INTO ?').run(to);
  } finally {
    source.close();
  }
  chmodSync(to, 0o600);
}

/**
 * Looks through every page of a database that nobody writes to.
 * @throws OperationRefused when something in it is damaged.
 */
export function checkDatabase(path: string): void {
  const faults = withDatabase(path, (database) => [
    ...database
      .prepare('PRAGMA integrity_check(5)')
      .all()
      .map((row) => String(row.integrity_check)),
    ...database
      .prepare('PRAGMA foreign_key_check')
      .all()
      .map((row) => `foreign key of ${row.table}`),
  ]).filter((fault) => fault !== 'ok');
  if (faults.length === 0) return;
  throw new OperationRefused(
    `Cơ sở dữ liệu ${path} bị hỏng: ${faults.join('; ')}.`,
    `The database ${path} is damaged: ${faults.join('; ')}.`,
  );
}

/** @returns the names of the changes of its tables that a directory has been through. */
export function migrationsOf(path: string): readonly string[] {
  return withDatabase(path, (database) =>
    database
      .prepare('SELECT name FROM kysely_migration ORDER BY name')
      .all()
      .map((row) => String(row.name)),
  );
}

/** Reads the log in a file that nobody writes to. */
export async function withLogFile<T>(path: string, work: (log: LogReader) => Promise<T>): Promise<T> {
  const database = open(path);
  try {
    const heads = database.prepare('SELECT * FROM heads ORDER BY meeting_id');
    const events = database.prepare(
      'SELECT * FROM events WHERE meeting_id = ? AND seq > ? ORDER BY seq LIMIT ?',
    );
    return await work({
      heads: async () => heads.all().map(toHead),
      read: async (meetingId, afterSeq, limit) => events.all(meetingId, afterSeq, limit).map(toRecord),
      count: async () => Number(database.prepare('SELECT count(*) AS count FROM events').get()?.count),
    });
  } finally {
    database.close();
  }
}

function withDatabase<T>(path: string, work: (database: DatabaseSync) => T): T {
  const database = open(path);
  try {
    return work(database);
  } finally {
    database.close();
  }
}

function open(path: string): DatabaseSync {
  return new DatabaseSync(path, { readOnly: true, timeout: 10_000 });
}
