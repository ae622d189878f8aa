import type { Demo } from '@diemcau/shared/protocol/http.ts';
import { type Browser, expect, type Page, test } from '@playwright/test';
import { plain } from '../../client/src/hooks/meeting/names.ts';
import { type Product, startProduct } from '../support/product.ts';
import { type DemoCell, type DemoMember, demoCell, isOrdinary } from './support/demo-cell.ts';
import { answerQuestion, enterAs, enterAtSite, enterRemotely, newPage, type Size } from './support/pages.ts';

test.describe.configure({ mode: 'serial', timeout: 180_000 });
test.use({ actionTimeout: 20_000 });

let product: Product;
let cell: DemoCell;
let chair: Page;
let clerk: Page;
let deputyPage: Page;
let member: Page;
let afar: DemoMember;
let deputy: DemoMember;
let errors: string[];

async function open(browser: Browser, size: Size = 'computer'): Promise<Page> {
  const page = await newPage(browser, product.url, { size });
  page.on('pageerror', (error) => errors.push(error.message));
  return page;
}

/** The cards offer no deputy: on this page the first of the members' cards is theirs. */
async function offer(page: Page, { personId, name }: DemoMember): Promise<void> {
  await page.route('**/api/demo', async (route) => {
    const demo: Demo = await (await route.fetch()).json();
    const groups = demo.groups.map((group) =>
      group.part === 'member' ? { ...group, entries: [cardFor(group.entries[0])] } : group,
    );
    await route.fulfill({ json: { ...demo, groups } });
  });
  function cardFor(like: Demo['groups'][number]['entries'][number] | undefined) {
    return { detail: '', meetingId: null, ...like, enterAs: { kind: 'person', personId }, name };
  }
}

async function toTab(page: Page, name: string): Promise<void> {
  await page.getByRole('tab', { name }).click();
}

async function toSheet(page: Page, name: string): Promise<void> {
  await page.getByTestId('more').click();
  await page.getByRole('dialog').getByRole('button', { name, exact: true }).click();
}

test.beforeAll(async ({ browser }) => {
  errors = [];
  product = await startProduct();
  cell = await demoCell(product.url);
  const [found] = cell.take(1, ({ office }) => office === 'deputySecretary');
  const [first] = cell.take(1, isOrdinary);
  if (!found || !first) throw new Error('the cell has no deputy or no members');
  [deputy, afar] = [found, first];
  [chair, clerk, deputyPage] = [await open(browser), await open(browser), await open(browser)];
  member = await open(browser, 'phone');
});

test.afterAll(async () => {
  for (const page of [chair, clerk, deputyPage, member]) await page?.context().close();
  await product.stop();
});

test('ATT7 ATT11 an absence is announced at home with a reason, answered in the lobby, recorded for others', async () => {
  await enterAs(member, 'member', afar.name);
  await member
    .getByRole('button', { name: /^Báo vắng/ })
    .first()
    .click();
  await member.getByLabel('Lý do vắng').fill('Trực chống lụt tại xã');
  await member.getByRole('button', { name: 'Gửi báo vắng' }).click();
  await expect(member.getByTestId('absence-answer')).toHaveText('Chưa trả lời');

  await enterAs(chair, 'chair');
  await chair
    .getByRole('link', { name: /^Vào họp/ })
    .first()
    .click();
  const announced = chair.getByTestId('announced-absence').filter({ hasText: afar.name, visible: true });
  await expect(announced).toContainText('Trực chống lụt tại xã');
  await announced.getByRole('button', { name: /^Chấp nhận/ }).click();
  await expect(announced.getByTestId('absence-answer')).toHaveText('Được chấp nhận');
  await expect(member.getByTestId('absence-answer')).toHaveText('Được chấp nhận');

  const [silent] = cell.take(1, isOrdinary);
  if (!silent) throw new Error('no members');
  await enterAs(clerk, 'clerk');
  await clerk
    .getByRole('link', { name: /^Vào họp/ })
    .first()
    .click();
  // The page has a member's own form too: this one is the list's.
  // The room is drawn, hidden, behind the lobby: what is meant is what is seen.
  const list = clerk.getByTestId('announced-absences').filter({ visible: true });
  await list.getByText('Ghi báo vắng thay').click();
  await list.getByLabel('Đồng chí báo vắng').selectOption(silent.personId);
  await list.getByLabel('Lý do vắng').fill('Ốm, nhờ con báo lại');
  await list.getByRole('button', { name: 'Ghi báo vắng' }).click();
  await expect(list.getByTestId('announced-absence').filter({ hasText: silent.name })).toContainText(
    'Chưa trả lời',
  );
  // The clerk records; the secretary answers.
  await expect(list.getByRole('button', { name: /^Chấp nhận/ })).toHaveCount(0);
});

test('ATT3 MEET1 the clerk enters thirty people at three sites by keyboard in under sixty presses beyond the names', async () => {
  await chair.goto('/');
  await enterRemotely(chair, 'data');
  await toTab(chair, 'Điều hành');
  await chair.getByTestId('open-meeting').click();
  const [main] = cell.sites;
  if (!main) throw new Error('no sites');
  await clerk.goto('/');
  await enterAtSite(clerk, main.name);
  const desk = clerk.getByTestId('attendance-desk');
  await expect(desk).toBeVisible();
  const names = cell.members
    .filter(({ standing }) => standing !== 'suspended' && standing !== 'temporaryOut')
    .map(({ name }) => plain(name));
  const alone = names.filter((name) => names.indexOf(name) === names.lastIndexOf(name));
  // Two are no matter of a site: the chair far away, and who announced an absence.
  const secretary = plain(cell.members.find(({ office }) => office === 'cellSecretary')?.name ?? '');
  const apart = [secretary, plain(afar.name)];
  const called = [...alone.filter((name) => !apart.includes(name)).slice(0, 28), ...apart];
  let presses = 0;
  const press = async (key: string) => {
    presses += 1;
    await clerk.keyboard.press(key);
  };
  const callIn = async (name: string) => {
    await clerk.keyboard.insertText(name);
    await press('Enter');
  };
  const third = Math.ceil((called.length - 3) / 3);
  await clerk.locator('body').click({ position: { x: 5, y: 5 } });
  await press('/');
  for (const [index, name] of called.slice(0, -3).entries()) {
    if (index > 0 && index % third === 0) await press(String(index / third + 1));
    await callIn(name);
  }
  const [absent = '', distant = '', excused = ''] = called.slice(-3);
  await press('4');
  await callIn(distant);
  await press('5');
  await callIn(excused);
  await expect(clerk.getByRole('dialog').getByRole('textbox')).toBeFocused();
  await clerk.keyboard.insertText('Trực chống lụt');
  await press('Enter');
  await expect(clerk.getByRole('dialog')).toBeHidden();
  await expect(clerk.locator('input[data-find]')).toBeFocused();
  await press('6');
  await callIn(absent);
  await expect(clerk.getByTestId('roll-hint')).toContainText('Vắng không lý do');
  await press('Control+z');
  await expect(clerk.getByTestId('roll-hint')).not.toContainText('Vắng không lý do');
  await callIn(absent);
  await expect(clerk.getByTestId('roll-hint')).toContainText('Vắng không lý do');
  test.info().annotations.push({ type: 'people', description: String(called.length) });
  test.info().annotations.push({ type: 'key presses beyond the names', description: String(presses) });
  expect(called.length).toBe(30);
  expect(presses).toBeLessThan(60);
  await expect(desk.getByTestId('attendance-figures')).toContainText('Tại điểm cầu 2');
});

test('ATT12 SPK1 a guest stands by name and office; a written opinion is read out of the one queue', async () => {
  await clerk.getByTestId('guest-panel').locator('summary').click();
  await clerk.getByTestId('no-guests').click();
  await expect(clerk.getByText('Đã ghi: không có người ngoài chi bộ.')).toBeVisible();
  await clerk.getByLabel('Họ và tên').fill('Hoàng Thị Lan');
  await clerk.getByLabel('Chức vụ, đơn vị').fill('Chủ tịch Hội Phụ nữ xã');
  await clerk.getByRole('button', { name: 'Ghi đại biểu', exact: true }).click();
  await expect(clerk.getByTestId('guests')).toContainText('Hoàng Thị Lan');
  await clerk.getByRole('button', { name: 'Ghi đại biểu Hoàng Thị Lan đã về' }).click();
  await expect(clerk.getByTestId('guests')).toContainText('về lúc');

  await member.goto('/');
  await enterRemotely(member, 'data');
  await toSheet(member, 'Phát biểu');
  await member.getByTestId('write-opinion').click();
  await member.getByLabel('Nội dung ý kiến').fill('Đề nghị làm đường liên thôn trước mùa mưa.');
  await member.getByRole('button', { name: 'Gửi ý kiến', exact: true }).click();
  await expect(member.getByTestId('queue-row')).toContainText('bằng văn bản');
  await toTab(clerk, 'Phát biểu');
  await expect(clerk.getByTestId('queue-row')).toContainText('Đề nghị làm đường liên thôn');
  await clerk.getByRole('button', { name: `Đã đọc ý kiến của ${afar.name}` }).click();
  await expect(clerk.getByTestId('queue-row')).toHaveCount(0);
});

test('AGD5 AGD8 an item in person says so on remote screens and tells the chair what the rooms can pass; a secret paper stays out', async () => {
  await chair.getByRole('button', { name: 'Thêm nội dung' }).click();
  const form = chair.getByRole('dialog');
  await form.getByLabel('Tên nội dung').fill('Công tác cán bộ');
  await form.getByRole('switch', { name: 'Chỉ bàn trực tiếp tại phòng họp' }).click({ force: true });
  await form.getByRole('button', { name: 'Thêm tài liệu' }).click();
  await form.getByLabel('Tên tài liệu').fill('Báo cáo nhân sự');
  await form.getByLabel('Độ mật').selectOption('mật');
  await expect(form.getByTestId('secret-paper')).toBeVisible();
  await form.getByRole('button', { name: 'Thêm nội dung' }).click();
  await expect(chair.getByRole('alert').filter({ hasText: 'mật' }).first()).toBeVisible();
  await expect(form).toBeVisible();
  await form.getByLabel('Độ mật').selectOption('none');
  await form.getByRole('button', { name: 'Thêm nội dung' }).click();
  await expect(form).toBeHidden();
  const item = chair.getByTestId('agenda-item').filter({ hasText: 'Công tác cán bộ' });
  await expect(item.getByTestId('item-labels')).toHaveText('chỉ bàn trực tiếp');
  await item.getByRole('button').click();
  await chair.getByRole('menuitem', { name: 'Chuyển đến nội dung này' }).click();
  await expect(chair.getByTestId('room-need')).toContainText(
    /cần \d+\/\d+, hai phần ba cần \d+\/\d+; trong phòng \d+/,
  );
  await expect(clerk.getByTestId('in-person')).toContainText('không nghe và không thấy phòng họp');
  await member.keyboard.press('Escape');
  await expect(member.getByTestId('in-person')).toContainText('hình và tiếng trực tuyến đã cắt');
  await expect(member.getByTestId('in-person')).toContainText(/trở lại lúc \d\d:\d\d/);
});

test('CHAIR1 the chair’s line is gone: the deputy takes the chair after a plain question, and all screens say so', async () => {
  await offer(deputyPage, deputy);
  await enterAs(deputyPage, 'member', deputy.name);
  const [main] = cell.sites;
  await enterAtSite(deputyPage, main?.name ?? '');
  await expect(deputyPage.getByTestId('chair-gone')).toBeHidden();
  await chair.context().close();
  const gone = deputyPage.getByTestId('chair-gone');
  await expect(gone).toBeVisible({ timeout: 100_000 });
  await expect(clerk.getByTestId('chair-gone')).toContainText(`Có thể nhận chủ trì: ${deputy.name}`);
  await gone.getByRole('button', { name: 'Nhận chủ trì' }).click();
  await answerQuestion(deputyPage, 'Nhận chủ trì');
  for (const page of [deputyPage, clerk, member]) {
    await expect(page.getByTestId('chair-now')).toHaveText(`Chủ trì: ${deputy.name}`);
    await expect(page.getByTestId('chair-gone')).toBeHidden();
  }
  expect(errors).toEqual([]);
});
