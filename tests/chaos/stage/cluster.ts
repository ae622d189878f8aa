import { type Cluster, startCluster } from '../../support/cluster.ts';
import { firstCodeOf, type Product } from '../../support/product.ts';
import { Crew, type CrewPlan } from '../bots/crew.ts';
import { readPostgres } from '../checker/stored.ts';
import type { Seeded } from '../seeded.ts';
import type { PostgresStage } from './postgres.ts';
import { privatePostgres } from './private-postgres.ts';
import type { Stage } from './stage.ts';

const names = ['a', 'b'];
const env = { LOG_LEVEL: 'fatal' };

/** Two servers on one PostgreSQL and one Redis, behind one address. */
export interface ClusterStage extends Stage {
  readonly cluster: Cluster;
}

/** Starts them with everybody in, on a database of the tests' server. */
export async function clusterStage(plan: CrewPlan, chance: Seeded): Promise<ClusterStage> {
  return assemble(await startCluster(names, env), plan, chance);
}

/** The same on a PostgreSQL of their own. @param programs where PostgreSQL's programs are. */
export async function clusterPostgresStage(
  programs: string,
  plan: CrewPlan,
  chance: Seeded,
): Promise<ClusterStage & PostgresStage> {
  const postgres = await privatePostgres(programs);
  let cluster: Cluster;
  try {
    cluster = await startCluster(names, env, postgres);
  } catch (error) {
    await postgres.remove();
    throw error;
  }
  return { ...(await assemble(cluster, plan, chance)), postgres };
}

async function assemble(cluster: Cluster, plan: CrewPlan, chance: Seeded): Promise<ClusterStage> {
  const nodes = [...cluster.nodes.values()];
  const all: Product = {
    url: cluster.front.url,
    dataDir: '',
    pid: 0,
    output: () => nodes.map((node) => node.output()).join(''),
    kill: async () => {
      await Promise.all(nodes.map((node) => node.kill()));
    },
    restart: async () => {
      await Promise.all(nodes.map((node) => node.restart()));
    },
    stop: async () => {
      await Promise.all(nodes.map((node) => node.stop()));
    },
  };
  try {
    // The code of the server that started last is the one that holds.
    const crew = await Crew.assemble(all, plan, chance, firstCodeOf(cluster.node('b')));
    return {
      product: all,
      crew,
      cluster,
      readLog: () => readPostgres(cluster.database.url),
      close: async () => {
        crew.close();
        // Nobody is there any more to whom meetings could be handed over in order.
        await all.kill();
        await cluster.stop();
      },
    };
  } catch (error) {
    await cluster.stop();
    throw error;
  }
}
