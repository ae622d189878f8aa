import { atMost, type BenchReport, median, percentile, rounded } from '../report.ts';
import { runBaseline } from './baseline.ts';
import { plan } from './plan.ts';
import { openHall } from './product.ts';

/**
 * Fifty members vote: from a mark's sending until all screens have it, after the durable commit. Product and bare
 * `ws` in turn; every figure is the median of the runs.
 */
export async function run(): Promise<BenchReport> {
  const hall = await openHall();
  const product: { p50: number; p99: number }[] = [];
  const bare: { p50: number; p99: number }[] = [];
  try {
    await hall.run();
    for (let round = 0; round < plan.runs; round += 1) {
      bare.push(summary(await runBaseline()));
      product.push(summary(await hall.run()));
    }
  } finally {
    await hall.close();
  }
  const figures = named(product);
  const baseline = named(bare);
  const ratio = rounded(figures.fanout_p99_ms / baseline.fanout_p99_ms);
  return {
    bench: 'fanout',
    figures,
    baseline,
    ratios: { fanout_p50: rounded(figures.fanout_p50_ms / baseline.fanout_p50_ms), fanout_p99: ratio },
    aims: { 'ratios.fanout_p99': atMost(ratio, 2) },
  };
}

function summary(times: readonly number[]): { p50: number; p99: number } {
  return { p50: percentile(times, 50), p99: percentile(times, 99) };
}

function named(runs: readonly { p50: number; p99: number }[]) {
  return {
    fanout_p50_ms: rounded(median(runs.map(({ p50 }) => p50))),
    fanout_p99_ms: rounded(median(runs.map(({ p99 }) => p99))),
  };
}
