import { expect, test } from '@playwright/test';
import { type Product, startProduct } from '../support/product.ts';
import { expectAccessible } from './support/accessible.ts';
import { calmer, enterAs, keepPicture, sizes } from './support/pages.ts';

test.use({ launchOptions: ({ launchOptions }, use) => use(calmer(launchOptions)) });

let product: Product;

test.beforeAll(async () => {
  product = await startProduct();
});

test.afterAll(() => product.stop());

const zalo =
  'Mozilla/5.0 (Linux; Android 13; SM-A146B; wv) AppleWebKit/537.36 (KHTML, like Gecko) Version/4.0 Chrome/124.0.0.0 Mobile Safari/537.36 Zalo android/13044391';

test('the page that tests a line says in words how it is', async ({ browser }) => {
  const context = await browser.newContext({
    baseURL: product.url,
    viewport: sizes.phone,
    reducedMotion: 'reduce',
  });
  const page = await context.newPage();
  await page.goto('/dang-nhap');
  await page.getByRole('link', { name: 'Thử đường truyền trước khi họp' }).click();
  await page.getByTestId('line-start').click();
  await expect(page.getByTestId('line-verdict')).toBeVisible({ timeout: 40_000 });
  await expect(page.getByTestId('line-verdict')).toHaveAttribute('data-verdict', /good|fair|poor/);
  await expect(page.getByTestId('line-verdict')).toContainText(/\d+ kbit\/giây/);
  await expect(page.getByTestId('line-verdict')).toContainText('Nối được');
  await expect(page.getByTestId('line-verdict')).toContainText('Chưa thử: đăng nhập');
  await keepPicture(page, 'reach-test');
  await expectAccessible(page);
  await context.close();
});

test('a browser inside Zalo is told how to open a real one, and still votes', async ({ browser }) => {
  const context = await browser.newContext({
    baseURL: product.url,
    userAgent: zalo,
    viewport: sizes.phone,
    reducedMotion: 'reduce',
  });
  const page = await context.newPage();
  await page.goto('/dang-nhap');
  await expect(page.getByTestId('in-app')).toContainText('Zalo');
  await expect(page.getByRole('link', { name: 'Mở bằng Chrome' })).toHaveAttribute('href', /^intent:\/\/127/);
  await keepPicture(page, 'reach-zalo');
  await expectAccessible(page);
  await page.getByTestId('in-app-go-on').click();
  await enterAs(page, 'member');
  await page
    .getByRole('link', { name: /^Vào họp/ })
    .first()
    .click();
  await page.getByRole('radio', { name: 'Dự trực tuyến' }).click();
  await expect(page.getByRole('radio', { name: 'Chỉ biểu quyết và chương trình' })).toBeChecked();
  await context.close();
});

test('a browser without WebRTC gets votes and programme, with the reason', async ({ browser }) => {
  const context = await browser.newContext({ baseURL: product.url, viewport: sizes.computer });
  const page = await context.newPage();
  await page.addInitScript(() => Reflect.deleteProperty(window, 'RTCPeerConnection'));
  await page.goto('/dang-nhap');
  await expect(page.getByTestId('in-app')).toContainText('WebRTC');
  await page.getByTestId('in-app-go-on').click();
  await enterAs(page, 'member');
  await page
    .getByRole('link', { name: /^Vào họp/ })
    .first()
    .click();
  await page.getByRole('radio', { name: 'Dự trực tuyến' }).click();
  await expect(page.getByRole('radio', { name: 'Đủ hình và tiếng' })).toBeDisabled();
  await page.getByTestId('enter').click();
  await expect(page.getByTestId('room')).toBeVisible();
  await context.close();
});

test('what the first page loads is small, compressed once and kept for good', async ({ browser }) => {
  const context = await browser.newContext({ baseURL: product.url });
  const page = await context.newPage();
  const measured: Promise<{ url: string; bytes: number; encoding: string; cache: string }>[] = [];
  page.on('requestfinished', (request) => {
    const measure = async () => {
      const response = await request.response();
      const headers = response?.headers() ?? {};
      return {
        url: new URL(request.url()).pathname,
        bytes: (await request.sizes()).responseBodySize,
        encoding: headers['content-encoding'] ?? '',
        cache: headers['cache-control'] ?? '',
      };
    };
    measured.push(measure());
  });
  const html = (await (await page.goto('/dang-nhap'))?.text()) ?? '';
  await expect(page.getByRole('button', { name: 'Đăng nhập' })).toBeEnabled();
  await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
  // What is fetched ahead of its need comes after these, and is measured as well.
  await page.waitForLoadState('networkidle');
  page.removeAllListeners('requestfinished');
  const loaded = await Promise.all(measured);
  const first = loaded.filter(({ url }) => url === '/dang-nhap' || html.includes(`"${url}"`));
  const kilobytes = first.reduce((sum, { bytes }) => sum + bytes, 0) / 1_000;
  console.warn(`first page: ${kilobytes.toFixed(0)} kB in ${first.length} files`);
  expect(first.length).toBeGreaterThan(5);
  expect(kilobytes).toBeLessThan(160);
  for (const { url, encoding, cache } of loaded.filter((file) => /assets.*\.(js|css)$/.test(file.url))) {
    expect(cache, url).toContain('immutable');
    const [size] = loaded.filter((file) => file.url === url).map(({ bytes }) => bytes);
    if ((size ?? 0) > 1_000) expect(encoding, url).toBe('br');
  }
  await context.close();
});
