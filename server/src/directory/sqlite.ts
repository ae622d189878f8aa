import { chmodSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync, type StatementSync } from 'node:sqlite';
import {
  CamelCasePlugin,
  Kysely,
  SqliteAdapter,
  type SqliteDatabase,
  SqliteDialect,
  type SqliteStatement,
} from 'kysely';
import { type DirectoryDatabase, migrated } from './database.ts';
import type { DirectoryTables } from './tables.ts';

type BoundValue = null | number | bigint | string | Uint8Array;

/** What SQLite can bind; anything else is a programming error and must not be silently turned into text. */
function bindable(value: unknown): BoundValue {
  if (value === null || typeof value === 'string' || typeof value === 'number' || typeof value === 'bigint') {
    return value;
  }
  if (value instanceof Uint8Array) return value;
  throw new TypeError(`SQLite cannot bind a value of type ${typeof value}.`);
}

function adaptStatement(statement: StatementSync): SqliteStatement {
  return {
    // Without this Kysely takes every statement for one that returns no rows.
    reader: statement.columns().length > 0,
    all: (parameters) => statement.all(...parameters.map(bindable)),
    run: (parameters) => statement.run(...parameters.map(bindable)),
    iterate: (parameters) => statement.iterate(...parameters.map(bindable)),
  };
}

/** Texts of statements that are kept prepared; those with lists of ids have one for each length, so there is an end to them. */
const preparedLimit = 200;

/** `DatabaseSync` in the shape that Kysely's SQLite dialect expects. A text that comes again is not prepared again. */
function adaptDatabase(database: DatabaseSync): SqliteDatabase {
  const prepared = new Map<string, SqliteStatement>();
  const prepare = (sql: string) => {
    const known = prepared.get(sql);
    if (known) return known;
    const statement = adaptStatement(database.prepare(sql));
    if (prepared.size >= preparedLimit) prepared.clear();
    prepared.set(sql, statement);
    return statement;
  };
  return { close: () => database.close(), prepare };
}

/** SQLite does undo DDL in a transaction, so a migration that is cut short leaves nothing behind. */
class TransactionalAdapter extends SqliteAdapter {
  override get supportsTransactionalDdl(): boolean {
    return true;
  }
}

class DirectoryDialect extends SqliteDialect {
  override createAdapter(): SqliteAdapter {
    return new TransactionalAdapter();
  }
}

/**
 * Opens `dataDir/directory.sqlite`, made and migrated where needed. There is one connection, which Kysely hands out
 * to one transaction at a time: inside a transaction await nothing but the database.
 */
export async function openDirectoryDatabase(dataDir: string): Promise<DirectoryDatabase> {
  mkdirSync(dataDir, { recursive: true });
  const path = join(dataDir, 'directory.sqlite');
  const raw = new DatabaseSync(path, { timeout: 5000 });
  // Members' data: for the server's own user alone. The files that SQLite puts beside it follow its mode.
  chmodSync(path, 0o600);
  raw.exec('PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA foreign_keys = ON;');
  const database = new Kysely<DirectoryTables>({
    dialect: new DirectoryDialect({ database: adaptDatabase(raw) }),
    plugins: [new CamelCasePlugin()],
  });
  return migrated(database);
}
