import { setTimeout as sleep } from 'node:timers/promises';
import { type Browser, chromium, type Page } from '@playwright/test';
import { systemBrowser } from '../../../scripts/browser-path.mjs';
import type { WallPage } from '../../support/wall-page/page.ts';
import type { BenchHall } from './hall.ts';
import { plan } from './plan.ts';

declare const wallPage: WallPage;

/** Without camera or microphone: a wall only receives. */
export function launch(): Promise<Browser> {
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

export async function openScreen(browser: Browser, { url }: BenchHall): Promise<Page> {
  const page = await browser.newPage({ viewport: { width: 1280, height: 720 } });
  await page.goto(`${url}?person=superior`);
  await page.waitForFunction('globalThis.wallPage !== undefined', undefined, { timeout: 30_000 });
  return page;
}

/** Clicks, and waits until every tile shows a frame. @returns milliseconds from the click to the last of them. */
export async function click(page: Page, way: 'wall' | 'naive', { meetings }: BenchHall): Promise<number> {
  await page.evaluate(([how, ids, size]) => wallPage.prepare(how, ids, size), [
    way,
    meetings,
    plan.tile,
  ] as const);
  await sleep(400);
  await page.click('#go');
  const handle = await page.waitForFunction(
    (count) => {
      const times = Object.values(wallPage.firstFrames());
      return times.length === count ? Math.max(...times) : null;
    },
    meetings.length,
    { timeout: 30_000, polling: 50 },
  );
  const last = await handle.jsonValue();
  if (last === null) throw new Error('nothing was measured');
  return last;
}

export async function end(page: Page): Promise<void> {
  await page.evaluate(() => wallPage.end());
}

/** @returns kilobits a second that a wall's transport receives with so many tiles on screen. */
export async function ingress(
  page: Page,
  meetings: readonly string[],
  size: { readonly width: number; readonly height: number },
): Promise<number> {
  await page.evaluate(([ids, box]) => wallPage.see(ids, box), [meetings, size] as const);
  await sleep(3_000);
  await page.evaluate(() => wallPage.statistics());
  await sleep(plan.window);
  return (await page.evaluate(() => wallPage.statistics())).ingress;
}
