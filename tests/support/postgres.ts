import { randomBytes } from 'node:crypto';
import pg from 'pg';

/** Where the tests' PostgreSQL is: an address of one's own, else the one on this machine. */
const server = process.env.TEST_DATABASE_URL ?? 'postgres://postgres@127.0.0.1:5432/postgres';

/** A database that only one test knows. */
export interface OwnDatabase {
  readonly url: string;
  /** Runs SQL in it, beside whoever else uses it. */
  sql(text: string): Promise<unknown[]>;
  /** Ends every connection to it, as a server that stops does. */
  cut(): Promise<void>;
  remove(): Promise<void>;
}

/** Runs SQL on a connection of its own. */
export async function runSql(url: string, text: string): Promise<unknown[]> {
  const client = new pg.Client({ connectionString: url, connectionTimeoutMillis: 3_000 });
  client.on('error', () => undefined);
  await client.connect();
  try {
    return (await client.query(text)).rows;
  } finally {
    await client.end();
  }
}

let reached: Promise<'there' | 'away'> | undefined;

/** Whether there is a PostgreSQL to test against. On a machine made for tests (CI=true) it must be there. */
export function postgresServer(): Promise<'there' | 'away'> {
  reached ??= runSql(server, 'SELECT 1').then(
    () => 'there',
    (error: unknown) => {
      if (process.env.CI === 'true') throw error;
      console.warn('Skipped: no PostgreSQL on 127.0.0.1:5432 (or TEST_DATABASE_URL) to test against.');
      return 'away';
    },
  );
  return reached;
}

/** Makes a database with a name that nobody has. */
export async function ownDatabase(): Promise<OwnDatabase> {
  const name = `diemcau_${process.env.TEST_DATABASE_RUN ?? 'alone'}_${randomBytes(8).toString('hex')}`;
  await runSql(server, `CREATE DATABASE ${name}`);
  const url = new URL(server);
  url.pathname = `/${name}`;
  return {
    url: url.href,
    sql: (text) => runSql(url.href, text),
    cut: async () => {
      await runSql(
        server,
        `SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = '${name}' AND pid <> pg_backend_pid()`,
      );
    },
    remove: async () => {
      await runSql(server, `DROP DATABASE IF EXISTS ${name} WITH (FORCE)`);
    },
  };
}

/** Removes what the tests of one run have left. */
export async function removeDatabases(run: string): Promise<void> {
  const left = await runSql(
    server,
    `SELECT datname FROM pg_database WHERE datname LIKE 'diemcau\\_${run}\\_%'`,
  );
  for (const { datname } of left as { datname: string }[]) {
    await runSql(server, `DROP DATABASE IF EXISTS ${datname} WITH (FORCE)`);
  }
}
