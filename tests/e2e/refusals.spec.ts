import { execFileSync } from 'node:child_process';
import { type Browser, expect, type Page, test } from '@playwright/test';
import { demoPassword } from '../../server/src/demo/province.ts';
import { call } from '../support/api.ts';
import { type Product, startProduct } from '../support/product.ts';
import { type DemoCell, demoCell, isOrdinary } from './support/demo-cell.ts';
import { OwnHand } from './support/own-hand.ts';
import {
  calmer,
  elsewhere,
  enterAs,
  enterAtSite,
  enterRemotely,
  faultsOf,
  keepPicture,
  newPage,
  type Size,
  signIn,
} from './support/pages.ts';
import { expectVideo } from './support/video.ts';

test.use({ launchOptions: ({ launchOptions }, use) => use(calmer(launchOptions)) });

test.describe.configure({ mode: 'serial', timeout: 150_000 });

const absence = 'Đi viện mổ ruột thừa';

type Member = DemoCell['members'][number];

let product: Product;
let cell: DemoCell;
let chair: OwnHand;
let clerk: OwnHand;
let doubled: Member;
let inHall: Member;
let curious: Member;
let voter: Member;
let probationary: Member;
let pages: Page[];
let hands: Map<Member, OwnHand>;

async function open(browser: Browser, size: Size = 'computer', url = product.url): Promise<Page> {
  const page = await newPage(browser, url, { size });
  pages.push(page);
  return page;
}

/** Every frame that the page's sockets get from now on. */
function framesOf(page: Page): string[] {
  const frames: string[] = [];
  page.on('websocket', (socket) => socket.on('framereceived', ({ payload }) => frames.push(String(payload))));
  return frames;
}

function one(members: readonly Member[]): Member {
  const [member] = members;
  if (!member) throw new Error('nobody');
  return member;
}

/** The person at a client without pages, which keeps the line up while their pages come and go. */
async function handOf(member: Member): Promise<OwnHand> {
  const hand = hands.get(member) ?? (await OwnHand.of(product.url, cell.meetingId, member.personId));
  hands.set(member, hand);
  return hand;
}

async function enterPerson(page: Page, member: Member): Promise<void> {
  await signIn(page, member.phone ?? '', demoPassword);
}

test.beforeAll(async () => {
  pages = [];
  hands = new Map();
  product = await startProduct();
  cell = await demoCell(product.url);
  const secretary = one(cell.take(1, ({ office }) => office === 'cellSecretary'));
  const minutes = one(cell.take(1, ({ isClerk }) => isClerk));
  chair = await handOf(secretary);
  clerk = await handOf(minutes);
  const remote = { type: 'checkIn', place: { mode: 'remote' } } as const;
  await chair.join(remote);
  await clerk.join(remote);
  doubled = one(cell.take(1, isOrdinary));
  inHall = one(cell.take(1, isOrdinary));
  curious = one(cell.take(1, isOrdinary));
  voter = one(cell.take(1, isOrdinary));
  probationary = one(cell.take(1, ({ standing }) => standing === 'probationary'));
});

test.afterEach(async () => {
  for (const page of pages.splice(0)) await page.context().close();
});

test.afterAll(async () => {
  for (const hand of hands.values()) await hand.close();
  await product.stop();
});

test('a member of another cell is refused, with code and sentence, and learns nothing', async ({
  browser,
}) => {
  const administrator = cell.demo.groups.find(({ part }) => part === 'administrator')?.entries[0];
  if (!administrator) throw new Error('no administrator');
  const { accessToken: token } = await call(product.url, 'demoLogin', {
    body: { enterAs: administrator.enterAs, slot: 'test' },
  });
  const { cells } = await call(product.url, 'administration', { token });
  const other = cells.find(({ name }) => name !== cell.name);
  if (!other) throw new Error('no other cell');
  const { members } = await call(product.url, 'cell', { token, params: { cellId: other.id } });
  const stranger = members.find(isOrdinary);
  if (!stranger?.phone) throw new Error('no member');

  const page = await open(browser);
  await signIn(page, stranger.phone, demoPassword);
  await expect(page.getByText(cell.name)).toHaveCount(0);
  const frames = framesOf(page);
  await page.goto(`/hop/${cell.meetingId}`);
  await expect(page.getByRole('alert')).toContainText(
    'Đồng chí không thuộc thành phần của buổi sinh hoạt này.',
  );
  await expect(page.getByRole('link', { name: 'Về trang Hôm nay' })).toBeVisible();
  await keepPicture(page, 'refused-other-cell');
  expect(frames.join()).toContain('"code":"notOfThisMeeting"');
  expect(frames.join()).not.toContain(doubled.name);
});

test('an address that names no meeting and a hall’s code that is wrong are refused in words, and nothing breaks', async ({
  browser,
}) => {
  const page = await open(browser, 'phone');
  const faults = faultsOf(page);
  await page.goto('/diem-cau');
  await page.getByLabel('Mã điểm cầu').fill('\u0000 "; DROP TABLE 😀');
  await page.getByRole('button', { name: 'Mở điểm cầu' }).click();
  await expect(page.getByRole('alert')).toContainText('Mã không đúng, đã dùng hoặc đã hết hạn.');
  await enterPerson(page, curious);
  for (const address of ['khong-co-cuoc-hop-nay', '%F0%9F%98%80', 'x'.repeat(500)]) {
    await page.goto(`/hop/${address}`);
    await expect(page.getByRole('alert')).toContainText(/không thuộc thành phần|chưa đúng định dạng/);
  }
  await page.goto('/hop/');
  await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
  expect(faults).toEqual([]);
});

test('the meeting begins, with one at a counted hall by the own device', async ({ browser }) => {
  const [, counted] = cell.sites;
  if (!counted) throw new Error('the cell has fewer than two sites');
  for (const member of [doubled, curious, voter, probationary]) {
    const hand = await handOf(member);
    await hand.join({ type: 'checkIn', place: { mode: 'remote' } });
  }
  const page = await open(browser, 'phone');
  await enterPerson(page, inHall);
  await enterAtSite(page, counted.name);
  await chair.give({ type: 'openMeeting' });
  const absent = one(cell.take(1, isOrdinary));
  await clerk.give({
    type: 'recordAttendance',
    person: absent.personId,
    entry: { mode: 'absentExcused', reason: absence },
  });
  await clerk.give({ type: 'confirmSiteRollCall', site: counted.id });
  await clerk.give({ type: 'completeRollCall' });
  await chair.give({
    type: 'openVote',
    item: null,
    question: 'Thông qua nghị quyết tháng',
    rule: 'procedural',
    purpose: 'motion',
    despiteWaiting: false,
  });
});

test('VOTE3 two devices of one member are one hand, and show the same', async ({ browser }) => {
  const [phone, computer] = [await open(browser, 'phone'), await open(browser)];
  for (const page of [phone, computer]) {
    await enterPerson(page, doubled);
    await enterRemotely(page, 'data');
  }
  await phone.getByTestId('choice-inFavour').click();
  for (const page of [phone, computer]) {
    await expect(page.getByTestId('mark-recorded')).toContainText('Tán thành');
    await expect(page.getByTestId('vote-progress')).toContainText(/^1\//);
  }
  await keepPicture(phone, 'one-hand-phone');
  await computer.getByTestId('choice-noOpinion').click();
  for (const page of [phone, computer]) {
    await expect(page.getByTestId('mark-recorded')).toContainText('Không có ý kiến');
    await expect(page.getByTestId('choice-noOpinion')).toHaveAttribute('aria-pressed', 'true');
    await expect(page.getByTestId('vote-progress')).toContainText(/^1\//);
  }
});

test('VOTE1 a probationary member has no vote, and is told why', async ({ browser }) => {
  const page = await open(browser, 'phone');
  await enterPerson(page, probationary);
  await enterRemotely(page, 'data');
  await expect(page.getByTestId('no-vote')).toContainText(
    'Đảng viên dự bị được thảo luận, không biểu quyết.',
  );
  await expect(page.getByTestId('choice-inFavour')).toHaveCount(0);
  await keepPicture(page, 'no-vote-phone');
  const hand = await handOf(probationary);
  expect(await hand.refusalOf({ type: 'castMark', vote: chair.vote, choice: 'inFavour' })).toEqual({
    code: 'notAnElector',
    message: expect.stringContaining('Chỉ đảng viên chính thức có mặt khi mở biểu quyết được biểu quyết.'),
  });
});

test('VOTE5 at a counted hall the own device takes no mark, and says how to vote there', async ({
  browser,
}) => {
  const counted = cell.sites[1]?.name ?? '';
  const page = await open(browser, 'phone');
  await enterPerson(page, inHall);
  await enterAtSite(page, counted);
  await expect(page.getByTestId('counted-at-site')).toContainText(`Tại ${counted} người đếm đếm tay giơ`);
  await expect(page.getByTestId('choice-inFavour')).toHaveCount(0);
  await keepPicture(page, 'counted-phone');
  const hand = await handOf(inHall);
  await hand.join();
  expect(await hand.refusalOf({ type: 'castMark', vote: chair.vote, choice: 'inFavour' })).toEqual({
    code: 'countedByTeller',
    message: expect.stringContaining(`Điểm cầu ${counted} biểu quyết giơ tay`),
  });
});

test('VOTE10 a curious browser never gets another’s choice before closing, nor a reason of absence (ATT2)', async ({
  browser,
}) => {
  const [page, clerkPage, voterPage] = [await open(browser), await open(browser), await open(browser)];
  const frames = framesOf(page);
  const clerkFrames = framesOf(clerkPage);
  const voterFrames = framesOf(voterPage);
  await enterPerson(page, curious);
  await enterRemotely(page, 'data');
  await enterAs(clerkPage, 'clerk');
  await enterRemotely(clerkPage, 'data');
  await enterPerson(voterPage, voter);
  await enterRemotely(voterPage, 'data');
  await voterPage.getByTestId('choice-against').click();
  await expect(voterPage.getByTestId('receipt')).toBeVisible();
  await expect(page.getByTestId('vote-progress')).toContainText(/^2\//);
  // What came by events and what comes by a whole state anew.
  await page.reload();
  await expect(page.getByTestId('vote-progress')).toContainText(/^2\//);
  expect(frames.join()).toContain('voteMarked');
  expect(frames.join()).toContain(voter.personId);
  expect(frames.join()).not.toContain('"against"');
  expect(frames.join()).not.toContain('"noOpinion"');
  expect(frames.join()).not.toContain(absence);
  expect(clerkFrames.join()).toContain(absence);
  expect(clerkFrames.join()).not.toContain('"choice":"against"');
  expect(voterFrames.join()).toContain('"against"');
});

test('nobody is entered from elsewhere as one of the invented people, whose password all know', async ({
  browser,
}) => {
  const page = await open(browser, 'phone', product.url.replace('127.0.0.1', elsewhere));
  await page.goto('/dang-nhap');
  await page.getByRole('textbox', { name: /^Họ và tên/ }).fill(curious.phone ?? '');
  await page.locator('input[type=password]').fill(demoPassword);
  await page.locator('input[type=password]').press('Enter');
  await expect(
    page.getByText('Dữ liệu minh họa chỉ mở được ngay trên máy đang chạy hệ thống.'),
  ).toBeVisible();
  await expect(page.getByTestId('demo-member')).toHaveCount(0);
});

test('media dies: the meeting goes on and says so, and picture comes back by itself', async ({ browser }) => {
  const mainSite = cell.sites[0];
  const hall = await open(browser);
  const chairPage = await open(browser);
  await enterAs(hall, 'terminal', mainSite?.name);
  await enterAs(chairPage, 'chair');
  await enterRemotely(chairPage, 'full');
  await expectVideo(hall, 1);
  await expectVideo(chairPage, 1);
  const said = Promise.all(
    [hall, chairPage].map((page) => page.waitForSelector('[data-testid=media-banner]', { timeout: 30_000 })),
  );
  for (const pid of mediaWorkersOf(product.pid)) process.kill(pid, 'SIGKILL');
  await said;
  await chairPage.getByTestId('choice-inFavour').click();
  await expect(chairPage.getByTestId('receipt')).toBeVisible();
  await expect(hall.getByTestId('vote-progress')).toContainText(/^3\//);
  await expectVideo(hall, 1);
  await expectVideo(chairPage, 1);
  for (const page of [hall, chairPage]) await expect(page.getByTestId('media-banner')).toBeHidden();
});

test('VOTE3 VOTE4 each hand stands in the result once', async () => {
  const counted = cell.sites[1];
  if (!counted) throw new Error('no second site');
  const { vote } = chair;
  const counts = { inFavour: 1, against: 0, noOpinion: 0, notVoted: 0 };
  await clerk.give({ type: 'enterCount', vote, site: counted.id, counts });
  await expect
    .poll(
      async () => (await chair.refusalOf({ type: 'confirmCount', vote, site: counted.id }))?.code ?? 'done',
    )
    .toBe('done');
  const close = { type: 'closeVote', vote, despiteUnreached: true } as const;
  await expect
    .poll(async () => (await chair.refusalOf(close))?.code ?? 'done', { timeout: 40_000 })
    .toBe('done');
  await chair.give({ type: 'announceResult', vote });
  const state = () => chair.attendant.client.state.get()?.votes[vote]?.result?.total;
  // Doubled: no opinion. Voter: against. Chair: in favour, and one hand counted. Clerk and curious: none.
  await expect.poll(state).toEqual({ inFavour: 2, against: 1, noOpinion: 1, notVoted: 2 });
});

/** Process ids of the server's media workers. */
function mediaWorkersOf(server: number): number[] {
  const list = execFileSync('ps', ['-A', '-o', 'pid=,ppid=,args='], { encoding: 'utf8' });
  const found = list
    .split('\n')
    .map((line) => /^\s*(\d+)\s+(\d+)\s+(.*)$/.exec(line))
    .filter((match) => match?.[2] === String(server) && match[3]?.includes('mediasoup-worker'))
    .map((match) => Number(match?.[1]));
  if (found.length === 0) throw new Error('the server has no media worker');
  return found;
}
