import pg from 'pg';

/** Any number that nobody else takes in this database. */
const key = 7_310_203;

/** Does work that two servers must not do at once, one after another. @param url null for a server that is alone. */
export async function inTurn(url: string | null, work: () => Promise<void>): Promise<void> {
  if (url === null) return work();
  const client = new pg.Client({ connectionString: url, keepAlive: true, application_name: 'diemcau turn' });
  client.on('error', () => undefined);
  await client.connect();
  try {
    await client.query('SELECT pg_advisory_lock($1)', [key]);
    await work();
  } finally {
    await client.end();
  }
}
