import { type Browser, expect, type Page, test } from '@playwright/test';
import { memberPassword } from '../support/members.ts';
import { narrowLineObstacle } from '../support/narrow-line.ts';
import { freePort } from '../support/product.ts';
import { type FarEnd, launchThere, openFarEnd } from './support/far-end.ts';
import { keepPicture, newPage, signIn } from './support/pages.ts';

const obstacle = narrowLineObstacle();
test.skip(obstacle !== null, obstacle ?? '');
test.describe.configure({ timeout: 180_000 });

let farEnd: FarEnd;
let browser: Browser;
let page: Page;
let mediaPort: number;
const webPort = () => Number(new URL(farEnd.url).port);

test.beforeAll(async () => {
  mediaPort = await freePort();
  farEnd = await openFarEnd(0, {
    env: () => ({ MEDIA_PORT_MIN: String(mediaPort), MEDIA_WORKERS: '1' }),
  });
  browser = await launchThere(farEnd);
  page = await newPage(browser, farEnd.url, { size: 'phone' });
  await signIn(page, farEnd.cell.members.at(-1)?.login ?? '', memberPassword);
  await page.goto('/thu-duong-truyen');
});
test.afterAll(async () => {
  await browser?.close();
  await farEnd?.close();
});

async function tried() {
  await page.getByTestId('line-start').click();
  await expect(page.getByRole('progressbar')).toBeVisible();
  await expect(page.getByTestId('line-verdict')).toBeVisible({ timeout: 60_000 });
  return page.getByTestId('line-verdict');
}

test('a network that lets UDP through: picture and sound go straight', async () => {
  const verdict = await tried();
  await expect(verdict).toContainText('Thông suốt');
  await expect(verdict).toHaveAttribute('data-verdict', /good|fair/);
});

test('a network that lets only TCP through: it works, and the page says what would be faster', async () => {
  farEnd.line.allowOnly([webPort(), mediaPort]);
  const verdict = await tried();
  await expect(verdict).toContainText(`mở cổng UDP ${mediaPort}`);
  await expect(verdict).toHaveAttribute('data-verdict', 'fair');
  await keepPicture(page, 'reach-tcp');
});

test('a network that lets neither through: votes only, and which port to have opened', async () => {
  farEnd.line.allowOnly([webPort()]);
  const verdict = await tried();
  await expect(verdict).toContainText(`mở cổng ${mediaPort} (UDP và TCP)`);
  await expect(verdict).toHaveAttribute('data-verdict', 'blocked');
  await keepPicture(page, 'reach-blocked');
});
