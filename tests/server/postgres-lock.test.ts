import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { DatabaseAway, DatabaseInUse, lockDatabase } from '../../server/src/postgres/database-lock.ts';
import { type OwnDatabase, ownDatabase, postgresServer } from '../support/postgres.ts';

describe.skipIf((await postgresServer()) === 'away')('one server on a PostgreSQL database', () => {
  let database: OwnDatabase;
  beforeEach(async () => {
    database = await ownDatabase();
  });
  afterEach(() => database.remove());

  /** Processes that hold the lock in this database: `pg_locks` shows those of all databases. */
  async function holders(): Promise<readonly number[]> {
    const rows = await database.sql(
      `SELECT pid FROM pg_locks WHERE locktype = 'advisory' AND granted
       AND database = (SELECT oid FROM pg_database WHERE datname = current_database())`,
    );
    return (rows as { pid: number }[]).map(({ pid }) => pid);
  }

  test('a second server is refused while the first works, and let in after it', async () => {
    const release = await lockDatabase(database.url, () => undefined);
    await expect(lockDatabase(database.url, () => undefined)).rejects.toBeInstanceOf(DatabaseInUse);
    await release();
    const again = await lockDatabase(database.url, () => undefined);
    await again();
  });

  test('a server whose connection was cut takes its lock again', async () => {
    const lost = vi.fn();
    const release = await lockDatabase(database.url, lost);
    const [first] = await holders();
    expect(first).toBeDefined();
    await database.cut();
    await expect
      .poll(async () => (await holders()).filter((pid) => pid !== first), { timeout: 10_000 })
      .toHaveLength(1);
    expect(lost).not.toHaveBeenCalled();
    await release();
  });

  test('a server that comes back and finds another in its place is told so', async () => {
    const lost = vi.fn();
    const release = await lockDatabase(database.url, lost);
    await database.cut();
    const successor = await lockDatabase(database.url, () => undefined);
    await expect.poll(() => lost.mock.calls.length, { timeout: 10_000 }).toBe(1);
    expect(lost.mock.calls[0]?.[0]).toBeInstanceOf(DatabaseInUse);
    await release();
    await successor();
  });

  test('a database that cannot be reached is said in a sentence, without its password', async () => {
    const refused = lockDatabase('postgres://somebody:hunter2@127.0.0.1:1/x', () => undefined);
    await expect(refused).rejects.toBeInstanceOf(DatabaseAway);
    await expect(refused).rejects.toThrow(/DATABASE_URL/);
    await expect(refused).rejects.not.toThrow(/hunter2/);
  });
});
