import { expect, type Page, test } from '@playwright/test';
import { type Product, startProduct } from '../support/product.ts';

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
