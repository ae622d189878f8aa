import { expect, type Page, test } from '@playwright/test';
import { demoPassword } from '../../server/src/demo/province.ts';
import { type Product, startProduct } from '../support/product.ts';
import { type DemoCell, demoCell, isOrdinary } from './support/demo-cell.ts';
import { OwnHand } from './support/own-hand.ts';
import { calmer, enterAs, enterRemotely, keepPicture, newPage, signIn } from './support/pages.ts';
import { decodedFrames, expectVideo, soundPackets } from './support/video.ts';

test.use({ launchOptions: ({ launchOptions }, use) => use(calmer(launchOptions)) });

test.describe.configure({ mode: 'serial', timeout: 180_000 });

let product: Product;
let cell: DemoCell;
let chair: OwnHand;
let hall: Page;
let remote: Page;
let speaker: DemoCell['members'][number];
let afar: DemoCell['members'][number];

test.beforeAll(async ({ browser }) => {
  product = await startProduct();
  cell = await demoCell(product.url);
  const [secretary] = cell.take(1, ({ office }) => office === 'cellSecretary');
  const [first, second] = cell.take(2, isOrdinary);
  if (!secretary || !first || !second) throw new Error('the cell is too small');
  [speaker, afar] = [first, second];
  chair = await OwnHand.of(product.url, cell.meetingId, secretary.personId);
  await chair.join({ type: 'checkIn', place: { mode: 'remote' } });
  hall = await newPage(browser, product.url);
  remote = await newPage(browser, product.url);
  await enterAs(hall, 'terminal', cell.sites[0]?.name);
  await hall.getByRole('button', { name: `Điểm danh ${speaker.name}` }).click();
  await signIn(remote, afar.phone ?? '', demoPassword);
  await enterRemotely(remote, 'full');
  await chair.give({ type: 'openMeeting' });
});

test.afterAll(async () => {
  await chair.close();
  for (const page of [hall, remote]) await page.context().close();
  await product.stop();
});

test('SPK1 SPK2 SPK3 a hall is seen always, and heard while one of its people has the floor', async () => {
  await expectVideo(remote, 1);
  await expect(hall.getByText('Tiếng của hội trường đang được giữ')).toBeVisible();
  expect(await soundPackets(remote)).toBe(0);
  await hall.getByRole('button', { name: 'Đăng ký phát biểu cho đảng viên' }).click();
  await hall.getByRole('dialog').getByRole('button', { name: speaker.name }).click();
  const queue = () => chair.attendant.client.state.get()?.speaking.queue ?? [];
  await expect.poll(() => queue().length).toBe(1);
  await remote.getByTestId('hand').click();
  await remote.getByRole('menuitem', { name: 'Phát biểu ý kiến' }).click();
  await expect(remote.getByTestId('hand')).toContainText('thứ 2');
  await expect(remote.getByTestId('microphone')).toContainText('Khóa');
  const [request, next] = queue();
  if (!request || !next) throw new Error('nobody waits');

  await chair.give({ type: 'grantFloor', request: request.id, seconds: 180 });
  for (const page of [hall, remote]) await expect(page.getByTestId('floor')).toContainText(speaker.name);
  await expect(hall.getByText(`Đang mở tiếng của hội trường cho đồng chí ${speaker.name}`)).toBeVisible();
  await expect.poll(() => soundPackets(remote)).toBeGreaterThan(10);
  await keepPicture(remote, 'floor-remote');

  await chair.give({ type: 'grantFloor', request: next.id, seconds: 180 });
  await expect(remote.getByTestId('my-floor')).toBeVisible();
  await keepPicture(remote, 'floor-mine');
  await expect(hall.getByText('Tiếng của hội trường đang được giữ')).toBeVisible();
  const before = await soundPackets(hall);
  await remote.getByTestId('my-floor').getByRole('button', { name: 'Bật micrô' }).click();
  await expect.poll(() => soundPackets(hall)).toBeGreaterThan(before + 10);
  const held = await soundPackets(remote);
  await expectVideo(remote, 1);
  expect(await soundPackets(remote)).toBe(held);

  await remote.getByTestId('hand').click();
  await expect(remote.getByTestId('microphone')).toContainText('Khóa');
  await expect(hall.getByTestId('floor')).toBeHidden();
});

test('ATT13 SITE1 who checks in at a hall while live from afar: the hall wins, the other device is told and falls silent', async () => {
  await hall.getByRole('button', { name: `Điểm danh ${afar.name}` }).click();
  await expect(
    remote.getByText('Đồng chí đã điểm danh tại điểm cầu nên hình và tiếng').first(),
  ).toBeVisible();
  await expect(remote.getByTestId('microphone')).toHaveAttribute('aria-label', /điểm cầu/);
  await expect.poll(async () => (await decodedFrames(remote)).size).toBe(0);
  await keepPicture(remote, 'site-wins');
  // The hall's terminal goes away: nobody's presence changes (SITE1).
  const present = await remote.getByTestId('present-count').innerText();
  await hall.goto('about:blank');
  await expect(remote.getByText('Điểm cầu mất tín hiệu').first()).toBeVisible({ timeout: 30_000 });
  await expect(remote.getByTestId('present-count')).toHaveText(present);
});
