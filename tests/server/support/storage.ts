import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { DirectoryDatabase } from '../../../server/src/directory/database.ts';
import { openPostgresDirectory } from '../../../server/src/directory/postgres.ts';
import { openDirectoryDatabase } from '../../../server/src/directory/sqlite.ts';
import type { EventLog } from '../../../server/src/meeting/log/event-log.ts';
import { PostgresEventLog } from '../../../server/src/meeting/log/postgres-event-log.ts';
import { SqliteEventLog } from '../../../server/src/meeting/log/sqlite-event-log.ts';
import { ownDatabase } from '../../support/postgres.ts';

/** Which engine these tests run on: the embedded one, or PostgreSQL with `TEST_STORAGE=postgres`. */
export const engine = process.env.TEST_STORAGE === 'postgres' ? 'postgres' : 'embedded';

const databases = new Map<string, Promise<string>>();

/** A database of its own for each folder, found again by who opens the same folder. */
function databaseOf(dataDir: string): Promise<string> {
  const known = databases.get(dataDir);
  if (known) return known;
  const note = join(dataDir, 'database-url');
  const made = readFile(note, 'utf8').catch(async () => {
    const { url } = await ownDatabase();
    await writeFile(note, url);
    return url;
  });
  databases.set(dataDir, made);
  return made;
}

/** Opens the directory that belongs to the folder. */
export async function openDirectoryOf(dataDir: string): Promise<DirectoryDatabase> {
  return engine === 'embedded'
    ? openDirectoryDatabase(dataDir)
    : openPostgresDirectory(await databaseOf(dataDir));
}

/** The event log that belongs to the folder, not opened yet. */
export async function eventLogOf(dataDir: string): Promise<EventLog> {
  return engine === 'embedded'
    ? new SqliteEventLog(join(dataDir, 'events.sqlite'))
    : new PostgresEventLog(await databaseOf(dataDir));
}

/** A store for a server in a process of its own: what to set in its environment, and the log it writes, seen from beside. */
export async function storageOfProduct(): Promise<{
  readonly env: Readonly<Record<string, string>>;
  readonly log: (dataDir: string) => EventLog;
}> {
  if (engine === 'embedded') {
    return { env: {}, log: (dataDir) => new SqliteEventLog(join(dataDir, 'events.sqlite')) };
  }
  const { url } = await ownDatabase();
  return {
    env: { DATABASE_URL: url, JWT_SECRET: 'a secret of the tests, long enough to be one' },
    log: () => new PostgresEventLog(url),
  };
}
