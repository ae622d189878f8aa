import { setTimeout as sleep } from 'node:timers/promises';
import type { Page } from '@playwright/test';
import { WallRobot } from '../../support/wall-robots.ts';
import { atMost, type BenchReport, percentile, rounded } from '../report.ts';
import { type BenchHall, openBenchHall } from './hall.ts';
import { plan } from './plan.ts';
import { click, end, ingress, launch, openScreen } from './screen.ts';

/**
 * A superior opens a wall of sixteen meetings: from the click (which begins the attendances) until every tile shows a frame,
 * with pipes that stand and with pipes that must be made; what the line carries; what each superior costs the server. The
 * baseline joins the sixteen meetings one by one, each with a transport of its own.
 */
export async function run(): Promise<BenchReport> {
  const hall = await openBenchHall();
  const browser = await launch();
  try {
    const page = await openScreen(browser, hall);
    // The browser's first WebRTC is slower than all that follow, in every way alike.
    await once(page, 'wall', hall);
    await once(page, 'naive', hall);
    const naive = await times(page, 'naive', hall, plan.rest);
    const cold = await times(page, 'wall', hall, plan.linger + plan.rest);
    const warm = await whileWatched(hall, () => times(page, 'wall', hall, plan.rest));
    await click(page, 'wall', hall);
    const { meetings } = hall;
    const figures = {
      all_tiles_warm_p50_ms: rounded(percentile(warm, 50)),
      all_tiles_warm_p95_ms: rounded(percentile(warm, 95)),
      all_tiles_cold_p50_ms: rounded(percentile(cold, 50)),
      all_tiles_cold_p95_ms: rounded(percentile(cold, 95)),
      ingress_16_kbit: rounded(await ingress(page, meetings, plan.tile)),
      ingress_4_kbit: rounded(await ingress(page, meetings.slice(0, 4), plan.quarter)),
      ingress_1_kbit: rounded(await ingress(page, meetings.slice(0, 1), plan.whole)),
    };
    await page.close();
    return report(figures, naive, await costs(hall));
  } finally {
    await browser.close();
    await hall.close();
  }
}

function report(
  figures: Record<string, number> & {
    all_tiles_warm_p95_ms: number;
    all_tiles_cold_p95_ms: number;
    ingress_16_kbit: number;
  },
  naive: readonly number[],
  cost: Readonly<Record<string, number>>,
): BenchReport {
  const baseline = {
    all_tiles_warm_p50_ms: rounded(percentile(naive, 50)),
    all_tiles_warm_p95_ms: rounded(percentile(naive, 95)),
  };
  const ratios = {
    warm_vs_naive: rounded(figures.all_tiles_warm_p95_ms / baseline.all_tiles_warm_p95_ms),
    cold_vs_naive: rounded(figures.all_tiles_cold_p95_ms / baseline.all_tiles_warm_p95_ms),
  };
  return {
    bench: 'wall',
    figures: { ...figures, ...cost },
    baseline,
    ratios,
    aims: {
      'figures.all_tiles_warm_p95_ms': atMost(figures.all_tiles_warm_p95_ms, 400),
      'figures.all_tiles_cold_p95_ms': atMost(figures.all_tiles_cold_p95_ms, 1_300),
      'figures.ingress_16_kbit': atMost(figures.ingress_16_kbit, 4_000),
      'ratios.warm_vs_naive': atMost(ratios.warm_vs_naive, 0.35),
    },
  };
}

async function once(page: Page, way: 'wall' | 'naive', hall: BenchHall): Promise<number> {
  const time = await click(page, way, hall);
  await end(page);
  return time;
}

/** @param pause milliseconds between two clicks. */
async function times(
  page: Page,
  way: 'wall' | 'naive',
  hall: BenchHall,
  pause: number,
): Promise<readonly number[]> {
  const found: number[] = [];
  for (let run = 0; run < plan.runs; run += 1) {
    await sleep(pause);
    found.push(await once(page, way, hall));
  }
  return found;
}

async function robotOn({ url, meetings }: BenchHall, name: string): Promise<WallRobot> {
  const robot = new WallRobot(url, name);
  await robot.attend(meetings);
  await robot.watch();
  return robot;
}

/** Another superior watches the same meetings meanwhile, so that their pipes stand. */
async function whileWatched<T>(hall: BenchHall, act: () => Promise<T>): Promise<T> {
  const other = await robotOn(hall, 'other');
  try {
    return await act();
  } finally {
    other.close();
  }
}

/** Per cent of one core that the server spends, per superior, for each number of superiors on the same meetings. */
async function costs(hall: BenchHall): Promise<Readonly<Record<string, number>>> {
  await sleep(plan.linger + 1_000);
  const idle = await spending(hall);
  const found: Record<string, number> = { cpu_without_percent: rounded(idle) };
  const robots: WallRobot[] = [];
  try {
    for (const count of plan.superiors) {
      while (robots.length < count) robots.push(await robotOn(hall, `superior ${robots.length}`));
      await sleep(2_000);
      found[`cpu_per_superior_of_${count}_percent`] = rounded(((await spending(hall)) - idle) / count);
    }
  } finally {
    for (const robot of robots) robot.close();
  }
  return found;
}

/** @returns per cent of one core. */
async function spending(hall: BenchHall): Promise<number> {
  const before = { at: performance.now(), cpu: await hall.cpu() };
  await sleep(plan.window);
  const cpu = (await hall.cpu()) - before.cpu;
  return (cpu / (performance.now() - before.at)) * 100;
}
