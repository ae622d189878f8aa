import { type Browser, expect, type Locator, type Page, test } from '@playwright/test';
import { demoPassword } from '../../server/src/demo/province.ts';
import { type Product, startProduct } from '../support/product.ts';
import { expectAccessible } from './support/accessible.ts';
import { type DemoCell, demoCell, isOrdinary } from './support/demo-cell.ts';
import { OwnHand } from './support/own-hand.ts';
import { calmer, enterAs, enterRemotely, keepPicture, newPage, type Size, signIn } from './support/pages.ts';

test.use({ launchOptions: ({ launchOptions }, use) => use(calmer(launchOptions)) });

test.describe.configure({ mode: 'serial', timeout: 300_000 });

let product: Product;
let cell: DemoCell;
let chairPage: Page;
let phone: Page;
let hall: Page;
let countedHall: Page;
let clerk: OwnHand;

const open = (browser: Browser, size: Size) => newPage(browser, product.url, { size });

/** Goes on with the Tab key until the element has the focus, as somebody without a mouse does. */
async function tabTo(page: Page, target: Locator): Promise<void> {
  await expect(target).toBeVisible();
  for (let presses = 0; presses < 150; presses += 1) {
    if (await target.evaluate((element) => element === document.activeElement)) return;
    await page.keyboard.press('Tab');
  }
  throw new Error('the Tab key never reaches it');
}

async function pressOn(page: Page, target: Locator): Promise<void> {
  await tabTo(page, target);
  await page.keyboard.press('Enter');
}

test.beforeAll(async ({ browser }) => {
  product = await startProduct();
  cell = await demoCell(product.url);
  const [minutes] = cell.take(1, ({ isClerk }) => isClerk);
  const [afar, inHall] = cell.take(2, isOrdinary);
  const [mainSite, secondSite] = cell.sites;
  if (!minutes || !afar || !inHall || !mainSite || !secondSite) throw new Error('the cell is too small');
  clerk = await OwnHand.of(product.url, cell.meetingId, minutes.personId);
  await clerk.join({ type: 'checkIn', place: { mode: 'remote' } });
  [chairPage, hall, countedHall] = [
    await open(browser, 'computer'),
    await open(browser, 'computer'),
    await open(browser, 'computer'),
  ];
  phone = await open(browser, 'phone');
  await enterAs(hall, 'terminal', mainSite.name);
  await enterAs(countedHall, 'terminal', secondSite.name);
  await countedHall.getByRole('button', { name: `Điểm danh ${inHall.name}`, exact: true }).click();
  await signIn(phone, afar.phone ?? '', demoPassword);
});

test.afterAll(async () => {
  await clerk.close();
  for (const page of [chairPage, hall, countedHall, phone]) await page.context().close();
  await product.stop();
});

test('the lobby can be used by everybody, on phone and computer, in light and dark', async ({ browser }) => {
  const superior = await open(browser, 'phone');
  await enterAs(superior, 'superior');
  await superior.getByRole('link', { name: `Dự sinh hoạt ${cell.name}` }).click();
  await enterAs(chairPage, 'chair');
  for (const page of [phone, chairPage]) {
    await page
      .getByRole('link', { name: /^Vào họp/ })
      .first()
      .click();
  }
  for (const [name, page] of Object.entries({ phone, computer: chairPage, superior })) {
    await expect(page.getByTestId('lobby')).toBeVisible();
    await keepPicture(page, `lobby-${name}`);
    await expectAccessible(page);
  }
  await superior.context().close();
  await phone.goto('/');
  await enterRemotely(phone, 'data');
});

test('a vote is run and a mark is cast with the keyboard alone (VOTE14)', async () => {
  const page = chairPage;
  await page.getByRole('radio', { name: 'Dự trực tuyến' }).focus();
  await tabTo(page, page.getByRole('radio', { name: 'Đủ hình và tiếng' }));
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('ArrowDown');
  await expect(page.getByRole('radio', { name: 'Chỉ biểu quyết và chương trình' })).toBeChecked();
  await pressOn(page, page.getByTestId('enter'));
  await expect(page.getByTestId('room')).toBeVisible();

  await page.keyboard.press('4');
  await pressOn(page, page.getByTestId('open-meeting'));
  await expect(page.getByTestId('current-item')).toContainText('Mở đầu');
  await page.keyboard.press('Shift+N');
  await expect(page.getByTestId('current-item')).toContainText('Điểm danh');
  const site = cell.sites[1];
  if (!site) throw new Error('no second site');
  await clerk.give({ type: 'confirmSiteRollCall', site: site.id });
  await page.keyboard.press('1');
  await pressOn(page, page.getByRole('button', { name: 'Hoàn tất điểm danh' }));
  await expect(page.getByRole('dialog').getByRole('button', { name: 'Hoàn tất điểm danh' })).toBeFocused();
  await page.keyboard.press('Enter');
  await expect(page.getByText('Đã điểm danh xong')).toBeVisible();

  await page.keyboard.press('3');
  await tabTo(page, page.getByTestId('draft-question'));
  await page.keyboard.type('Thông qua nghị quyết tháng');
  await page.keyboard.press('Tab');
  await page.keyboard.press('Tab');
  await pressOn(page, page.getByTestId('vote-open'));
  await pressOn(page, page.getByTestId('choice-inFavour'));
  await expect(page.getByTestId('receipt')).toBeVisible();
  // The phone's sheet and the counted hall's keypad by keys too.
  await tabTo(phone, phone.getByTestId('choice-against'));
  await phone.keyboard.press('Space');
  await expect(phone.getByTestId('receipt')).toBeVisible();
  await tabTo(countedHall, countedHall.getByTestId('count-inFavour'));
  await countedHall.keyboard.type('1');
  await countedHall.keyboard.press('Enter');
  await expect(countedHall.getByTestId('count-state')).toBeVisible();
  await pressOn(page, page.getByTestId('count-confirm-yes'));
  await expect(countedHall.getByTestId('count-state')).toContainText('đã được xác nhận');

  await expect(page.getByTestId('vote-close')).toBeEnabled({ timeout: 40_000 });
  await pressOn(page, page.getByTestId('vote-close'));
  await expect(page.getByRole('dialog').getByRole('button', { name: 'Kết thúc biểu quyết' })).toBeFocused();
  await page.keyboard.press('Enter');
  await pressOn(page, page.getByTestId('vote-announce'));
  await expect(page.getByTestId('result-words')).toContainText('2/');
});

test('rooms, console and terminals can be used by everybody, with a result and with a vote under way', async () => {
  const pages = { phone, chair: chairPage, hall, countedHall };
  for (const [name, page] of Object.entries(pages)) {
    await expect(page.getByTestId('result-words').first()).toBeVisible();
    await keepPicture(page, `axe-result-${name}`);
    await expectAccessible(page);
  }
  await phone.getByTestId('hand').click();
  await phone.getByRole('menuitem', { name: 'Phát biểu ý kiến' }).click();
  for (const tab of ['Đảng viên', 'Phát biểu', 'Điều hành']) {
    await chairPage.getByRole('tab', { name: tab }).click();
    await keepPicture(chairPage, `axe-console-${tab}`);
    await expectAccessible(chairPage);
  }
  for (const sheet of ['Chương trình', 'Đảng viên', 'Phát biểu']) {
    await phone.getByTestId('more').click();
    await phone.getByRole('button', { name: sheet, exact: true }).click();
    await keepPicture(phone, `axe-sheet-${sheet}`);
    await expectAccessible(phone);
    await phone.keyboard.press('Escape');
    await phone.keyboard.press('Escape');
    await expect(phone.getByRole('dialog')).toBeHidden();
  }
  const last = clerk.attendant.client.state.get()?.agenda.at(-1);
  if (!last) throw new Error('no programme');
  await chairPage.getByRole('button', { name: `Việc với nội dung: ${last.title}` }).click();
  await chairPage.getByRole('menuitem', { name: 'Chuyển đến nội dung này' }).click();
  // What is discussed now is in sight, however long the programme is.
  await phone.getByTestId('more').click();
  await phone.getByRole('button', { name: 'Chương trình', exact: true }).click();
  await expect(phone.getByTestId('agenda-item').filter({ hasText: last.title })).toBeInViewport();
  await phone.keyboard.press('Escape');
  await phone.keyboard.press('Escape');
  await clerk.give({
    type: 'openVote',
    item: null,
    question: 'Thông qua chương trình',
    rule: 'procedural',
    purpose: 'programme',
    despiteWaiting: true,
  });
  await expect(phone.getByTestId('choice-inFavour')).toBeVisible();
  // A tab that was scrolled down gives way to the question, not to its middle.
  await expect(chairPage.getByTestId('vote-question').first()).toBeInViewport({ ratio: 1 });
  for (const [name, page] of Object.entries(pages)) {
    await expect(page.getByTestId('vote-question').first()).toContainText('chương trình');
    await keepPicture(page, `axe-vote-${name}`);
    await expectAccessible(page);
  }
});
