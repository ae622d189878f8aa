import { AxeBuilder } from '@axe-core/playwright';
import { type Browser, expect, type Page, test } from '@playwright/test';
import { call } from '../support/api.ts';
import { firstCodeOf, type Product, startProduct } from '../support/product.ts';

const sizes = { phone: { width: 360, height: 740 }, computer: { width: 1440, height: 900 } } as const;

async function open(
  browser: Browser,
  url: string,
  look: { size?: keyof typeof sizes; scheme?: 'light' | 'dark' } = {},
): Promise<Page> {
  const context = await browser.newContext({
    baseURL: url,
    viewport: sizes[look.size ?? 'computer'],
    colorScheme: look.scheme ?? 'light',
    reducedMotion: 'reduce',
  });
  return context.newPage();
}

/** The page breaks none of the rules of WCAG A and AA that a machine can check, and needs no sideways scrolling. */
async function expectUsable(page: Page): Promise<void> {
  const { violations } = await new AxeBuilder({ page })
    .withTags(['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'])
    .analyze();
  const faults = violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(' | ')}`);
  expect(faults).toEqual([]);
  const tooWide = await page.evaluate(
    () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
  );
  expect(tooWide).toBe(0);
}

async function enterAs(page: Page, part: string): Promise<void> {
  await page.goto('/dang-nhap');
  await page.getByTestId(`demo-${part}`).getByRole('button').first().click();
  await expect(page.getByRole('heading', { level: 1, name: 'Hôm nay' })).toBeVisible();
}

test.describe('with the demonstration', () => {
  let product: Product;
  test.beforeAll(async () => {
    product = await startProduct();
  });
  test.afterAll(() => product.stop());

  for (const { size, scheme } of [
    { size: 'phone', scheme: 'light' },
    { size: 'computer', scheme: 'dark' },
  ] as const) {
    test(`sign-in, today and administration are usable on a ${size}, ${scheme}`, async ({ browser }) => {
      const page = await open(browser, product.url, { size, scheme });
      await page.goto('/dang-nhap');
      await expect(page.getByRole('heading', { name: 'Dữ liệu minh họa' })).toBeVisible();
      await expectUsable(page);
      await enterAs(page, 'member');
      await expect(page.getByRole('link', { name: /^Vào họp/ })).toBeVisible();
      await expectUsable(page);

      const above = await open(browser, product.url, { size, scheme });
      await enterAs(above, 'superior');
      await expect(above.getByRole('link', { name: /^Dự sinh hoạt/ }).first()).toBeVisible();
      await expectUsable(above);

      const office = await open(browser, product.url, { size, scheme });
      await enterAs(office, 'administrator');
      await office.getByRole('link', { name: 'Quản trị' }).click();
      await expect(office.getByRole('heading', { name: 'Tổ chức đảng' })).toBeVisible();
      await expectUsable(office);
      await office
        .getByRole('link', { name: /^Mở chi bộ/ })
        .first()
        .click();
      await expect(office.getByRole('tab', { name: 'Đảng viên' })).toBeVisible();
      await expectUsable(office);
      await office.getByRole('button', { name: 'Thêm đảng viên' }).click();
      await expect(office.getByRole('dialog')).toBeVisible();
      await expectUsable(office);
      for (const done of [page, above, office]) await done.context().close();
    });
  }

  test('a refused sign-in says why, in the language of the page', async ({ browser }) => {
    const page = await open(browser, product.url);
    await page.goto('/dang-nhap');
    await page.getByRole('textbox', { name: /^Họ và tên/ }).fill('Nguyễn Văn Không Ai');
    await page.locator('input[type=password]').fill('không phải mật khẩu');
    await page.locator('input[type=password]').press('Enter');
    await expect(page.getByRole('alert')).toContainText('chưa đúng');
    await page.getByRole('button', { name: /Switch to English/ }).click();
    await expect(page.locator('html')).toHaveAttribute('lang', 'en');
    await page.getByRole('button', { name: 'Sign in', exact: true }).click();
    await expect(page.getByRole('alert')).toContainText('is not right');
    await page.reload();
    await expect(page.getByRole('heading', { level: 1, name: 'Sign in' })).toBeVisible();
    await page.context().close();
  });

  test('the keyboard reaches the content first, and everything that can be done', async ({ browser }) => {
    const page = await open(browser, product.url);
    await enterAs(page, 'member');
    await page.reload();
    await expect(page.getByRole('link', { name: /^Vào họp/ })).toBeVisible();
    await page.keyboard.press('Tab');
    await expect(page.getByRole('link', { name: 'Đến nội dung chính' })).toBeFocused();
    await page.keyboard.press('Enter');
    await page.keyboard.press('Tab');
    await expect(page.getByRole('link', { name: /^Vào họp/ })).toBeFocused();
    await page.context().close();
  });

  test('a session outlives a reload, and ends with signing out', async ({ browser }) => {
    const page = await open(browser, product.url);
    await enterAs(page, 'member');
    await page.reload();
    await expect(page.getByRole('heading', { level: 1, name: 'Hôm nay' })).toBeVisible();
    await page.getByRole('button', { name: /^Tài khoản/ }).click();
    await page.getByRole('menuitem', { name: 'Đăng xuất' }).click();
    await expect(page.getByRole('heading', { level: 1, name: 'Đăng nhập' })).toBeVisible();
    await page.reload();
    await expect(page.getByRole('heading', { level: 1, name: 'Đăng nhập' })).toBeVisible();
    await page.context().close();
  });

  test('a page that is older than the server is told to reload', async ({ browser }) => {
    const page = await open(browser, product.url);
    // An older page: it states another protocol version at the handshake.
    await page.routeWebSocket(/socket\.io/, (socket) => {
      const server = socket.connectToServer();
      socket.onMessage((message) => server.send(String(message).replace(/"protocol":\d+/, '"protocol":0')));
    });
    await enterAs(page, 'member');
    await expect(page.getByRole('alert')).toContainText('Ứng dụng trên thiết bị này đã cũ');
    await expect(page.getByRole('button', { name: 'Tải lại trang' })).toBeVisible();
    await page.context().close();
  });

  test('a killed server is said, and its return needs no reload', async ({ browser }) => {
    const page = await open(browser, product.url);
    await enterAs(page, 'member');
    await expect(page.getByText('Đã kết nối', { exact: true })).toBeVisible();
    await product.kill();
    await expect(page.getByText(/^Mất kết nối với máy chủ/)).toBeVisible();
    await product.restart();
    await expect(page.getByText('Đã kết nối', { exact: true })).toBeVisible();
    await expect(page.getByText(/^Mất kết nối với máy chủ/)).toBeHidden();
    await page.context().close();
  });
});

/** A code for the only site of the secretary's coming meeting. */
async function siteCode(url: string): Promise<string> {
  const { accessToken: token } = await call(url, 'login', {
    body: { name: 'Trần Văn Thư', password: 'bí thư thôn Một 1970' },
  });
  const { now, coming } = await call(url, 'home', { token });
  const meeting = [...now, ...coming][0];
  if (!meeting) throw new Error('no meeting was summoned');
  const cell = await call(url, 'cell', { token, params: { cellId: meeting.cellId } });
  const site = cell.sites[0];
  if (!site) throw new Error('the cell has no site');
  const params = { meetingId: meeting.id, siteId: site.id };
  const { code } = await call(url, 'issueSiteCode', { token, params, body: {} });
  return code;
}

test('without the demonstration: from the first code to a summoned meeting', async ({ browser }) => {
  const product = await startProduct({ DEMO: '0' });
  const page = await open(browser, product.url);
  const window_ = page.getByRole('dialog');
  const save = async () => {
    await window_.getByRole('button', { name: 'Lưu' }).click();
    await expect(window_).toBeHidden();
  };

  await page.goto('/dang-nhap');
  await expect(page.getByRole('heading', { level: 1, name: 'Đăng nhập' })).toBeVisible();
  await expect(page.getByText('Dữ liệu minh họa')).toBeHidden();

  await page.goto('/ma-quan-tri');
  await page.getByLabel('Mã quản trị').fill(firstCodeOf(product));
  await page.getByLabel('Họ và tên').fill('Phạm Thị Quản');
  await page.getByLabel('Số điện thoại hoặc tên đăng nhập').fill('0912000001');
  await page.getByLabel('Mật khẩu mới').fill('mật khẩu thử nghiệm 1');
  await page.getByLabel('Nhập lại mật khẩu').fill('mật khẩu thử nghiệm 1');
  await page.getByLabel('Tên đảng bộ').fill('Đảng bộ tỉnh Thử');
  await page.getByLabel('Tên cấp ủy').fill('Tỉnh ủy Thử');
  await expectUsable(page);
  await page.getByRole('button', { name: 'Lập hệ thống' }).click();

  await expect(page.getByRole('heading', { name: 'Đảng bộ tỉnh Thử' })).toBeVisible();
  await page.getByRole('button', { name: 'Thao tác với Đảng bộ tỉnh Thử' }).click();
  await page.getByRole('menuitem', { name: 'Thêm đảng bộ trực thuộc' }).click();
  await window_.getByLabel('Tên đảng bộ').fill('Đảng bộ xã An Thử');
  await window_.getByLabel('Tên cấp ủy').fill('Đảng ủy xã An Thử');
  await save();
  await page.getByRole('button', { name: 'Thao tác với Đảng bộ xã An Thử' }).click();
  await page.getByRole('menuitem', { name: 'Thêm chi bộ' }).click();
  await window_.getByLabel('Tên chi bộ').fill('Chi bộ thôn Một');
  await save();

  await page.getByRole('link', { name: 'Mở chi bộ Chi bộ thôn Một' }).click();
  await page.getByRole('tab', { name: 'Điểm cầu' }).click();
  await page.getByRole('button', { name: 'Thêm điểm cầu' }).click();
  await window_.getByLabel('Tên điểm cầu').fill('Nhà văn hóa thôn Một');
  await save();
  await expect(page.getByText('Điểm cầu chính')).toBeVisible();

  await page.getByRole('tab', { name: 'Đảng viên' }).click();
  await page.getByRole('button', { name: 'Thêm đảng viên' }).click();
  await window_.getByLabel('Họ và tên').fill('Trần Văn Thư');
  await window_.getByLabel('Năm sinh').fill('1970');
  await window_.getByLabel('Chức vụ', { exact: true }).selectOption({ label: 'Bí thư' });
  await save();

  await page.getByRole('tab', { name: 'Nhập danh sách' }).click();
  const list = (rows: string) => ({
    name: 'danh-sach.csv',
    mimeType: 'text/csv',
    buffer: Buffer.from(`Họ và tên,Năm sinh\n${rows}`),
  });
  await page.locator('input[type=file]').setInputFiles(list('Lê Thị Ký,1980\nHoàng Văn Ba,một nghìn\n'));
  await expect(page.getByRole('row', { name: '3 Năm sinh Không phải năm sinh' })).toBeVisible();
  await expectUsable(page);
  await page.locator('input[type=file]').setInputFiles(list('Lê Thị Ký,1980\nHoàng Văn Ba,1990\n'));
  await page.getByRole('button', { name: 'Thêm 2 đồng chí' }).click();
  await expect(page.getByRole('tab', { name: 'Đảng viên' })).toHaveAttribute('aria-selected', 'true');
  await expect(page.getByText('Hoàng Văn Ba (1990)')).toBeVisible();

  await page.getByRole('button', { name: 'Thao tác với đồng chí Hoàng Văn Ba' }).click();
  await page.getByRole('menuitem', { name: 'Giao nhiệm vụ cấp trên, quản trị' }).click();
  await window_.getByLabel('Chức danh ghi trong biên bản').fill('Ủy viên Ban Thường vụ Tỉnh ủy Thử');
  await expectUsable(page);
  await save();

  await page.getByRole('tab', { name: 'Mã kích hoạt' }).click();
  await page.getByRole('button', { name: 'Cấp mã cho các đồng chí chưa có tài khoản' }).click();
  const slip = page.getByRole('listitem').filter({ hasText: 'Trần Văn Thư' });
  const code = await slip.getByText(/^[0-9A-Z]{4}(-[0-9A-Z]{4})+$/).innerText();
  await expectUsable(page);

  const secretary = await open(browser, product.url, { size: 'phone' });
  await secretary.goto('/kich-hoat');
  await secretary.getByLabel('Mã kích hoạt').fill(code);
  await secretary.getByLabel('Mật khẩu mới').fill('bí thư thôn Một 1970');
  await secretary.getByLabel('Nhập lại mật khẩu').fill('bí thư thôn Một 1970');
  await secretary.getByRole('button', { name: 'Kích hoạt và vào hệ thống' }).click();
  await secretary.getByRole('link', { name: 'Triệu tập sinh hoạt' }).click();
  await expect(secretary.getByLabel(/^Chủ trì/)).toHaveValue(/.+/);
  await expectUsable(secretary);
  await secretary.getByRole('button', { name: 'Triệu tập' }).click();
  await expect(secretary.getByText('Đề nghị đồng chí chọn.')).toBeVisible();
  await secretary.getByLabel(/^Thư ký/).selectOption({ label: 'Lê Thị Ký (1980)' });
  await secretary.getByRole('button', { name: 'Triệu tập' }).click();
  await expect(secretary.getByRole('heading', { level: 1, name: 'Hôm nay' })).toBeVisible();
  await expect(secretary.getByText('Chi bộ thôn Một').first()).toBeVisible();

  const hall = await open(browser, product.url);
  await hall.goto('/diem-cau');
  await hall.getByLabel('Mã điểm cầu').fill(await siteCode(product.url));
  await hall.getByRole('button', { name: 'Mở điểm cầu' }).click();
  await expect(hall).toHaveURL(/\/hop\//);
  // The machine was switched off: another window, without what the first one kept for itself.
  const again = await hall.context().newPage();
  await hall.close();
  await again.goto('/diem-cau');
  await again.getByRole('button', { name: 'Mở lại điểm cầu đã dùng trên máy này' }).click();
  await expect(again).toHaveURL(/\/hop\//);

  for (const done of [page, secretary, again]) await done.context().close();
  await product.stop();
});
