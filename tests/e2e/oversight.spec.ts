import { type Browser, expect, type Page, test } from '@playwright/test';
import { demoPassword } from '../../server/src/demo/province.ts';
import { call } from '../support/api.ts';
import { type Product, startProduct } from '../support/product.ts';
import { expectAccessible } from './support/accessible.ts';
import { type DemoCell, demoCell } from './support/demo-cell.ts';
import {
  answerQuestion,
  attendAbove,
  calmer,
  enterAs,
  enterRemotely,
  keepPicture,
  newPage,
  type Size,
  signIn,
} from './support/pages.ts';

test.use({ launchOptions: ({ launchOptions }, use) => use(calmer(launchOptions)) });
test.describe.configure({ mode: 'serial', timeout: 300_000 });

const commune = 'Phó Bí thư Đảng ủy xã Hòa Sơn';
const visitedCell = 'Chi bộ Trường THCS Hòa Sơn';

let product: Product;
let cell: DemoCell;
let superior: Page;

const open = (browser: Browser, size: Size) => newPage(browser, product.url, { size });

test.beforeAll(async ({ browser }) => {
  product = await startProduct();
  cell = await demoCell(product.url);
  superior = await open(browser, 'computer');
  await enterAs(superior, 'superior', commune);
});

test.afterAll(async () => {
  await superior.context().close();
  await product.stop();
});

/** The telephone, which is the login, of the secretary of a cell that no card offers. */
async function secretaryOf(name: string): Promise<string> {
  const entry = cell.demo.groups.find(({ part }) => part === 'administrator')?.entries[0];
  if (!entry) throw new Error('the demonstration has no administrator');
  const { accessToken: token } = await call(product.url, 'demoLogin', {
    body: { enterAs: entry.enterAs, slot: 'test' },
  });
  const { cells } = await call(product.url, 'administration', { token });
  const cellId = cells.find((known) => known.name === name)?.id;
  if (!cellId) throw new Error(`there is no ${name}`);
  const { members } = await call(product.url, 'cell', { token, params: { cellId } });
  return members.find(({ office }) => office === 'cellSecretary')?.phone ?? '';
}

test('SUP2 an observation is noted by keyboard while attending, changed, and stands on the board of the evening', async () => {
  await attendAbove(superior, cell.name);
  await superior.keyboard.press('4');
  const line = superior.getByTestId('observation-line');
  await line.getByRole('textbox').fill('Điểm danh từng điểm cầu rõ ràng');
  await superior.keyboard.press('Enter');
  await expect(line.getByRole('status')).toHaveText('Đã ghi: Cách làm hay.');
  await line.getByRole('textbox').fill('Đề nghị cấp thêm loa cho điểm trường');
  await superior.keyboard.press('Alt+3');
  const own = superior.getByTestId('own-observations').getByTestId('observation');
  await expect(own).toHaveCount(2);
  await expect(own.first()).toContainText('Kiến nghị');
  await expectAccessible(superior);
  await keepPicture(superior, 'oversight-room');

  await own
    .first()
    .getByRole('button', { name: /^Sửa nhận xét/ })
    .click();
  await superior.getByRole('dialog').getByRole('textbox').fill('Đề nghị cấp loa cho Điểm trường Pác Nặm');
  await answerQuestion(superior, 'Lưu');
  await expect(own.first()).toContainText('Điểm trường Pác Nặm');

  await superior.goto('/nhan-xet');
  const notes = superior.getByTestId('observation');
  await expect(notes).toHaveCount(2);
  await superior.getByLabel('Loại').selectOption('Kiến nghị');
  await expect(notes).toHaveCount(1);
  await expectAccessible(superior);
});

test('SUP2 what is sent is read by the cell on the result page, and changed no more', async ({ browser }) => {
  const secretary = await open(browser, 'phone');
  await signIn(secretary, await secretaryOf(visitedCell), demoPassword);
  await secretary
    .getByRole('link', { name: /^Xem kết quả/ })
    .first()
    .click();
  const sent = secretary.getByTestId('sent-observations').getByTestId('observation');
  await expect(sent).toHaveCount(2);
  await expect(sent.first()).toContainText(commune);
  await expect(sent.first().getByRole('button')).toHaveCount(0);
  await expect(secretary.getByTestId('result')).toContainText('trực tiếp tại');
  await expectAccessible(secretary);

  await superior.goto('/nhan-xet');
  const days = superior.getByLabel('Ngày');
  await days.selectOption({ index: 1 });
  await superior.getByTestId('send-all').click();
  await answerQuestion(superior, 'Gửi chi bộ');
  await expect(superior.getByText('Đã gửi 1 nhận xét.')).toBeVisible();
  await expect(superior.getByRole('button', { name: /^Xóa nhận xét/ })).toHaveCount(0);
  await secretary.reload();
  await expect(sent).toHaveCount(3);
  await secretary.context().close();
});

for (const size of ['phone', 'computer'] as const) {
  test(`SUP3 the plan of a quarter: overdue first; a visit is planned, moved and dropped on a ${size}`, async ({
    browser,
  }) => {
    const page = await open(browser, size);
    await enterAs(page, 'superior', commune);
    await page.goto('/ke-hoach-du');
    const rows = page.getByTestId('cell-coverage');
    await expect(rows).toHaveCount(5);
    await expect(page.getByTestId('coverage')).toContainText('/5 chi bộ đã được dự');
    await expectAccessible(page);
    await keepPicture(page, `visits-${size}`);

    const day = (after: number) =>
      new Date(Date.now() + 7 * 3_600_000 + after * 86_400_000).toISOString().slice(0, 10);
    const row = rows.filter({ hasText: 'Chi bộ thôn Nà Lộc' });
    await row.getByRole('button', { name: /^Lập kế hoạch/ }).press('Enter');
    const form = page.getByRole('dialog');
    await form.getByRole('button', { name: 'Lưu' }).click();
    await expect(form).toContainText('Đề nghị đồng chí chọn ngày');
    await expectAccessible(page);
    await form.getByLabel('Ngày dự').fill(day(0));
    await form.getByRole('button', { name: 'Lưu' }).press('Enter');
    await expect(row).toHaveAttribute('data-state', 'planned');

    await row.getByRole('button', { name: /^Đổi ngày/ }).click();
    await form.getByLabel('Ngày dự').fill(day(1));
    await form.getByRole('button', { name: 'Lưu' }).click();
    await expect(page.getByText('Đã đổi ngày.')).toBeVisible();
    // On a quarter's last day tomorrow's visit lies in the next one.
    if (!(await row.getByRole('button', { name: /^Bỏ kế hoạch/ }).isVisible()))
      await page.getByRole('button', { name: 'Quý sau' }).click();
    await row.getByRole('button', { name: /^Bỏ kế hoạch/ }).click();
    await answerQuestion(page, 'Bỏ');
    await expect(row).toHaveAttribute('data-state', 'nothingPlanned');

    const shown = await page.getByTestId('quarter').textContent();
    await page.getByRole('button', { name: 'Quý trước' }).click();
    await expect(page.getByTestId('quarter')).not.toHaveText(shown ?? '');
    await page.context().close();
  });
}

test('SUP9 the clerk registers a superior in the hall; all see it', async ({ browser }) => {
  const [clerk, member] = [await open(browser, 'computer'), await open(browser, 'phone')];
  await enterAs(clerk, 'clerk');
  await enterRemotely(clerk, 'data');
  await enterAs(member, 'member');
  await enterRemotely(member, 'data');
  const panel = clerk.getByTestId('superior-panel');
  await panel.locator('summary').click();
  const account = panel.getByLabel('Tài khoản');
  const label = (await account.locator('option', { hasText: commune }).textContent()) ?? '';
  await account.selectOption({ label });
  await expectAccessible(clerk);
  await panel.getByRole('button', { name: 'Ghi cấp trên dự' }).click();
  await expect(clerk.getByTestId('on-site-superior')).toContainText('trực tiếp tại');

  await panel.getByLabel('Họ và tên').fill('Sùng A Páo');
  await panel.getByLabel('Chức vụ').fill('Trưởng ban Tuyên giáo');
  await panel.getByRole('button', { name: 'Ghi cấp trên dự' }).press('Enter');
  await expect(clerk.getByTestId('on-site-superior')).toHaveCount(2);

  await member.getByTestId('more').click();
  await member.getByRole('button', { name: 'Đảng viên', exact: true }).click();
  await expect(member.getByTestId('on-site-superior')).toHaveCount(2);
  await expect(member.getByTestId('on-site-superiors').getByRole('button')).toHaveCount(0);
  await clerk.getByRole('button', { name: 'Ghi đồng chí Sùng A Páo đã về' }).click();
  await expect(member.getByTestId('on-site-superior').last()).toContainText('về lúc');
  await expectAccessible(member);
  for (const page of [clerk, member]) await page.context().close();
});

test('SUP1 assignments are seen, given and ended on a page of the administration', async ({ browser }) => {
  const page = await open(browser, 'computer');
  await enterAs(page, 'administrator');
  await page.getByRole('link', { name: 'Quản trị' }).click();
  await page.getByRole('link', { name: 'Phân công cấp trên' }).click();
  const people = page.getByTestId('assigned-person');
  await expect(people).toHaveCount(2);
  await expectAccessible(page);

  await page.getByRole('button', { name: 'Phân công', exact: true }).click();
  const form = page.getByRole('dialog');
  const name = await people.first().getByRole('heading').innerText();
  await form.getByLabel('Họ và tên').fill(name.toLowerCase());
  await form.getByRole('radio', { name }).first().click();
  await form.getByLabel('Phạm vi').selectOption({ label: 'Chi bộ Tổ dân phố 5, Đảng bộ phường Tân Long' });
  await expectAccessible(page);
  await form.getByRole('button', { name: 'Lưu' }).click();
  const end = page.getByRole('button', { name: /^Thôi phân công .* dự Chi bộ Tổ dân phố 5$/ });
  await end.click();
  await answerQuestion(page, 'Thôi phân công');
  await expect(end).toHaveCount(0);
  await page.context().close();
});
