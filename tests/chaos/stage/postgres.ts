import { type Product, startProduct } from '../../support/product.ts';
import { Crew, type CrewPlan } from '../bots/crew.ts';
import { readPostgres } from '../checker/stored.ts';
import type { Seeded } from '../seeded.ts';
import { type PrivatePostgres, privatePostgres } from './private-postgres.ts';
import type { Stage } from './stage.ts';

/** One server on a PostgreSQL of its own. */
export interface PostgresStage extends Stage {
  readonly postgres: PrivatePostgres;
}

/** Starts both with everybody in it. @param programs where PostgreSQL's programs are. */
export async function postgresStage(
  programs: string,
  plan: CrewPlan,
  chance: Seeded,
): Promise<PostgresStage> {
  const postgres = await privatePostgres(programs);
  let product: Product | undefined;
  try {
    product = await startProduct({
      DEMO: '0',
      LOG_LEVEL: 'fatal',
      DATABASE_URL: postgres.url,
      JWT_SECRET: 'a secret of the tests, long enough to be one',
    });
    const running = product;
    const crew = await Crew.assemble(running, plan, chance);
    return {
      product: running,
      crew,
      postgres,
      readLog: () => readPostgres(postgres.url),
      close: async () => {
        crew.close();
        await running.stop();
        await postgres.remove();
      },
    };
  } catch (error) {
    await product?.kill();
    await postgres.remove();
    throw error;
  }
}
