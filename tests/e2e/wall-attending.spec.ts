import { expect, type Page, test } from '@playwright/test';
import { demoPassword } from '../../server/src/demo/province.ts';
import { type Product, startProduct } from '../support/product.ts';
import { expectAccessible } from './support/accessible.ts';
import { isOrdinary } from './support/demo-cell.ts';
import { beginEvening, type Evening, type LiveCell } from './support/evening.ts';
import { calmer, enterAs, enterRemotely, keepPicture, newPage, signIn } from './support/pages.ts';
import {
  attendAll,
  expectTilesMove,
  openWall,
  receivingTransports,
  soundEnergy,
  tileOf,
} from './support/wall.ts';

test.use({ launchOptions: ({ launchOptions }, use) => use(calmer(launchOptions)) });
test.describe.configure({ mode: 'serial', timeout: 240_000 });

const meetings = 12;

let product: Product;
let evening: Evening;
let wall: Page;
/** A member's page in the cell where the superior will speak, and one in another. */
let here: Page;
let there: Page;
let speaking: LiveCell;
let other: LiveCell;

async function memberPage(...[browser, cell]: [Parameters<typeof newPage>[0], LiveCell]): Promise<Page> {
  const member = cell.members.find(isOrdinary);
  if (!member) throw new Error('the cell has no ordinary member');
  const page = await newPage(browser, product.url);
  await signIn(page, member.phone ?? '', demoPassword);
  await enterRemotely(page, 'full');
  return page;
}

test.beforeAll(async ({ browser }) => {
  test.setTimeout(240_000);
  product = await startProduct();
  evening = await beginEvening(product.url, meetings, 1);
  const [first, second] = evening.cells;
  if (!first || !second) throw new Error('no cells');
  [speaking, other] = [first, second];
  here = await memberPage(browser, speaking);
  there = await memberPage(browser, other);
  wall = await newPage(browser, product.url);
  await enterAs(wall, 'superior');
});

test.afterAll(async () => {
  for (const page of [wall, here, there]) await page?.context().close();
  await evening?.close();
  await product?.stop();
});

test('SUP1 SUP7 opening the wall attends nothing: figures alone, and the cells see who follows them', async () => {
  await openWall(wall);
  await expect(wall.getByTestId('wall-attending')).toContainText('Đồng chí chưa dự chi bộ nào');
  await wall.getByTestId('grid-size').getByText('16 ô').click();
  await expect(wall.getByTestId('wall-sums')).toContainText(String(meetings));
  for (const { meetingId } of evening.cells) {
    await expect(tileOf(wall, meetingId).getByTestId('tile-picture')).toContainText('Chỉ xem số liệu');
  }
  await expect(here.getByTestId('followers-banner')).toContainText(evening.superior.name);
  await expect(here.getByTestId('superiors-banner')).toBeHidden();
  for (const { chair } of evening.cells) {
    await expect.poll(() => chair.attendant.client.state.get()?.superiors ?? null).toEqual({});
  }
  expect(await receivingTransports(wall)).toBe(0);
  await keepPicture(wall, 'wall-figures');
});

test('SUP1 attending twelve: each tile decodes, over one receiving transport, and all members see it', async () => {
  await attendAll(wall, meetings);
  await expectTilesMove(wall, meetings);
  expect(await receivingTransports(wall)).toBe(1);
  for (const { chair } of evening.cells) {
    const state = chair.attendant.client.state.get();
    expect(Object.keys(state?.superiors ?? {})).toEqual([evening.superior.personId]);
  }
  for (const page of [here, there]) {
    await expect(page.getByTestId('superiors-banner')).toContainText(evening.superior.name);
    await expect(page.getByTestId('superior-list')).toContainText(evening.superior.name);
  }
  await keepPicture(wall, 'wall-twelve');
  await expectAccessible(wall);
});

test('SUP2 SUP8 SPK4 by keyboard: one large with sound, the floor asked for, spoken there and heard there alone', async () => {
  await tileOf(wall, speaking.meetingId).locator('[data-tile]').focus();
  await wall.keyboard.press('Enter');
  await expect(wall.getByTestId('wall-large')).toBeVisible();
  await expect(wall.getByTestId('sound')).toContainText('Tắt tiếng');
  const focused = () =>
    speaking.chair.attendant.client.state.get()?.superiors[evening.superior.personId]?.focusedSince ?? null;
  await expect.poll(focused).not.toBeNull();
  await expect(wall.getByTestId('microphone')).toContainText('Khóa');

  await wall.keyboard.press('f');
  await expect(wall.getByTestId('hand')).toContainText('thứ 1');
  const queue = () => speaking.chair.attendant.client.state.get()?.speaking.queue ?? [];
  await expect.poll(() => queue().length).toBe(1);
  const request = queue()[0];
  if (!request) throw new Error('nobody waits');
  await speaking.chair.give({ type: 'grantFloor', request: request.id, seconds: 300 });
  await expect(wall.getByTestId('my-floor')).toContainText('mời đồng chí phát biểu');
  const [before, elsewhere] = [await soundEnergy(here), await soundEnergy(there)];
  await wall.getByTestId('my-floor').getByRole('button', { name: 'Bật micrô' }).click();
  await expect(wall.getByTestId('my-floor')).toContainText('các chi bộ khác không nghe');
  await expect.poll(() => soundEnergy(here), { timeout: 30_000 }).toBeGreaterThan(before);
  await keepPicture(wall, 'wall-speaking');
  expect(await soundEnergy(there)).toBe(elsewhere);
  // The others on the screen go on meanwhile, by the same transport.
  await expectTilesMove(wall, 3);
  expect(await receivingTransports(wall)).toBe(1);

  // An observation in one line; the first Escape only leaves the field.
  await wall.getByRole('tab', { name: 'Nhận xét' }).click();
  const line = wall.getByTestId('observation-line').getByRole('textbox');
  await line.fill('Thảo luận sôi nổi, đúng trọng tâm.');
  await line.press('Enter');
  await expect(wall.getByTestId('own-observations').getByTestId('observation')).toContainText(
    'Thảo luận sôi nổi',
  );
  await line.press('Escape');
  await expect(wall.getByTestId('wall-large')).toBeVisible();

  // Going elsewhere would end the speech: that is asked.
  await wall.keyboard.press('Escape');
  await wall.getByRole('dialog').getByRole('button', { name: 'Kết thúc lượt và chuyển' }).click();
  await expect(wall.getByTestId('wall-grid')).toBeVisible();
  await expect.poll(() => speaking.chair.attendant.client.state.get()?.speaking.speech ?? null).toBeNull();
  await expect.poll(focused).toBeNull();
  await expect(tileOf(wall, speaking.meetingId).locator('[data-tile]')).toBeFocused();
});

test('SUP1 a tile changes to who speaks without a black frame', async () => {
  // The grid has just come back: its picture first.
  await expect
    .poll(() =>
      tileOf(wall, speaking.meetingId)
        .locator('video[data-place="front"]')
        .evaluate((video: HTMLVideoElement) => video.videoWidth > 0 && video.readyState >= 2),
    )
    .toBe(true);
  await wall.evaluate((id) => {
    const tile = document.querySelector(`[data-testid="wall-tile-${id}"] [data-testid="tile-picture"]`);
    const empty: string[] = [];
    Reflect.set(window, 'emptyMoments', empty);
    const look = () => {
      const front = tile?.querySelector<HTMLVideoElement>('video[data-place="front"]');
      if (!front || front.videoWidth === 0 || front.readyState < 2) empty.push('no frame');
      requestAnimationFrame(look);
    };
    look();
  }, speaking.meetingId);
  const shown = () =>
    tileOf(wall, speaking.meetingId)
      .locator('video[data-place="front"]')
      .evaluate((video: HTMLVideoElement) => (video.srcObject as MediaStream | null)?.id ?? '');
  const before = await shown();
  const member = await here.evaluate(() => document.title);
  expect(member).not.toBe('');
  await here.getByTestId('hand').click();
  await here.getByRole('menuitem', { name: 'Phát biểu ý kiến' }).click();
  const queue = () => speaking.chair.attendant.client.state.get()?.speaking.queue ?? [];
  await expect.poll(() => queue().length).toBe(1);
  const request = queue()[0];
  if (!request) throw new Error('nobody waits');
  await speaking.chair.give({ type: 'grantFloor', request: request.id, seconds: 300 });
  await expect.poll(shown, { timeout: 30_000 }).not.toBe(before);
  expect(await wall.evaluate(() => Reflect.get(window, 'emptyMoments'))).toEqual([]);
});

test('SUP1 a word to the chairs of two cells; leaving one and all', async () => {
  // Sixteen tiles took the list's room.
  await wall.getByRole('button', { name: 'Danh sách chi bộ' }).click();
  for (const { name } of [speaking, other]) {
    await wall.getByRole('checkbox', { name: `Chọn ${name}` }).click();
  }
  await wall.getByTestId('message-selected').click();
  const form = wall.getByTestId('wall-message');
  for (const { name } of [speaking, other]) await expect(form).toContainText(name);
  await form.getByRole('textbox').fill('Đề nghị các đồng chí chú ý thời gian.');
  await form.getByRole('button', { name: 'Gửi' }).click();
  await expect(form).toBeHidden();
  const words = speaking.chair.attendant.client.state.get()?.messages.at(-1);
  expect(words).toMatchObject({ name: evening.superior.name, text: 'Đề nghị các đồng chí chú ý thời gian.' });
  expect(words?.to).toHaveLength(2);
  await expect(here.getByTestId('message-banner')).toBeHidden();

  await wall.getByTestId('attended-names').click();
  await wall.getByRole('button', { name: `Thôi dự ${other.name}` }).click();
  await wall.getByRole('dialog').getByRole('button', { name: 'Thôi dự', exact: true }).click();
  await expect(wall.getByTestId('wall-attending')).toContainText(`tại ${meetings - 1} chi bộ`);
  await expect(there.getByTestId('superiors-banner')).toBeHidden();
  await expect(here.getByTestId('superiors-banner')).toBeVisible();
  await expect(tileOf(wall, other.meetingId).getByTestId('tile-picture')).toContainText('Chỉ xem số liệu');
});
