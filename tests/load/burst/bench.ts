import { setTimeout as pause } from 'node:timers/promises';
import { postgresServer } from '../../support/postgres.ts';
import type { StorageKind } from '../evening/node.ts';
import { atMost, type BenchReport, median, percentile, rounded } from '../report.ts';
import { type Baseline, startBaseline } from './baseline.ts';
import { plan } from './plan.ts';
import { type Hall, openHall } from './product.ts';

interface Round {
  readonly p50: number;
  readonly p99: number;
  readonly storm: number;
}

interface Found {
  readonly arrivals: number;
  readonly product: readonly Round[];
  readonly bare: readonly Round[];
}

/**
 * Three hundred meetings open a vote in the same second: until the last screen of a meeting has it, after the durable commit,
 * beside bare `ws` that appends as durably. And five thousand whose lines were lost come back at once, beside bare Socket.IO. Product and
 * baseline in turn, on the embedded store and on PostgreSQL where there is one; every figure is the median of the runs.
 */
export async function run(): Promise<BenchReport> {
  const embedded = await measure('embedded');
  const postgres = (await postgresServer()) === 'there' ? await measure('postgres') : null;
  const named = (rounds: readonly Round[], prefix = '') => ({
    [`${prefix}fanout_p50_ms`]: rounded(median(rounds.map(({ p50 }) => p50))),
    [`${prefix}fanout_p99_ms`]: rounded(median(rounds.map(({ p99 }) => p99))),
    [`${prefix}storm_per_second`]: rounded(median(rounds.map(({ storm }) => storm))),
  });
  const over = ({ product, bare }: Found, pick: (round: Round) => number) =>
    rounded(median(product.map(pick)) / median(bare.map(pick)));
  const ratios = {
    fanout_p99: over(embedded, ({ p99 }) => p99),
    // How many times as long the storm takes: 60 % of the connections a second are 1.67.
    storm_time: rounded(1 / over(embedded, ({ storm }) => storm)),
    ...(postgres
      ? {
          postgres_fanout_p99: over(postgres, ({ p99 }) => p99),
          postgres_storm_time: rounded(1 / over(postgres, ({ storm }) => storm)),
        }
      : {}),
  };
  return {
    bench: 'burst',
    figures: {
      ...named(embedded.product),
      arrivals_per_second: rounded(embedded.arrivals),
      ...(postgres
        ? {
            ...named(postgres.product, 'postgres_'),
            postgres_arrivals_per_second: rounded(postgres.arrivals),
          }
        : {}),
    },
    baseline: named(embedded.bare),
    ratios,
    aims: {
      'ratios.fanout_p99': atMost(ratios.fanout_p99, 2),
      'ratios.storm_time': atMost(ratios.storm_time, 1.67),
    },
  };
}

async function measure(kind: StorageKind): Promise<Found> {
  const baseline = await startBaseline();
  try {
    return await inTurn(kind, baseline);
  } finally {
    await baseline.close();
  }
}

async function inTurn(kind: StorageKind, baseline: Baseline): Promise<Found> {
  const hall = await openHall(kind);
  try {
    const [product, bare]: [Round[], Round[]] = [[], []];
    for (let round = 0; round < plan.runs; round += 1) {
      bare.push(await roundOf(baseline));
      product.push(await roundOf(hall));
    }
    return { arrivals: hall.arrivals, product, bare };
  } finally {
    await hall.close();
  }
}

async function roundOf(side: Pick<Hall, 'burst' | 'storm'>): Promise<Round> {
  await pause(plan.rest);
  const times = await side.burst();
  await pause(plan.rest);
  return { p50: percentile(times, 50), p99: percentile(times, 99), storm: await side.storm() };
}
