import { join } from 'node:path';
import type { Config } from './config.ts';
import type { DirectoryDatabase } from './directory/database.ts';
import { openPostgresDirectory } from './directory/postgres.ts';
import { openDirectoryDatabase } from './directory/sqlite.ts';
import type { EventLog } from './meeting/log/event-log.ts';
import { PostgresEventLog } from './meeting/log/postgres-event-log.ts';
import { SqliteEventLog } from './meeting/log/sqlite-event-log.ts';

/** Where everything that lasts is kept. */
export interface Storage {
  readonly directory: DirectoryDatabase;
  readonly events: EventLog;
}

/** Opens the directory: in DATA_DIR, or in the database of DATABASE_URL. The event log is opened by who uses it. */
export async function openStorage({ dataDir, databaseUrl }: Config): Promise<Storage> {
  if (databaseUrl === null) {
    return {
      directory: await openDirectoryDatabase(dataDir),
      events: new SqliteEventLog(join(dataDir, 'events.sqlite')),
    };
  }
  return { directory: await openPostgresDirectory(databaseUrl), events: new PostgresEventLog(databaseUrl) };
}
