import { type Browser, expect, type Page, test } from '@playwright/test';
import writeExcelFile from 'write-excel-file/node';
import { call } from '../support/api.ts';
import { firstCodeOf, type Product, startProduct } from '../support/product.ts';
import {
  answerQuestion,
  calmer,
  elsewhere,
  enterRemotely,
  faultsOf,
  keepPicture,
  newPage,
  type Size,
} from './support/pages.ts';

test.use({ launchOptions: ({ launchOptions }, use) => use(calmer(launchOptions)) });

test.describe.configure({ timeout: 240_000 });

const site = 'Nhà văn hóa thôn Đông';
const administratorLogin = '0912000001';
const password = 'một mật khẩu dài và dễ nhớ';
const secretary = 'Trần Văn Thư';
const clerk = 'Lê Thị Ký';
const deputy = 'Phạm Văn Phó';
const member = 'Hoàng Thị Hoa';

let product: Product;
let faults: (readonly string[])[];

test.beforeAll(async () => {
  faults = [];
  product = await startProduct({ DEMO: '0' });
});
test.afterAll(() => product.stop());

async function open(browser: Browser, size: Size, url = product.url): Promise<Page> {
  const page = await newPage(browser, url, { size });
  faults.push(faultsOf(page));
  return page;
}

const window_ = (page: Page) => page.getByRole('dialog');

async function save(page: Page): Promise<void> {
  await window_(page).getByRole('button', { name: 'Lưu' }).click();
  await expect(window_(page)).toBeHidden();
}

async function act(page: Page, on: string, what: string): Promise<void> {
  await page.getByRole('button', { name: `Thao tác với ${on}` }).click();
  await page.getByRole('menuitem', { name: what }).click();
}

/** The first administrator's page, from the printed code to a province of its own. */
async function foundProvince(page: Page): Promise<void> {
  await page.goto('/ma-quan-tri');
  await page.getByLabel('Mã quản trị').fill(firstCodeOf(product));
  await page.getByLabel('Họ và tên').fill('Nguyễn Văn Quản');
  await page.getByLabel('Số điện thoại hoặc tên đăng nhập').fill(administratorLogin);
  await page.getByLabel('Mật khẩu mới').fill(password);
  await page.getByLabel('Nhập lại mật khẩu').fill(password);
  await page.getByLabel('Tên đảng bộ').fill('Đảng bộ tỉnh Đông Bắc');
  await page.getByLabel('Tên cấp ủy').fill('Tỉnh ủy Đông Bắc');
  await page.getByRole('button', { name: 'Lập hệ thống' }).click();
  await expect(page.getByRole('heading', { name: 'Đảng bộ tỉnh Đông Bắc' })).toBeVisible();
}

/** A committee, and a cell of it with a site. */
async function makeCell(page: Page): Promise<void> {
  await act(page, 'Đảng bộ tỉnh Đông Bắc', 'Thêm đảng bộ trực thuộc');
  await window_(page).getByLabel('Tên đảng bộ').fill('Đảng bộ xã Đông Hà');
  await window_(page).getByLabel('Tên cấp ủy').fill('Đảng ủy xã Đông Hà');
  await save(page);
  await act(page, 'Đảng bộ xã Đông Hà', 'Thêm chi bộ');
  await window_(page).getByLabel('Tên chi bộ').fill('Chi bộ thôn Đông');
  await save(page);
  await page.getByRole('link', { name: 'Mở chi bộ Chi bộ thôn Đông' }).click();
  await page.getByRole('tab', { name: 'Điểm cầu' }).click();
  await page.getByRole('button', { name: 'Thêm điểm cầu' }).click();
  await window_(page).getByLabel('Tên điểm cầu').fill(site);
  await save(page);
  await expect(page.getByText('Điểm cầu chính')).toBeVisible();
}

async function addMember(page: Page, name: string, birthYear: number, office: string): Promise<void> {
  await page.getByRole('tab', { name: 'Đảng viên' }).click();
  await page.getByRole('button', { name: 'Thêm đảng viên' }).click();
  await window_(page).getByLabel('Họ và tên').fill(name);
  await window_(page).getByLabel('Năm sinh').fill(`${birthYear}`);
  await window_(page).getByLabel('Chức vụ', { exact: true }).selectOption({ label: office });
  await save(page);
  await expect(page.getByText(`${name} (${birthYear})`)).toBeVisible();
}

/** A spreadsheet with a fault is shown by row and column and writes nothing; mended, as CSV, it is taken. */
async function importList(page: Page): Promise<void> {
  const heading = ['Họ và tên', 'Năm sinh', 'Diện sinh hoạt'].map((value) => ({ value }));
  const rows = [
    [clerk, 1985, 'Chính thức'],
    [member, 1990, 'Chính thức viên'],
  ].map((row) => row.map((value) => ({ value })));
  await page.getByRole('tab', { name: 'Nhập danh sách' }).click();
  const input = page.locator('input[type=file]');
  await input.setInputFiles({
    name: 'danh-sach.xlsx',
    mimeType: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
    buffer: await writeExcelFile([heading, ...rows]).toBuffer(),
  });
  await expect(page.getByRole('row', { name: '3 Diện sinh hoạt Không đúng diện sinh hoạt' })).toBeVisible();
  await expect(page.getByRole('button', { name: /^Thêm \d+ đồng chí/ })).toHaveCount(0);
  await keepPicture(page, 'import-faults');
  await input.setInputFiles({
    name: 'danh-sach.csv',
    mimeType: 'text/csv',
    buffer: Buffer.from(
      `Họ và tên;Năm sinh;Diện sinh hoạt\n${clerk};1985;Chính thức\n${member};1990;Chính thức\n`,
    ),
  });
  await page.getByRole('button', { name: 'Thêm 2 đồng chí' }).click();
  await expect(page.getByText(`${member} (1990)`)).toBeVisible();
}

/** @returns the codes on the paper, by name. */
async function printCodes(page: Page): Promise<ReadonlyMap<string, string>> {
  await page.getByRole('tab', { name: 'Mã kích hoạt' }).click();
  await page.getByRole('button', { name: 'Cấp mã cho các đồng chí chưa có tài khoản' }).click();
  await expect(page.getByRole('button', { name: 'In danh sách' })).toBeVisible();
  await keepPicture(page, 'codes');
  const codes = new Map<string, string>();
  for (const name of [secretary, deputy, clerk, member]) {
    const slip = page.getByRole('listitem').filter({ hasText: name });
    codes.set(name, await slip.getByText(/^[0-9A-Z]{4}(-[0-9A-Z]{4})+$/).innerText());
  }
  return codes;
}

async function activate(page: Page, code: string | undefined): Promise<void> {
  await page.goto('/dang-nhap');
  await page.getByRole('link', { name: 'Tôi có mã kích hoạt' }).click();
  await page.getByLabel('Mã kích hoạt').fill(code ?? '');
  await page.getByLabel('Mật khẩu mới').fill(password);
  await page.getByLabel('Nhập lại mật khẩu').fill(password);
  await page.getByRole('button', { name: 'Kích hoạt và vào hệ thống' }).click();
  await expect(page.getByRole('heading', { level: 1, name: 'Hôm nay' })).toBeVisible();
}

/** Real committees set how long a vote stays open at least; a test has no half minute to wait. */
async function shortenVotes(): Promise<void> {
  const { accessToken: token } = await call(product.url, 'login', {
    body: { name: administratorLogin, password, slot: 'test' },
  });
  const { organizations } = await call(product.url, 'administration', { token });
  for (const { id } of organizations) {
    const request = { token, params: { organizationId: id }, body: { settings: { minimumVote: 2 } } };
    await call(product.url, 'updateOrganization', request);
  }
}

async function summon(page: Page): Promise<void> {
  await page.getByRole('link', { name: 'Triệu tập sinh hoạt' }).click();
  await expect(page.getByText('14 nội dung')).toBeVisible();
  const now = await page.evaluate(() => {
    const time = new Date();
    const two = (value: number) => `${value}`.padStart(2, '0');
    return {
      date: `${time.getFullYear()}-${two(time.getMonth() + 1)}-${two(time.getDate())}`,
      time: `${two(time.getHours())}:${two(time.getMinutes())}`,
    };
  });
  await page.getByLabel('Ngày').fill(now.date);
  await page.getByLabel('Giờ bắt đầu').fill(now.time);
  const officer = (name: string) => page.getByRole('combobox', { name, exact: true });
  await expect(officer('Chủ trì')).toHaveValue(/.+/);
  await officer('Phó chủ trì').selectOption({ label: `${deputy} (1972)` });
  await officer('Thư ký').selectOption({ label: `${clerk} (1985)` });
  await page.getByLabel(`Người phụ trách: ${site}`).selectOption({ label: `${deputy} (1972)` });
  await page.getByRole('button', { name: 'Triệu tập' }).click();
  await expect(page.getByRole('heading', { level: 1, name: 'Hôm nay' })).toBeVisible();
}

/** Over plain HTTP from another machine there are votes and programme only, and each page says why. */
async function enterUnencrypted(page: Page): Promise<void> {
  expect(await page.evaluate(() => window.isSecureContext)).toBe(false);
  await expect(page.getByText('trình duyệt không cho dùng máy ảnh và micrô')).toBeVisible();
  await keepPicture(page, 'insecure-home-phone');
  await page
    .getByRole('link', { name: /^Vào họp/ })
    .first()
    .click();
  await expect(page.getByTestId('lobby')).toContainText('trình duyệt không cho dùng máy ảnh và micrô');
  await expect(page.getByRole('radio', { name: 'Chỉ biểu quyết và chương trình' })).toBeChecked();
  await keepPicture(page, 'insecure-lobby-phone');
  await page.getByTestId('enter').click();
  await expect(page.getByTestId('room')).toBeVisible();
}

test('SITE3 MEET2 from an empty folder to a vote: the first code, a cell, codes on paper, a summoned meeting', async ({
  browser,
}) => {
  const office = await open(browser, 'computer');
  await foundProvince(office);
  await makeCell(office);
  await addMember(office, secretary, 1970, 'Bí thư');
  await addMember(office, deputy, 1972, 'Phó bí thư');
  await importList(office);
  const codes = await printCodes(office);
  await shortenVotes();

  const chair = await open(browser, 'computer');
  await activate(chair, codes.get(secretary));
  await summon(chair);

  const clerkPage = await open(browser, 'computer');
  const phone = await open(browser, 'phone', product.url.replace('127.0.0.1', elsewhere));
  await activate(clerkPage, codes.get(clerk));
  await activate(phone, codes.get(member));
  // A code opens one account, once.
  await office.goto('/kich-hoat');
  await office.getByLabel('Mã kích hoạt').fill(codes.get(member) ?? '');
  await office.getByLabel('Mật khẩu mới').fill(password);
  await office.getByLabel('Nhập lại mật khẩu').fill(password);
  await office.getByRole('button', { name: 'Kích hoạt và vào hệ thống' }).click();
  await expect(office.getByRole('alert')).toContainText('Mã không đúng, đã dùng hoặc đã hết hạn.');
  await office.context().close();

  for (const page of [chair, clerkPage]) await enterRemotely(page, 'data');
  await enterUnencrypted(phone);
  await chair.getByRole('tab', { name: 'Điều hành' }).click();
  await chair.getByRole('button', { name: `Cấp mã mở điểm cầu: ${site}` }).click();
  const siteCode = await chair.getByTestId('site-code').innerText();
  const hall = await open(browser, 'computer');
  await hall.goto('/diem-cau');
  await hall.getByLabel('Mã điểm cầu').fill(siteCode);
  await hall.getByRole('button', { name: 'Mở điểm cầu' }).click();
  await hall.getByRole('button', { name: `Điểm danh ${deputy}` }).click();
  await expect(hall.getByTestId('hall-person-here')).toHaveText(new RegExp(deputy));

  await chair.getByTestId('open-meeting').click();
  await hall.getByTestId('confirm-roll').click();
  await clerkPage.getByRole('button', { name: 'Hoàn tất điểm danh' }).click();
  await answerQuestion(clerkPage, 'Hoàn tất điểm danh');
  await expect(clerkPage.getByText('Đã điểm danh xong')).toBeVisible();

  await chair.getByRole('tab', { name: 'Biểu quyết' }).click();
  await chair.getByTestId('draft-question').fill('Thông qua phương hướng tháng tới');
  await expect(chair.getByTestId('draft-need')).toContainText('Cần ít nhất 3/4 đồng chí tán thành');
  await chair.getByTestId('vote-open').click();
  for (const page of [chair, clerkPage]) await page.getByTestId('choice-inFavour').click();
  await phone.getByTestId('choice-noOpinion').click();
  await expect(phone.getByTestId('receipt')).toBeVisible();
  await hall.getByTestId('hall-elector').filter({ hasText: deputy }).click();
  await hall.getByTestId('hall-pick').getByTestId('choice-inFavour').click();
  await expect(chair.getByTestId('vote-progress')).toContainText('4/4');
  await chair.getByTestId('vote-close').click();
  await answerQuestion(chair, 'Kết thúc biểu quyết');
  await chair.getByTestId('vote-announce').click();
  for (const page of [chair, clerkPage, phone, hall]) {
    await expect(page.getByTestId('result-words').first()).toHaveText(
      '3/4 đồng chí tán thành, 0 không tán thành, 1 không có ý kiến, 0 không biểu quyết; cần ít nhất 3. Được thông qua.',
    );
  }
  await keepPicture(hall, 'real-hall');
  expect(faults.flat()).toEqual([]);
  for (const page of [chair, clerkPage, phone, hall]) await page.context().close();
});
