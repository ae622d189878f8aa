import { type Browser, expect, type Page, test } from '@playwright/test';
import { narrowLineObstacle } from '../support/narrow-line.ts';
import { enterThere, type FarEnd, launchThere, openFarEnd, receive, voteThere } from './support/far-end.ts';
import { expectVideo, soundPackets } from './support/video.ts';

const obstacle = narrowLineObstacle();
test.skip(obstacle !== null, obstacle ?? '');
test.describe.configure({ timeout: 240_000 });

let farEnd: FarEnd;
let browser: Browser;
let page: Page;

test.beforeAll(async () => {
  farEnd = await openFarEnd(3);
  browser = await launchThere(farEnd);
  page = await enterThere(browser, farEnd);
  await expectVideo(page, 2);
});
test.afterEach(() => {
  farEnd.line.limit(null);
  farEnd.line.lose(0);
});
test.afterAll(async () => {
  await browser?.close();
  await farEnd?.close();
});

/** Milliseconds for which every picture may stand still while the SFU finds out what the line carries. */
const stillestPicture = 3_000;

/** Keeps what was measured beside the test's outcome. */
function note(figures: Readonly<Record<string, number>>): void {
  test.info().annotations.push({ type: 'figures', description: JSON.stringify(figures) });
  process.stdout.write(`${test.info().title}: ${JSON.stringify(figures)}\n`);
}

/** A page that was loaded anew has forgotten this. */
const mark = () => page.evaluate(() => Reflect.set(window, 'notReloaded', true));
const expectSamePage = async () =>
  expect(await page.evaluate(() => Reflect.get(window, 'notReloaded'))).toBe(true);

/** Milliseconds until packets of sound come again. */
async function untilSound(): Promise<number> {
  const began = performance.now();
  const before = await soundPackets(page);
  await expect
    .poll(() => soundPackets(page), { timeout: 60_000, intervals: [50] })
    .toBeGreaterThan(before + 3);
  return performance.now() - began;
}

test('on a line of 300 kbit/s sound goes on, pictures step down and move, and a vote is recorded', async () => {
  const wide = (await receive(page, 3_000)).width;
  farEnd.line.limit(300);
  // The SFU needs a moment to find out; what it finds must then hold.
  await page.waitForTimeout(8_000);
  const reception = await receive(page, 20_000);
  note({ wide, ...reception });
  expect(reception.soundGap).toBeLessThanOrEqual(500);
  expect(reception.pictureGap).toBeLessThanOrEqual(stillestPicture);
  expect(reception.width).toBeLessThan(wide);
  expect(await voteThere(page, farEnd)).toBeLessThan(10_000);
});

test('with five of a hundred packets lost as well, the same', async () => {
  farEnd.line.limit(300);
  farEnd.line.lose(5);
  await page.waitForTimeout(8_000);
  const reception = await receive(page, 15_000);
  note({ ...reception });
  expect(reception.soundGap).toBeLessThanOrEqual(500);
  expect(reception.pictureGap).toBeLessThanOrEqual(stillestPicture);
  expect(await voteThere(page, farEnd)).toBeLessThan(10_000);
});

test('a line that is dead for ten seconds: sound is back within two, without a reload', async () => {
  await mark();
  await page.waitForTimeout(3_000);
  farEnd.line.cut();
  await page.waitForTimeout(10_000);
  farEnd.line.mend();
  const took = await untilSound();
  note({ back_ms: took });
  expect(took).toBeLessThanOrEqual(2_000);
  await expectSamePage();
});

test('another address: sound and the meeting come back by themselves, without a reload', async () => {
  await mark();
  await page.waitForTimeout(3_000);
  farEnd.line.move();
  const took = await untilSound();
  note({ back_ms: took });
  await expect(page.getByTestId('connection')).toHaveText('Đã kết nối', { timeout: 60_000 });
  await expectSamePage();
});
