import { expect, type Page, test } from '@playwright/test';
import { demoPassword } from '../../server/src/demo/province.ts';
import { expectAccessible } from './support/accessible.ts';
import { type CellStage, stageCell } from './support/cell-stage.ts';
import { type DemoMember, isOrdinary } from './support/demo-cell.ts';
import { enterAs, enterRemotely, keepPicture, signIn } from './support/pages.ts';

test.describe.configure({ mode: 'serial', timeout: 150_000 });
test.use({ actionTimeout: 15_000 });

const remembered = 'một câu dễ nhớ 2026';

let stage: CellStage;
let secretary: Page;
let desk: Page;
let forgetful: DemoMember;
let neighbour: DemoMember;

test.beforeAll(async ({ browser }) => {
  stage = await stageCell(browser);
  const [first, second] = stage.cell.take(2, isOrdinary);
  if (!first || !second) throw new Error('the cell is too small');
  [forgetful, neighbour] = [first, second];
  secretary = await stage.open('phone');
  await enterAs(secretary, 'chair');
  await enterRemotely(secretary, 'data');
  const chair = await stage.hand(stage.secretary);
  await chair.does({ type: 'openMeeting' });
});
test.afterAll(() => stage.end());

/** Signs in with the code on the member's own phone, and joins the meeting that is on. */
async function useCode(member: Page, code: string): Promise<void> {
  await member.goto('/dang-nhap');
  await member.getByRole('link', { name: /mã/ }).first().click();
  await member.getByRole('textbox', { name: /^Mã/ }).fill(code.toLowerCase());
  for (const box of await member.locator('input[type=password]').all()) await box.fill(remembered);
  await keepPicture(member, 'code-activation');
  await member.getByRole('button', { name: 'Kích hoạt và vào hệ thống' }).click();
  await enterRemotely(member, 'data');
}

test('ID1 the password is forgotten at 19:30: the secretary issues a code from a phone, and the member is in the running meeting', async () => {
  await secretary.getByTestId('more').click();
  await secretary.getByRole('dialog').getByRole('button', { name: 'Đảng viên', exact: true }).click();
  await secretary.getByTestId('open-member-code').click();
  await expect(secretary.getByTestId('issue-member-code')).toBeDisabled();
  await secretary.getByTestId('member-code-person').selectOption(forgetful.personId);
  const question = secretary.getByText(`Cấp mã đăng nhập cho đồng chí ${forgetful.name}?`);
  await expect(question).toBeVisible();
  await keepPicture(secretary, 'code-question');
  await secretary.getByTestId('issue-member-code').click();
  const shown = secretary.getByTestId('member-code');
  await expect(shown)
    .toBeFocused()
    .catch(() => expect(shown).toBeVisible());
  const code = (await shown.innerText()).trim();
  expect(code).toMatch(/^[2-9A-Z]{4}(-[2-9A-Z]{4})+$/);
  await expect(secretary.getByRole('dialog').last()).toContainText(/Dùng một lần, đến \d\d:\d\d/);
  await keepPicture(secretary, 'code-shown');
  await expectAccessible(secretary);

  const member = await stage.open('phone');
  await useCode(member, code);
  await expect(member.getByTestId('room')).toBeVisible();
  const row = secretary.locator(`[data-person="${forgetful.personId}"]`);
  await secretary.getByRole('button', { name: 'Xong', exact: true }).click();
  await expect(row).toContainText('Trực tuyến');
  // Closed, the window has forgotten the code; and it opens the account once.
  await expect(secretary.getByTestId('member-code')).toHaveCount(0);
  const thief = await stage.open('phone');
  await thief.goto('/kich-hoat');
  await thief.getByRole('textbox', { name: /^Mã/ }).fill(code);
  for (const box of await thief.locator('input[type=password]').all()) await box.fill('kẻ khác dùng lại');
  await thief.getByRole('button', { name: 'Kích hoạt và vào hệ thống' }).click();
  await expect(thief.getByRole('alert')).toBeVisible();
  await expect(thief).toHaveURL(/kich-hoat/);
  expect(stage.errors).toEqual([]);
});

test('ID1 by keyboard alone from the console; the old password opens nothing any more, the new one does', async () => {
  desk = await stage.open();
  await enterAs(desk, 'chair');
  await enterRemotely(desk, 'data');
  await desk.locator('body').click({ position: { x: 5, y: 5 } });
  await desk.keyboard.press('/');
  await desk.keyboard.insertText(neighbour.name);
  await desk.keyboard.press('ArrowDown');
  await expect(desk.locator(`[data-person="${neighbour.personId}"]`)).toBeFocused();
  await desk.keyboard.press('d');
  // Too quick for the window's focus, the key must not do what it does on the row.
  await desk.keyboard.press('k');
  await expect(desk.getByTestId('member-code-person')).toHaveValue(neighbour.personId);
  await expect(desk.getByTestId('issue-member-code')).toBeFocused();
  await desk.keyboard.press('Enter');
  const code = (await desk.getByTestId('member-code').innerText()).trim();
  await keepPicture(desk, 'code-desk');
  await desk.keyboard.press('Escape');
  await expect(desk.getByTestId('member-code')).toBeHidden();
  await expect(desk.locator(`[data-person="${neighbour.personId}"]`)).toContainText('Chưa điểm danh');
  const member = await stage.open('phone');
  await useCode(member, code);
  const again = await stage.open('phone');
  await again.goto('/dang-nhap');
  await again.getByRole('textbox', { name: /^Họ và tên/ }).fill(neighbour.phone ?? '');
  await again.locator('input[type=password]').fill(demoPassword);
  await again.locator('input[type=password]').press('Enter');
  await expect(again.getByRole('alert')).toBeVisible();
  await signIn(again, neighbour.phone ?? '', remembered);
  expect(stage.errors).toEqual([]);
});
