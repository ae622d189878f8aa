import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openPostgresDirectory } from '../../../server/src/directory/postgres.ts';
import { openDirectoryDatabase } from '../../../server/src/directory/sqlite.ts';
import { PostgresEventLog } from '../../../server/src/meeting/log/postgres-event-log.ts';
import { SqliteEventLog } from '../../../server/src/meeting/log/sqlite-event-log.ts';
import { ownDatabase, postgresServer } from '../../support/postgres.ts';
import { type Product, startProduct } from '../../support/product.ts';
import type { EveningSize } from './plan.ts';
import { prepareEvening } from './prepare.ts';
import { eveningSecret } from './tokens.ts';
import { weighable } from './weigh.ts';

export type StorageKind = 'embedded' | 'postgres';

/** A server of the product that has the meetings of an evening before it. */
export interface EveningNode extends Product {
  /** A folder of its own, for {@link weigh}. */
  readonly folder: string;
}

/** Prepares an evening and starts one server on it. */
export async function startEvening(size: EveningSize, kind: StorageKind): Promise<EveningNode> {
  const folder = await mkdtemp(join(tmpdir(), 'evening-'));
  const database = kind === 'postgres' ? await emptyDatabase() : null;
  const directory = database
    ? await openPostgresDirectory(database.url)
    : await openDirectoryDatabase(folder);
  const events = database
    ? new PostgresEventLog(database.url)
    : new SqliteEventLog(join(folder, 'events.sqlite'));
  await prepareEvening(size, { directory, events });
  await directory.destroy();
  const product = await startProduct({
    ...governanceOnly,
    ...weighable(folder),
    DATA_DIR: folder,
    JWT_SECRET: eveningSecret,
    // What a server can do is measured, not how many it is told to let in.
    ADMISSIONS_PER_SECOND: '999999',
    ...(database ? { DATABASE_URL: database.url } : {}),
  });
  return Object.assign(Object.create(product) as Product, {
    folder,
    stop: async () => {
      await product.stop();
      await rm(folder, { recursive: true, force: true, maxRetries: 5 });
      await database?.remove();
    },
  });
}

/** No invented people; errors are worth reading; no picture and no sound. */
export const governanceOnly = { DEMO: '0', LOG_LEVEL: 'error', MEDIASOUP_WORKER_BIN: '/bin/false' } as const;

async function emptyDatabase() {
  if ((await postgresServer()) === 'away') throw new Error('this benchmark wants a PostgreSQL server');
  return ownDatabase();
}
