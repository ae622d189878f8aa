import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { attendanceOf } from '@diemcau/shared/domain/presence.ts';
import type { PersonId } from '@diemcau/shared/ids.ts';
import { type BrowserContext, chromium, type Page } from '@playwright/test';
import { until } from '../../../client/src/store/observable.ts';
import { buildClient } from '../../../scripts/setup/client.mjs';
import { type FarEnd, openFarEnd } from '../../e2e/support/far-end.ts';
import { type Attendant, give, memberPassword, openVote } from '../../support/members.ts';
import { narrowLineObstacle } from '../../support/narrow-line.ts';
import { atMost, type BenchReport, median, rounded } from '../report.ts';

/** A village's line, and how often it is tried. */
const plan = { kbit: 300, cameras: 3, runs: 2, patience: 90_000 } as const;

interface Visit {
  /** Kilobytes as they came over the line, headers with them, until the first screen that can be used. */
  readonly screenKb: number;
  readonly screenSeconds: number;
  /** From the address to "recorded", everything between done at once. */
  readonly voteSeconds: number;
}

/**
 * Somebody on a line of 300 kbit/s opens the address, signs in, enters, and votes; then once more, as on the next evening. Both
 * with a browser at the other end of a line of its own, over TLS.
 */
export async function run(): Promise<BenchReport> {
  const obstacle = narrowLineObstacle();
  if (obstacle !== null) throw new Error(obstacle);
  await buildClient();
  const farEnd = await openFarEnd(plan.cameras, { door: 'tls' });
  const cold: Visit[] = [];
  const warm: Visit[] = [];
  try {
    farEnd.line.limit(plan.kbit);
    for (let round = 0; round < plan.runs; round += 1) {
      const profile = await mkdtemp(join(tmpdir(), 'diemcau-reach-'));
      try {
        cold.push(await visit(farEnd, profile, 'first'));
        warm.push(await visit(farEnd, profile, 'second'));
      } finally {
        await rm(profile, { recursive: true, force: true, maxRetries: 5 });
      }
    }
  } finally {
    await farEnd.close();
  }
  const of = (visits: readonly Visit[], pick: (visit: Visit) => number) => rounded(median(visits.map(pick)));
  const figures = {
    first_screen_kb: of(cold, ({ screenKb }) => screenKb),
    first_screen_s: of(cold, ({ screenSeconds }) => screenSeconds),
    cold_vote_s: of(cold, ({ voteSeconds }) => voteSeconds),
    second_screen_kb: of(warm, ({ screenKb }) => screenKb),
    second_screen_s: of(warm, ({ screenSeconds }) => screenSeconds),
    warm_vote_s: of(warm, ({ voteSeconds }) => voteSeconds),
  };
  return {
    bench: 'reach',
    figures,
    baseline: {},
    ratios: {},
    aims: {
      'figures.first_screen_kb': atMost(figures.first_screen_kb, 250),
      'figures.cold_vote_s': atMost(figures.cold_vote_s, 12),
      'figures.warm_vote_s': atMost(figures.warm_vote_s, 4),
    },
  };
}

async function visit(farEnd: FarEnd, profile: string, which: 'first' | 'second'): Promise<Visit> {
  const context = await chromium.launchPersistentContext(profile, {
    executablePath: farEnd.line.browser,
    args: [...farEnd.browserArguments],
    baseURL: farEnd.url,
    viewport: { width: 360, height: 740 },
  });
  try {
    return await castVote(context, farEnd, which);
  } finally {
    await context.close();
    const vote = farEnd.chair.client.state.get()?.openVote;
    if (vote) await give(farEnd.chair, { type: 'annulVote', vote, reason: 'Đo xong' });
  }
}

async function castVote(
  context: BrowserContext,
  { cell, chair }: FarEnd,
  which: 'first' | 'second',
): Promise<Visit> {
  const page = context.pages()[0] ?? (await context.newPage());
  page.setDefaultTimeout(plan.patience);
  const bytes = await countBytes(context, page);
  const began = performance.now();
  const seconds = () => (performance.now() - began) / 1000;
  await page.goto('/', { waitUntil: 'commit' });
  const name = page.getByRole('textbox', { name: /^Họ và tên/ });
  const enter = page.getByRole('link', { name: /^Vào họp/ }).first();
  await (which === 'first' ? name : enter).waitFor();
  const screen = { screenKb: bytes() / 1000, screenSeconds: seconds() };
  if (which === 'first') {
    await name.fill(cell.members.at(-1)?.login ?? '');
    await page.locator('input[type=password]').fill(memberPassword);
    await page.locator('input[type=password]').press('Enter');
  }
  await enter.click();
  await page.getByRole('radio', { name: 'Dự trực tuyến' }).click();
  const opened = voteOnceThere(chair, cell.members.at(-1)?.personId);
  await page.getByTestId('enter').click();
  await opened;
  await page.getByTestId('choice-inFavour').click();
  await page.getByTestId('mark-recorded').waitFor();
  return { ...screen, voteSeconds: seconds() };
}

/** Who arrives later has no part in a vote: it is opened as soon as the member is there. */
async function voteOnceThere(chair: Attendant, member: PersonId | undefined): Promise<void> {
  if (member === undefined) throw new Error('nobody is at the other end');
  await until(
    chair.client.state,
    (state) => state !== null && attendanceOf(state, member).presence.mode === 'remote',
  );
  await openVote(chair);
}

/** @returns what tells the bytes that have come so far: bodies as they were sent, with their headers. */
async function countBytes(context: BrowserContext, page: Page): Promise<() => number> {
  const session = await context.newCDPSession(page);
  let bytes = 0;
  session.on('Network.dataReceived', ({ encodedDataLength }) => {
    bytes += encodedDataLength;
  });
  session.on('Network.responseReceived', ({ response }) => {
    if (response.fromDiskCache !== true) bytes += response.encodedDataLength;
  });
  await session.send('Network.enable');
  return () => bytes;
}
