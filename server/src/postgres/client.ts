import pg from 'pg';
// It says how integers of 64 bits are read.
import './pool.ts';

/** One connection, for whoever needs a snapshot or changes databases; its owner ends it. */
export type PostgresClient = pg.Client;

/**
 * Connects to the database of an address, or to another one of the same server. A connection that breaks says so by its next query.
 * @param application as `pg_stat_activity` shows it.
 */
export async function connectClient(
  url: string,
  application: string,
  database?: string,
): Promise<PostgresClient> {
  const address = new URL(url);
  if (database !== undefined) address.pathname = `/${encodeURIComponent(database)}`;
  const client = new pg.Client({
    connectionString: address.href,
    connectionTimeoutMillis: 5_000,
    application_name: application,
  });
  client.on('error', () => undefined);
  try {
    await client.connect();
    return client;
  } catch (error) {
    await client.end().catch(() => undefined);
    throw error;
  }
}

/** A name as it may stand in a statement. */
export function quotedName(name: string): string {
  return pg.escapeIdentifier(name);
}
