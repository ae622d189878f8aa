import { type Browser, expect, type Page, test } from '@playwright/test';
import { type Product, startProduct } from '../support/product.ts';
import { type DemoCell, demoCell, isOrdinary } from './support/demo-cell.ts';
import { enterCount, type HandChoice, type HandCounts, markAt, tapIn } from './support/hall-terminal.ts';
import {
  answerQuestion,
  attendAbove,
  calmer,
  enterAs,
  enterAtSite,
  enterRemotely,
  faultsOf,
  keepPicture,
  newPage,
  type Size,
} from './support/pages.ts';
import { expectVideo } from './support/video.ts';

test.use({ launchOptions: ({ launchOptions }, use) => use(calmer(launchOptions)) });

test.describe.configure({ mode: 'serial', timeout: 240_000 });

/** Everybody's page in one meeting: two halls, chair and clerk beside the main one, a member afar, a superior. */
interface Meeting {
  readonly product: Product;
  readonly cell: DemoCell;
  readonly hall: Page;
  readonly secondHall: Page;
  readonly chair: Page;
  readonly clerk: Page;
  readonly remote: Page;
  readonly superior: Page;
}

let meeting: Meeting;
let faults: (readonly string[])[];

const everyPage = () => [
  meeting.hall,
  meeting.secondHall,
  meeting.chair,
  meeting.clerk,
  meeting.remote,
  meeting.superior,
];

async function open(browser: Browser, product: Product, size: Size = 'computer'): Promise<Page> {
  const page = await newPage(browser, product.url, { size });
  faults.push(faultsOf(page));
  return page;
}

/** Markers that a reload would wipe out. */
async function markPages(): Promise<void> {
  for (const page of everyPage()) await page.evaluate(() => Object.assign(window, { notReloaded: true }));
}

async function expectNotReloaded(): Promise<void> {
  for (const page of everyPage())
    expect(await page.evaluate(() => Reflect.get(window, 'notReloaded') === true)).toBe(true);
}

async function keepPictures(moment: string): Promise<void> {
  const { hall, secondHall, chair, clerk, remote, superior } = meeting;
  for (const [name, page] of Object.entries({ hall, secondHall, chair, clerk, remote, superior }))
    await keepPicture(page, `${moment}-${name}`);
}

async function expectItemEverywhere(title: string): Promise<void> {
  for (const page of everyPage()) await expect(page.getByTestId('current-item')).toContainText(title);
}

/** @returns the announced result in words, after all pages have shown the same. */
async function resultEverywhere(): Promise<string> {
  const words = everyPage().map((page) => page.getByTestId('result-words').first());
  const [first, ...others] = words;
  if (!first) throw new Error('no pages');
  await expect(first).toBeVisible();
  const text = await first.innerText();
  for (const other of others) await expect(other).toHaveText(text);
  return text;
}

test.beforeAll(async ({ browser }) => {
  faults = [];
  const product = await startProduct();
  const cell = await demoCell(product.url);
  const [hall, secondHall, chair, clerk, superior] = await Promise.all(
    Array.from({ length: 5 }, () => open(browser, product)),
  );
  const remote = await open(browser, product, 'phone');
  if (!hall || !secondHall || !chair || !clerk || !superior) throw new Error('no pages');
  meeting = { product, cell, hall, secondHall, chair, clerk, remote, superior };
});

test.afterAll(async () => {
  for (const page of everyPage()) await page.context().close();
  await meeting.product.stop();
});

test('a meeting in two halls and afar: ATT1 ATT10 AGD2 MEET1 SITE3 SUP1 VOTE3 VOTE6 VOTE7 VOTE9 VOTE11 VOTE14', async () => {
  const { product, cell, hall, secondHall, chair, clerk, remote, superior } = meeting;
  const [mainSite, secondSite] = cell.sites;
  if (!mainSite || !secondSite) throw new Error('the cell has fewer than two sites');
  const [secretary] = cell.take(1, ({ office }) => office === 'cellSecretary');
  const [minutesClerk] = cell.take(1, ({ isClerk }) => isClerk);
  const [deputy] = cell.take(1, ({ office }) => office === 'deputySecretary');
  const [committeeMember] = cell.take(1, ({ office }) => office === 'committeeMember');
  const [probationary] = cell.take(1, ({ standing }) => standing === 'probationary');
  if (!secretary || !minutesClerk || !deputy || !committeeMember || !probationary)
    throw new Error('no officers');
  const [afar, teller, ...villagers] = cell.take(5, isOrdinary);
  if (!afar || !teller) throw new Error('no members');

  await test.step('five people check in by tapping on the main hall’s terminal, four at the second', async () => {
    await enterAs(hall, 'terminal', mainSite.name);
    await enterAs(secondHall, 'terminal', secondSite.name);
    const here = [secretary, minutesClerk, deputy, committeeMember, probationary];
    await tapIn(
      hall,
      here.map(({ name }) => name),
    );
    await tapIn(
      secondHall,
      [teller, ...villagers].map(({ name }) => name),
    );
    await expect(hall.getByTestId('hall-person-here')).toHaveCount(5);
    await expect(secondHall.getByTestId('hall-person-here')).toHaveCount(4);
  });

  await test.step('chair and clerk sit there with a device beside them, one member is far away, a superior attends', async () => {
    await enterAs(chair, 'chair');
    await enterAtSite(chair, mainSite.name);
    await enterAs(clerk, 'clerk');
    await enterAtSite(clerk, mainSite.name);
    await enterAs(remote, 'member', afar.name);
    await enterRemotely(remote, 'full');
    await enterAs(superior, 'superior');
    await attendAbove(superior, cell.name);
    // Ten people of one roll: who sits at a terminal with a device in hand is there once (ATT1).
    await expect(chair.getByTestId('present-count')).toContainText(/^10\//);
    for (const page of [hall, secondHall, chair, clerk, remote])
      await expect(page.getByTestId('superiors-banner')).toContainText('đang dự');
    await expect(superior.getByTestId('superior-you')).toBeVisible();
  });

  await test.step('every side decodes the others’ pictures', async () => {
    for (const page of [hall, secondHall, superior]) await expectVideo(page, 3);
    await expectVideo(remote, 1);
  });

  await keepPictures('1-before');

  await test.step('the chair opens; no vote before the roll call is complete (MEET1)', async () => {
    await chair.getByRole('tab', { name: 'Điều hành' }).click();
    await chair.getByTestId('open-meeting').click();
    await expectItemEverywhere('Mở đầu, giới thiệu đại biểu');
    await chair.getByRole('tab', { name: 'Biểu quyết' }).click();
    await expect(chair.getByTestId('vote-draft')).toContainText('Điểm danh xong mới mở được biểu quyết.');
    await expect(chair.getByTestId('vote-open')).toBeDisabled();
    await chair.getByRole('tab', { name: 'Điều hành' }).click();
    const site = chair.getByTestId(`site-${secondSite.id}`);
    await site.getByLabel(/^Người đếm của/).selectOption({ label: teller.name });
    await chair.getByRole('tab', { name: 'Đảng viên' }).click();
    await hall.getByTestId('confirm-roll').click();
    await expect(hall.getByText('Điểm danh đã xác nhận')).toBeVisible();
    await chair.getByRole('button', { name: 'Hoàn tất điểm danh' }).click();
    await answerQuestion(chair, 'Hoàn tất điểm danh');
    await expect(chair.getByText(new RegExp(`${secondSite.name}.*chưa xác nhận điểm danh`))).toBeVisible();
    await secondHall.getByTestId('confirm-roll').click();
    await chair.getByRole('button', { name: 'Hoàn tất điểm danh' }).click();
    await answerQuestion(chair, 'Hoàn tất điểm danh');
    await expect(chair.getByText('Đã điểm danh xong')).toBeVisible();
  });

  await test.step('the programme moves on every screen', async () => {
    await chair.getByTestId('agenda-next').click();
    await expectItemEverywhere('Điểm danh các điểm cầu');
    await chair.getByTestId('agenda-next').click();
    await expectItemEverywhere('Cử thư ký cuộc họp');
  });

  const marks: readonly HandChoice[] = ['inFavour', 'inFavour', 'inFavour', 'against', 'inFavour'];
  const counted: HandCounts = { inFavour: 2, against: 1, noOpinion: 1, notVoted: 0 };
  const electors = marks.length + 4;

  await test.step('a vote opens for all; marks come in by name, on own devices and from afar', async () => {
    await chair.getByRole('tab', { name: 'Biểu quyết' }).click();
    await expect(chair.getByTestId('draft-question')).toHaveValue(/thư ký/);
    await expect(chair.getByTestId('draft-electors')).toContainText(`${electors} đồng chí`);
    await chair.getByTestId('vote-open').click();
    for (const page of everyPage())
      await expect(page.getByTestId('vote-question').first()).toContainText('thư ký');
    // Who runs the vote may vote too (VOTE14).
    await chair.getByTestId('choice-inFavour').click();
    await expect(chair.getByTestId('receipt')).toBeVisible();
    await markAt(hall, deputy.name, 'inFavour');
    await expect(hall.getByTestId('hall-elector').filter({ hasText: probationary.name })).toHaveCount(0);
    await expect(secondHall.getByTestId('count-entry')).toContainText('4 đồng chí');
    await enterCount(secondHall, { ...counted, noOpinion: 0 });
    await expect(chair.getByTestId('closing-obstacles')).toContainText(secondSite.name);
    await expect(chair.getByTestId('closing-obstacles')).toContainText('chưa khớp');
    await expect(chair.getByTestId('vote-close')).toBeDisabled();
  });

  await keepPictures('2-vote');

  await test.step('the server is killed in the middle, and everything acknowledged is there again', async () => {
    await markPages();
    await product.kill();
    for (const page of everyPage())
      await expect(page.getByTestId('connection')).not.toHaveText('Đã kết nối', { timeout: 30_000 });
    // Nothing is shown as recorded before the server has said so.
    await remote.getByTestId('choice-inFavour').click();
    await expect(remote.getByTestId('vote-sheet')).toContainText('Đã gửi');
    await expect(remote.getByTestId('mark-recorded')).toBeHidden();
    await keepPictures('3-killed');
    await product.restart();
    for (const page of everyPage())
      await expect(page.getByTestId('connection')).toHaveText('Đã kết nối', { timeout: 60_000 });
    await expect(remote.getByTestId('mark-recorded')).toContainText('Đã ghi nhận');
    await expect(remote.getByTestId('receipt')).toContainText(/Biên nhận số \d+/);
    await expect(chair.getByTestId('mark-recorded')).toContainText('Tán thành');
    await expect(hall.getByTestId('hall-elector').filter({ hasText: deputy.name })).toContainText(
      'đã biểu quyết',
    );
    await expect(chair.getByTestId('closing-obstacles')).toContainText(secondSite.name);
    for (const page of everyPage())
      await expect(page.getByTestId('current-item')).toContainText('Cử thư ký cuộc họp');
    await expectNotReloaded();
  });

  await test.step('picture comes back by itself', async () => {
    for (const page of [hall, secondHall, superior]) await expectVideo(page, 3);
    // On a telephone the question covers the pictures, which wait meanwhile.
    const handle = remote.getByTestId('vote-sheet').getByRole('button', { expanded: true });
    await handle.click();
    await expectVideo(remote, 1);
    await remote.getByTestId('vote-sheet').getByRole('button', { expanded: false }).click();
  });

  await test.step('the count is mended, another person confirms it, and the vote closes', async () => {
    await markAt(hall, committeeMember.name, 'against');
    await clerk.getByTestId('choice-inFavour').click();
    await expect(clerk.getByTestId('receipt')).toBeVisible();
    await enterCount(secondHall, counted);
    await expect(secondHall.getByTestId('count-state')).toContainText('Chờ người thứ hai');
    await expect(chair.getByTestId('vote-close')).toBeDisabled();
    await expect(clerk.getByTestId('confirm-noOpinion')).toHaveText('1');
    await clerk.getByTestId('count-confirm-yes').click();
    await expect(secondHall.getByTestId('count-state')).toContainText('đã được xác nhận');
    for (const page of [chair, remote, superior])
      await expect(page.getByTestId('vote-progress')).toContainText(`${electors}/${electors}`);
    await expect(chair.getByTestId('vote-close')).toBeEnabled({ timeout: 35_000 });
    await chair.getByTestId('vote-close').click();
    await answerQuestion(chair, 'Kết thúc biểu quyết');
    await expect(remote.getByTestId('result-words')).toBeHidden();
    await chair.getByTestId('vote-announce').click();
  });

  await test.step('the result is right to the hand, and the same on every screen', async () => {
    // The television in the hall shows it without anybody touching the terminal.
    await expect(hall.getByTestId('result-words')).toBeInViewport();
    const total = (choice: HandChoice) => marks.filter((mark) => mark === choice).length + counted[choice];
    const need = Math.floor(electors / 2) + 1;
    expect(await resultEverywhere()).toBe(
      `${total('inFavour')}/${electors} đồng chí tán thành, ${total('against')} không tán thành, ` +
        `${total('noOpinion')} không có ý kiến, ${counted.notVoted} không biểu quyết; cần ít nhất ${need}. Được thông qua.`,
    );
  });
  await keepPictures('4-result');
  expect(faults.flat()).toEqual([]);
});

test('MEET3 the minutes are adopted by vote, the meeting closes, its record is sealed and can be read', async () => {
  const { hall, secondHall, chair, remote, superior, clerk } = meeting;
  await chair.getByRole('tab', { name: 'Điều hành' }).click();
  await expect(chair.getByTestId('close-meeting')).toBeDisabled();
  await chair.getByTestId('minutes-vote').click();
  await answerQuestion(chair, 'Mở biểu quyết');
  await expect(chair.getByTestId('vote-question').first()).toContainText('Thông qua biên bản');
  for (const page of [chair, clerk, remote]) await page.getByTestId('choice-inFavour').click();
  await enterCount(secondHall, { inFavour: 4, against: 0, noOpinion: 0, notVoted: 0 });
  await chair.getByTestId('count-confirm-yes').click();
  await expect(chair.getByTestId('vote-close')).toBeEnabled({ timeout: 40_000 });
  await chair.getByTestId('vote-close').click();
  await answerQuestion(chair, 'Kết thúc biểu quyết');
  await chair.getByTestId('vote-announce').click();
  expect(await resultEverywhere()).toMatch(
    /^7\/9 đồng chí tán thành.* 2 không biểu quyết.*Được thông qua\.$/,
  );

  await chair.getByRole('tab', { name: 'Điều hành' }).click();
  await chair.getByTestId('close-meeting').click();
  await answerQuestion(chair, 'Bế mạc cuộc họp');
  for (const page of everyPage()) await expect(page.getByTestId('result')).toBeVisible();
  await chair.getByTestId('seal-record').click();
  for (const page of everyPage())
    await expect(page.getByTestId('result')).toContainText('Đã niêm phong biên bản');
  await keepPictures('5-after');
  const hash = await chair.getByTestId('record-hash').innerText();
  expect(hash).toMatch(/mã băm cuối [0-9a-f]{64}$/);
  for (const page of [hall, remote, superior]) await expect(page.getByTestId('record-hash')).toHaveText(hash);
  expect(faults.flat()).toEqual([]);
});
