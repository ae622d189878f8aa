import { type Browser, chromium } from '@playwright/test';
import { systemBrowser } from '../../../scripts/browser-path.mjs';
import { atMost, type BenchReport, median, percentile, rounded } from '../report.ts';
import { openBareHall } from './baseline/baseline.ts';
import { type JoinTimes, plan } from './plan.ts';
import { openProductHall } from './product.ts';

interface Summary {
  readonly state: { readonly p50: number; readonly p95: number };
  readonly frame: { readonly p50: number; readonly p95: number };
}

/**
 * Somebody enters a meeting: from the click to its state on the screen, and to the first remote frame. Product and a
 * minimal page on the bare libraries in turn; every figure is the median of the runs.
 */
export async function run(): Promise<BenchReport> {
  const browser = await launch();
  const hall = await openProductHall();
  const bareHall = await openBareHall();
  const product: Summary[] = [];
  const bare: Summary[] = [];
  try {
    for (let round = 0; round < plan.runs; round += 1) {
      bare.push(summary(await bareHall.run(browser)));
      product.push(summary(await hall.run(browser)));
    }
  } finally {
    await browser.close();
    await bareHall.close();
    await hall.close();
  }
  const figures = named(product);
  const baseline = named(bare);
  const ratios = {
    state_p95: rounded(figures.state_p95_ms / baseline.state_p95_ms),
    frame_p50: rounded(figures.frame_p50_ms / baseline.frame_p50_ms),
    frame_p95: rounded(figures.frame_p95_ms / baseline.frame_p95_ms),
  };
  return {
    bench: 'join',
    figures,
    baseline,
    ratios,
    aims: {
      'figures.state_p95_ms': atMost(figures.state_p95_ms, 150),
      'figures.frame_p95_ms': atMost(figures.frame_p95_ms, 600),
      'ratios.frame_p95': atMost(ratios.frame_p95, 1.2),
    },
  };
}

/** Without camera or microphone: who enters only receives, in product and baseline alike. */
function launch(): Promise<Browser> {
  const executablePath = systemBrowser();
  return chromium.launch({
    ...(executablePath ? { executablePath } : {}),
    args: [
      '--no-sandbox',
      '--autoplay-policy=no-user-gesture-required',
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
      '--no-first-run',
    ],
  });
}

function summary(times: readonly JoinTimes[]): Summary {
  const of = (values: readonly number[]) => ({ p50: percentile(values, 50), p95: percentile(values, 95) });
  return { state: of(times.map(({ state }) => state)), frame: of(times.map(({ frame }) => frame)) };
}

function named(runs: readonly Summary[]) {
  const of = (pick: (run: Summary) => number) => rounded(median(runs.map(pick)));
  return {
    state_p50_ms: of(({ state }) => state.p50),
    state_p95_ms: of(({ state }) => state.p95),
    frame_p50_ms: of(({ frame }) => frame.p50),
    frame_p95_ms: of(({ frame }) => frame.p95),
  };
}
