import { type Front, startFront } from './front.ts';
import { type OwnDatabase, ownDatabase } from './postgres.ts';
import { type Product, startProduct } from './product.ts';
import { type OwnRedis, ownRedis } from './redis.ts';

type ClusterDatabase = Pick<OwnDatabase, 'url' | 'sql' | 'remove'>;

/** Two real servers in processes of their own on one database and one Redis, behind one address. */
export interface Cluster {
  readonly front: Front;
  readonly redis: OwnRedis;
  readonly database: ClusterDatabase;
  readonly nodes: ReadonlyMap<string, Product>;
  node(name: string): Product;
  /** Which node the table of places names for the meeting; null for none. */
  placeOf(meetingId: string): Promise<string | null>;
  stop(): Promise<void>;
}

/** @param database where theirs is; without it one of their own on the tests' server. */
export async function startCluster(
  names: readonly string[] = ['a', 'b'],
  env: Readonly<Record<string, string>> = {},
  database?: ClusterDatabase,
): Promise<Cluster> {
  const [store, redis] = await Promise.all([database ?? ownDatabase(), ownRedis()]);
  const nodes = new Map<string, Product>();
  // One after another: the first makes the tables.
  for (const name of names) {
    const product = await startProduct({
      DEMO: '0',
      LOG_LEVEL: 'warn',
      DATABASE_URL: store.url,
      REDIS_URL: redis.url,
      NODE_NAME: name,
      JWT_SECRET: 'a secret of the tests, long enough to be one',
      ...env,
    });
    nodes.set(name, product);
  }
  const front = await startFront(new Map([...nodes].map(([name, { url }]) => [name, url])));
  return {
    front,
    redis,
    database: store,
    nodes,
    node: (name) => {
      const product = nodes.get(name);
      if (!product) throw new Error(`no node ${name}`);
      return product;
    },
    placeOf: async (meetingId) => {
      const owner = await redis.ask('HGET', '{diemcau}:places', meetingId);
      return typeof owner === 'string' ? (owner.split(' ')[0] ?? null) : null;
    },
    stop: async () => {
      await front.close();
      await Promise.all([...nodes.values()].map((product) => product.stop()));
      await redis.stop();
      await store.remove();
    },
  };
}
