import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openPostgresDirectory } from '../../../server/src/directory/postgres.ts';
import { PostgresEventLog } from '../../../server/src/meeting/log/postgres-event-log.ts';
import { type OwnDatabase, ownDatabase, postgresServer } from '../../support/postgres.ts';
import { type Product, startProduct } from '../../support/product.ts';
import { type OwnRedis, ownRedis, redisServer } from '../../support/redis.ts';
import { governanceOnly } from '../evening/node.ts';
import type { EveningSize } from '../evening/plan.ts';
import { prepareEvening } from '../evening/prepare.ts';
import { eveningSecret } from '../evening/tokens.ts';
import { weighable } from '../evening/weigh.ts';
import { type NodeName, nodeNames } from './plan.ts';

export interface ProvinceNode extends Product {
  readonly folder: string;
}

/** Servers of the product on one database and one Redis, with the meetings of an evening before them. */
export interface Province {
  readonly nodes: ReadonlyMap<NodeName, ProvinceNode>;
  readonly database: OwnDatabase;
  readonly redis: OwnRedis;
  stop(): Promise<void>;
}

/** Prepares an evening and starts a node for each name, all at once. Resolves when every meeting has its home. */
export async function startProvince(
  size: EveningSize,
  names: readonly NodeName[] = nodeNames,
  env: Readonly<Record<string, string>> = {},
): Promise<Province> {
  if ((await postgresServer()) === 'away' || redisServer() === 'away')
    throw new Error('this benchmark wants a PostgreSQL server, and Redis');
  const [database, redis] = await Promise.all([ownDatabase(), ownRedis()]);
  const directory = await openPostgresDirectory(database.url);
  await prepareEvening(size, { directory, events: new PostgresEventLog(database.url) });
  await directory.destroy();
  await database.sql('ANALYZE');
  const started = names.map(async (name) => {
    const folder = await mkdtemp(join(tmpdir(), 'province-'));
    const product = await startProduct({
      ...governanceOnly,
      ...weighable(folder),
      DATABASE_URL: database.url,
      REDIS_URL: redis.url,
      NODE_NAME: name,
      JWT_SECRET: eveningSecret,
      ...env,
    });
    return [name, Object.assign(Object.create(product) as Product, { folder })] as const;
  });
  const nodes = new Map(await Promise.all(started));
  await placed(redis, size.meetings);
  return {
    nodes,
    database,
    redis,
    stop: async () => {
      await Promise.all(
        Array.from(nodes.values(), async (node) => {
          await node.stop();
          await rm(node.folder, { recursive: true, force: true, maxRetries: 5 });
        }),
      );
      await redis.stop();
      await database.remove();
    },
  };
}

async function placed(redis: OwnRedis, meetings: number): Promise<void> {
  const deadline = Date.now() + 120_000;
  while (Number(await redis.ask('HLEN', '{diemcau}:places')) < meetings) {
    if (Date.now() > deadline) throw new Error('not every meeting has found its home');
    await new Promise((resolve) => setTimeout(resolve, 500));
  }
}
