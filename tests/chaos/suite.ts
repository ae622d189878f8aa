import { postgresServer } from '../support/postgres.ts';
import { redisServer } from '../support/redis.ts';
import type { CrewPlan } from './bots/crew.ts';
import { jumpClock } from './faults/clock.ts';
import { freezeNode, killOneNode, killRedis, redisAway } from './faults/cluster.ts';
import { fillDisk } from './faults/disk.ts';
import { killNode } from './faults/kill.ts';
import { postgresAway, postgresFrozen, stopPostgres } from './faults/postgres.ts';
import { cutPower } from './faults/power.ts';
import { killWorker } from './faults/worker.ts';
import { endure, type FaultReport } from './scenario.ts';
import { Seeded } from './seeded.ts';
import { clusterPostgresStage, clusterStage } from './stage/cluster.ts';
import { embeddedStage } from './stage/embedded.ts';
import { postgresStage } from './stage/postgres.ts';
import { postgresPrograms } from './stage/private-postgres.ts';
import type { Fault, Form, Stage } from './stage/stage.ts';

export interface Wish {
  readonly seed: string;
  readonly form: Form;
  /** Acknowledged marks that each fault must see at least. */
  readonly marks: number;
  /** Names of faults; all of them without it. */
  readonly only?: readonly string[] | undefined;
  readonly tell: (report: FaultReport) => void;
}

/** Faults of one kind of installation, and how that is set up; null where this machine can't. */
interface Ground<S extends Stage> {
  readonly faults: readonly Fault<S>[];
  readonly open: (plan: CrewPlan, chance: Seeded) => Promise<S>;
  readonly isHere: () => Promise<boolean>;
}

const embedded: Ground<Awaited<ReturnType<typeof embeddedStage>>> = {
  faults: [cutPower, killNode, killWorker, fillDisk, jumpClock],
  open: embeddedStage,
  isHere: async () => true,
};

const postgres: Ground<Awaited<ReturnType<typeof postgresStage>>> = {
  faults: [stopPostgres, postgresAway, postgresFrozen],
  open: (plan, chance) => postgresStage(postgresPrograms() ?? '', plan, chance),
  isHere: async () => postgresPrograms() !== null,
};

const cluster: Ground<Awaited<ReturnType<typeof clusterStage>>> = {
  faults: [killOneNode, freezeNode, killRedis, redisAway],
  open: clusterStage,
  isHere: async () => redisServer() === 'there' && (await postgresServer()) === 'there',
};

const clusterPostgres: Ground<Awaited<ReturnType<typeof clusterPostgresStage>>> = {
  faults: [
    { ...postgresAway, name: 'nodes-postgres-away' },
    { ...postgresFrozen, name: 'nodes-postgres-frozen' },
  ],
  open: (plan, chance) => clusterPostgresStage(postgresPrograms() ?? '', plan, chance),
  isHere: async () => redisServer() === 'there' && postgresPrograms() !== null,
};

const grounds = { embedded, postgres, cluster, clusterPostgres };

export type GroundName = keyof typeof grounds;
export const groundNames = Object.keys(grounds) as readonly GroundName[];

/** Every fault's name, by the installation that it is done to. */
export function faultNames(ground: GroundName): readonly string[] {
  return grounds[ground].faults.map(({ name }) => name);
}

/** Whether this machine has what the installation needs: PostgreSQL, Redis. */
export function isHere(ground: GroundName): Promise<boolean> {
  return grounds[ground].isHere();
}

const plans: { readonly [F in Form]: CrewPlan } = {
  short: { members: 7, meetings: 2, eventsAVote: 60 },
  long: { members: 10, meetings: 4, eventsAVote: 240 },
};

/** Does the wished faults of one installation one after the other, with the same people. @returns what each came to. */
export function runGround(name: GroundName, wish: Wish): Promise<readonly FaultReport[]> {
  switch (name) {
    case 'embedded':
      return run(embedded, name, wish);
    case 'postgres':
      return run(postgres, name, wish);
    case 'cluster':
      return run(cluster, name, wish);
    case 'clusterPostgres':
      return run(clusterPostgres, name, wish);
  }
}

async function run<S extends Stage>(ground: Ground<S>, name: string, wish: Wish): Promise<FaultReport[]> {
  const { seed, form, marks, only, tell } = wish;
  const faults = ground.faults.filter((fault) => only?.includes(fault.name) ?? true);
  if (faults.length === 0) return [];
  const stage = await ground.open(plans[form], new Seeded(`${seed}/${name}`));
  const reports: FaultReport[] = [];
  try {
    for (const fault of faults) {
      const chance = new Seeded(`${seed}/${name}/${fault.name}`);
      const report = await endure(stage, fault, { seed, chance, form, marks });
      reports.push(report);
      tell(report);
    }
  } finally {
    await stage.close();
  }
  return reports;
}
