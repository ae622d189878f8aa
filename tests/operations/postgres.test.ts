import { asId, type MeetingId } from '@diemcau/shared/ids.ts';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { backupsIn } from '../../scripts/operations/backup-folder.ts';
import { connect, contentsOf, databaseName } from '../../scripts/operations/postgres-copy.ts';
import { openPostgresDirectory } from '../../server/src/directory/postgres.ts';
import { PostgresEventLog } from '../../server/src/meeting/log/postgres-event-log.ts';
import { type OwnDatabase, ownDatabase, postgresServer } from '../support/postgres.ts';
import { operate } from './support/command.ts';
import { ownFolder } from './support/folders.ts';
import { appendEvents } from './support/sample-data.ts';

const secret = 'a secret of the tests, long enough to be one';

describe.skipIf((await postgresServer()) === 'away')('with DATABASE_URL', () => {
  let database: OwnDatabase;
  let folder: string;
  let dataDir: string;
  const env = () => ({ DATABASE_URL: database.url, JWT_SECRET: secret, DATA_DIR: dataDir });
  const logNow = async () => {
    const client = await connect(database.url);
    try {
      return (await contentsOf(client)).log;
    } finally {
      await client.end();
    }
  };

  beforeAll(async () => {
    database = await ownDatabase();
    [folder, dataDir] = [ownFolder(), ownFolder()];
    await (await openPostgresDirectory(database.url)).destroy();
    const log = new PostgresEventLog(database.url);
    await log.open();
    await appendEvents(log, 'buoi-a', 40);
    await log.close();
  });
  afterAll(async () => {
    if (!database) return;
    const name = databaseName(database.url);
    const main = await connect(database.url, 'postgres');
    const { rows } = await main.query<{ datname: string }>('SELECT datname FROM pg_database');
    await main.end();
    await database.remove();
    for (const { datname } of rows.filter((row) => row.datname.startsWith(`${name}_`))) {
      const client = await connect(database.url, 'postgres');
      await client.query(`DROP DATABASE "${datname}" WITH (FORCE)`);
      await client.end();
    }
  });

  test('OPS1 a dump is made of one moment while events are written, with the log checked of that moment', async () => {
    const log = new PostgresEventLog(database.url);
    await log.open();
    let over = false;
    const writing = (async () => {
      while (!over) await appendEvents(log, 'buoi-b', 2);
    })();
    const { code, output } = await operate('backup', [folder], env());
    over = true;
    await writing;
    await log.close();
    expect([code, output]).toEqual([0, expect.stringMatching(/Backed up and checked/)]);
    expect(output).not.toContain(secret);
    expect((await logNow()).events).toBeGreaterThanOrEqual(backupsIn(folder)[0]?.manifest.log.events ?? 1);
  });

  test('OPS6 is restored whole, not beside a connected server, and keeps the database of before', async () => {
    const log = new PostgresEventLog(database.url);
    await log.open();
    await appendEvents(log, 'buoi-a', 3);
    const later = await logNow();
    expect(await operate('restore', [folder], env())).toMatchObject({ code: 1 });
    const connected = await operate('restore', [folder, '--replace'], env());
    expect([connected.code, connected.output]).toEqual([1, expect.stringMatching(/still connected/)]);
    expect(await logNow()).toEqual(later);
    await log.close();

    const { code, output } = await operate('restore', [folder, '--replace'], env());
    expect([code, output]).toEqual([0, expect.stringMatching(/Restored and checked/)]);
    expect(await logNow()).toEqual(backupsIn(folder)[0]?.manifest.log);
    const aside = /kept as: (\S+)/.exec(output)?.[1] ?? '';
    const client = await connect(database.url, aside);
    expect((await contentsOf(client)).log).toEqual(later);
    await client.end();

    const again = new PostgresEventLog(database.url);
    await again.open();
    expect(await again.head(asId<MeetingId>('buoi-a'))).toMatchObject({ seq: 40 });
    await again.close();
  });

  test('OPS6 a backup of the other kind of database is refused', async () => {
    const { code, output } = await operate('restore', [folder], { DATA_DIR: ownFolder() });
    expect([code, output]).toEqual([1, expect.stringMatching(/another kind of database/)]);
  });
});
