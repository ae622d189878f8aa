import { CamelCasePlugin, Kysely, PostgresDialect } from 'kysely';
import { openPool } from '../postgres/pool.ts';
import { type DirectoryDatabase, migrated } from './database.ts';
import type { DirectoryTables } from './tables.ts';

const connections = 8;

/** Opens the directory in the database of `url`, migrated where needed. */
export function openPostgresDirectory(url: string): Promise<DirectoryDatabase> {
  const pool = openPool(url, connections);
  const dialect = new PostgresDialect({ pool });
  return migrated(new Kysely<DirectoryTables>({ dialect, plugins: [new CamelCasePlugin()] }));
}
