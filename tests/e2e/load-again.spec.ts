import { expect, type Page, test } from '@playwright/test';
import { type Product, startProduct } from '../support/product.ts';
import { expectAccessible } from './support/accessible.ts';
import { enterAs, faultsOf, newPage } from './support/pages.ts';

let product: Product;
test.beforeAll(async () => {
  product = await startProduct();
});
test.afterAll(() => product.stop());

/** Lets so many requests for a part of the page's code fail, as a change of network does. */
async function lose(page: Page, parts: number): Promise<() => number> {
  let lost = 0;
  await page.route(/\/assets\/.*\.js$/, async (route) => {
    if (lost >= parts) return route.continue();
    lost += 1;
    return route.abort('internetdisconnected');
  });
  return () => lost;
}

test('a page of which a part did not arrive is loaded again by itself', async ({ browser }) => {
  const page = await browser.newPage({ baseURL: product.url });
  const lost = await lose(page, 1);
  await page.goto('/dang-nhap');
  await expect(page.getByTestId('demo-chair')).toBeVisible();
  expect(lost()).toBe(1);
  await page.close();
});

test('a page that never arrives whole says so, and tries no more', async ({ browser }) => {
  const page = await browser.newPage({ baseURL: product.url });
  await lose(page, Number.POSITIVE_INFINITY);
  await page.goto('/dang-nhap');
  await expect(page.getByText('Trang chưa tải được')).toBeVisible({ timeout: 30_000 });
  const before = await page.evaluate(() => performance.timeOrigin);
  await page.waitForTimeout(5_000);
  expect(await page.evaluate(() => performance.timeOrigin)).toBe(before);
  await page.close();
});

test('a page whose colours did not arrive ahead of it fetches them when it is opened', async ({
  browser,
}) => {
  const page = await browser.newPage({ baseURL: product.url });
  const lost: string[] = [];
  await page.route(/\/assets\/(?:home|meeting)-.*\.css$/, async (route) => {
    const url = route.request().url();
    if (lost.includes(url)) return route.continue();
    lost.push(url);
    return route.abort('internetdisconnected');
  });
  await page.goto('/dang-nhap');
  await expect.poll(() => lost.length, { timeout: 20_000 }).toBe(2);
  await page.getByTestId('demo-member').getByRole('button').first().click();
  await page
    .getByRole('link', { name: /^Vào họp/ })
    .first()
    .click();
  await expect(page.getByTestId('enter')).toBeVisible();
  const styled = await page.evaluate(() => {
    // The rules of a sheet that never came can't be read.
    const rulesOf = (sheet: CSSStyleSheet) => {
      try {
        return sheet.cssRules.length;
      } catch {
        return 0;
      }
    };
    return [...document.styleSheets].filter((sheet) => rulesOf(sheet) > 0).map(({ href }) => href ?? '');
  });
  expect(styled).toEqual(expect.arrayContaining(lost));
  await page.close();
});

/** Lets a part never come, as an older page's parts don't once the server has newer ones. */
async function withhold(page: Page, part: string): Promise<() => Promise<void>> {
  const address = new RegExp(`/assets/${part}-[^/]*\\.js$`);
  await page.route(address, (route) => route.fulfill({ status: 404 }));
  return () => page.unroute(address);
}

const sentence = 'Không tải được phần này của ứng dụng';

test('a menu that does not come says so, and the page offers to be loaded again', async ({ browser }) => {
  const page = await newPage(browser, product.url);
  const faults = faultsOf(page);
  const letThrough = await withhold(page, 'account-menu');
  await enterAs(page, 'member');
  const account = page.getByRole('button', { name: /^Tài khoản của đồng chí/ });
  await account.click();
  const notice = page.getByRole('alert').filter({ hasText: sentence });
  await expect(notice).toBeVisible({ timeout: 20_000 });
  await expectAccessible(page);
  await expect(account).toBeVisible();
  expect(faults).toEqual([]);
  await letThrough();
  await notice.getByRole('button', { name: 'Tải lại trang' }).click();
  await expect(notice).toBeHidden();
  await account.click();
  await expect(page.getByTestId('my-pin')).toBeVisible();
  await page.context().close();
});

test('a window that does not come says so, and opens once it comes', async ({ browser }) => {
  const page = await newPage(browser, product.url);
  const letThrough = await withhold(page, 'own-pin');
  await enterAs(page, 'member');
  const account = page.getByRole('button', { name: /^Tài khoản của đồng chí/ });
  await account.click();
  await page.getByTestId('my-pin').click();
  await expect(page.getByRole('status').filter({ hasText: 'Đang tải' })).toBeVisible();
  await expect(page.getByRole('alert').filter({ hasText: sentence })).toBeVisible({ timeout: 20_000 });
  await expect(page.getByRole('status').filter({ hasText: 'Đang tải' })).toBeHidden();
  await letThrough();
  await account.click();
  await page.getByTestId('my-pin').click();
  await expect(page.getByRole('dialog')).toBeVisible();
  await page.context().close();
});

test('a confirmation that does not come says so, does nothing, and is asked anew', async ({ browser }) => {
  const page = await newPage(browser, product.url);
  await withhold(page, 'questions');
  await enterAs(page, 'administrator');
  await page.goto('/quan-tri/cap-tren');
  const ending = page.getByTestId('assigned-person').getByRole('button').first();
  await ending.click();
  const notice = page.getByRole('alert').filter({ hasText: sentence });
  await expect(notice).toBeVisible({ timeout: 20_000 });
  await expect(notice.getByRole('button', { name: 'Tải lại trang' })).toBeVisible();
  await expect(page.getByRole('dialog')).toHaveCount(0);
  await notice.getByRole('button', { name: 'Đóng' }).click();
  await expect(notice).toBeHidden();
  await ending.click();
  await expect(notice).toBeVisible({ timeout: 20_000 });
  await page.context().close();
});

test('a part of a page that does not come says so in its place', async ({ browser }) => {
  const page = await newPage(browser, product.url);
  await withhold(page, 'cells-below');
  await enterAs(page, 'superior');
  await expect(page.getByRole('heading', { level: 1, name: 'Hôm nay' })).toBeVisible();
  const place = page.getByRole('main').getByRole('alert').filter({ hasText: sentence });
  await expect(place.getByRole('button', { name: 'Thử lại' })).toBeVisible({ timeout: 20_000 });
  await page.context().close();
});
