import type { Kysely } from 'kysely';
import { Migrator } from 'kysely/migration';
import { migrations } from './migrations.ts';
import type { DirectoryTables } from './tables.ts';

/** The directory's database: people, cells, accounts, the index of meetings. Never a meeting's own events. */
export type DirectoryDatabase = Kysely<DirectoryTables>;

/** @returns the database with every migration applied. Where one fails, the database is closed and the fault thrown. */
export async function migrated(database: DirectoryDatabase): Promise<DirectoryDatabase> {
  const migrator = new Migrator({ db: database, provider: { getMigrations: async () => migrations } });
  const { error } = await migrator.migrateToLatest();
  if (!error) return database;
  await database.destroy();
  throw error;
}
