import pg from 'pg';

/** 64-bit integers come as text, since they can be larger than a number holds; ours are milliseconds and counts. */
pg.types.setTypeParser(pg.types.builtins.INT8, Number);

/** How long a new connection may take, in milliseconds: a database that is away is answered as away, not waited for. */
const connectTimeout = 3_000;
/** A statement that hangs longer than this, in milliseconds, has lost its connection. */
const answerTimeout = 15_000;

export type PostgresPool = pg.Pool;

/**
 * Connections to the database of `DATABASE_URL`. A connection that breaks while no statement runs on it is replaced in silence.
 * @param answerWithin milliseconds after which a statement counts as unanswered.
 */
export function openPool(url: string, size: number, answerWithin = answerTimeout): PostgresPool {
  const pool = new pg.Pool({
    connectionString: url,
    max: size,
    connectionTimeoutMillis: Math.min(connectTimeout, answerWithin),
    query_timeout: answerWithin,
    keepAlive: true,
    application_name: 'diemcau',
  });
  pool.on('error', () => undefined);
  // The pool listens to those that rest. One that breaks while it is lent out, between two statements, has nobody else to tell.
  pool.on('connect', (client) => client.on('error', () => undefined));
  return pool;
}

/** @returns PostgreSQL's five-character code of an error that the server itself answered with; null for a broken line. */
export function sqlState(error: unknown): string | null {
  return error instanceof pg.DatabaseError && error.code !== undefined ? error.code : null;
}
