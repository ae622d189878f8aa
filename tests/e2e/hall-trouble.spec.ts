import { expect, type Page, test } from '@playwright/test';
import { type Product, startProduct } from '../support/product.ts';
import { type DemoCell, isOrdinary } from './support/demo-cell.ts';
import { codeFor, openHall, tapIn, typeCount } from './support/hall.ts';
import { type Hand, handOf } from './support/hand.ts';
import { downloadLog } from './support/log.ts';
import { answerQuestion, enterAs, enterAtSite, newPage } from './support/pages.ts';
import { swiftCell } from './support/swift-cell.ts';

type Member = DemoCell['members'][number];

test.describe.configure({ mode: 'serial', timeout: 240_000 });
test.use({ actionTimeout: 15_000 });

/** Clerk and chair in the main hall, the chair at the socket; the second hall's laptop comes and goes. */
interface Meeting {
  readonly product: Product;
  readonly cell: DemoCell;
  readonly chair: Hand;
  readonly clerk: Page;
  readonly second: DemoCell['sites'][number];
  readonly villagers: readonly Member[];
  readonly teller: Member;
}

let meeting: Meeting;
let hall: Page;
let afterRollCall: number;

test.beforeAll(async ({ browser }) => {
  const product = await startProduct();
  const cell = await swiftCell(product.url);
  const [secretary] = cell.take(1, ({ office }) => office === 'cellSecretary');
  const [minutesClerk] = cell.take(1, ({ isClerk }) => isClerk);
  const villagers = cell.take(4, isOrdinary);
  const [main, second] = cell.sites;
  const teller = villagers[0];
  if (!secretary || !minutesClerk || !main || !second || !teller) throw new Error('the cell is too small');
  const chair = await handOf(product.url, cell.meetingId, secretary.personId);
  await chair.does({ type: 'openMeeting' });
  for (const { personId: person } of [secretary, minutesClerk])
    await chair.does({ type: 'recordAttendance', person, entry: { mode: 'onSite', site: main.id } });
  await chair.does({ type: 'setSiteMethod', site: second.id, method: 'byTeller' });
  const clerk = await newPage(browser, product.url);
  await enterAs(clerk, 'clerk');
  await enterAtSite(clerk, main.name);
  meeting = { product, cell, chair, clerk, second, villagers, teller };
});

test.afterAll(async () => {
  await meeting.chair.leave();
  for (const page of [meeting.clerk, hall]) await page?.context().close();
  await meeting.product.stop();
});

/** The laptop of the second hall is dead from one moment to the next. */
async function laptopDies(): Promise<void> {
  await hall.context().close();
  await expect
    .poll(() => meeting.chair.state().sites[meeting.second.id]?.terminal?.line, { timeout: 30_000 })
    .toBe('dark');
}

/** The chair opens a vote; the clerk has it before them. */
async function openVote(question: string): Promise<void> {
  const { chair, clerk } = meeting;
  const rest = { item: null, rule: 'procedural', purpose: 'motion', despiteWaiting: false } as const;
  await chair.does({ type: 'openVote', question, ...rest });
  await clerk.getByRole('tab', { name: 'Biểu quyết' }).click();
  await expect(clerk.getByTestId('vote-question').first()).toContainText(question);
}

async function closeAndAnnounce(): Promise<void> {
  const { clerk } = meeting;
  await expect(clerk.getByTestId('vote-close')).toBeEnabled();
  await clerk.getByTestId('vote-close').click();
  await answerQuestion(clerk, 'Kết thúc biểu quyết');
  await clerk.getByTestId('vote-announce').click();
  await expect(clerk.getByTestId('result-words').first()).toBeVisible();
}

const atSecondHall = () => {
  const { chair, second } = meeting;
  const last = chair.state().voteOrder.at(-1);
  const vote = last === undefined ? undefined : chair.state().votes[last];
  return vote?.result?.units.find(({ unit }) => unit === second.id)?.counts;
};

function expectEverybodyStays(): void {
  const { chair, villagers, second } = meeting;
  for (const { personId } of villagers)
    expect(chair.state().attendance[personId]?.presence).toEqual({ mode: 'onSite', site: second.id });
}

test('SITE3 ATT10 a hall opens by a code; its people, without account or telephone, count once the hall’s roll call is confirmed', async ({
  browser,
}) => {
  const { product, chair, clerk, second, villagers, teller } = meeting;
  hall = await openHall(browser, product.url, await codeFor(clerk, second.id));
  await tapIn(
    hall,
    villagers.map(({ name }) => name),
  );
  await chair.does({ type: 'nameTeller', site: second.id, person: teller.personId });
  await expect(chair.does({ type: 'completeRollCall' })).rejects.toThrow(second.name);
  await hall.getByTestId('confirm-roll').click();
  await expect(hall.getByText('Điểm danh đã xác nhận')).toBeVisible();
  const { seq } = await chair.does({ type: 'completeRollCall' });
  afterRollCall = seq;
});

test('SITE1 VOTE17 the laptop dies before its count: nobody is gone, the vote waits, the numbers come by telephone with a second person', async () => {
  const { chair, clerk, second, teller } = meeting;
  await openVote('Thông qua kế hoạch tháng tới');
  await expect(hall.getByTestId('count-entry')).toContainText('4 đồng chí');
  await laptopDies();
  expectEverybodyStays();
  await expect(clerk.getByTestId('site-dark')).toBeVisible();
  await expect(clerk.getByTestId('closing-obstacles')).toContainText(second.name);
  await expect(clerk.getByTestId('vote-close')).toBeDisabled();
  await clerk.getByTestId('phone-count').click();
  await expect(clerk.getByTestId('read-by')).toHaveValue(teller.personId);
  const counts = { inFavour: 3, against: 1, noOpinion: 0, notVoted: 0 };
  await typeCount(clerk, counts);
  await clerk.getByTestId('count-send').click();
  await expect(clerk.getByTestId('by-telephone')).toContainText(teller.name);
  // Who entered it is never the second person (VOTE18).
  await expect(clerk.getByTestId('count-confirm-yes')).toBeDisabled();
  await expect(clerk.getByTestId('vote-close')).toBeDisabled();
  const vote = chair.state().openVote;
  if (vote === null) throw new Error('no vote is open');
  await chair.does({ type: 'confirmCount', vote, site: second.id, counts });
  await closeAndAnnounce();
  await expect.poll(atSecondHall).toEqual(counts);
});

test('SITE2 VOTE17 the laptop dies while the teller types, and the next one before the second person has looked: a new device takes the hall over by code, and no number is lost or invented', async ({
  browser,
}) => {
  const { product, chair, clerk, second, teller } = meeting;
  await openVote('Thông qua thu chi quý');
  hall = await openHall(browser, product.url, await codeFor(clerk, second.id));
  await typeCount(hall, { inFavour: 4 });
  await laptopDies();
  const vote = chair.state().openVote;
  if (vote === null) throw new Error('no vote is open');
  expect(chair.state().votes[vote]?.counts[second.id]).toBeUndefined();

  hall = await openHall(browser, product.url, await codeFor(clerk, second.id));
  await expect(hall.getByTestId('count-inFavour')).toHaveValue('');
  await typeCount(hall, { inFavour: 2, against: 0, noOpinion: 1, notVoted: 1 });
  await hall.getByTestId('count-send').click();
  await expect(hall.getByTestId('count-state')).toContainText('Chờ người thứ hai');
  await laptopDies();
  expect(chair.state().votes[vote]?.counts[second.id]).toMatchObject({
    enteredBy: teller.personId,
    confirmedBy: null,
  });
  await clerk.getByRole('tab', { name: 'Biểu quyết' }).click();
  await expect(clerk.getByTestId('confirm-notVoted')).toHaveText('1');
  await clerk.getByTestId('count-confirm-yes').click();
  await closeAndAnnounce();
  await expect.poll(atSecondHall).toEqual({ inFavour: 2, against: 0, noOpinion: 1, notVoted: 1 });
  expectEverybodyStays();
});

test('VOTE17 SITE1 the laptop dies after its count was confirmed: the count stands, and the log tells the whole story', async ({
  browser,
}) => {
  const { product, cell, chair, clerk, second } = meeting;
  hall = await openHall(browser, product.url, await codeFor(clerk, second.id));
  await openVote('Thông qua danh sách khen thưởng');
  const counts = { inFavour: 4, against: 0, noOpinion: 0, notVoted: 0 };
  await typeCount(hall, counts);
  await hall.getByTestId('count-send').click();
  await clerk.getByTestId('count-confirm-yes').click();
  await expect(hall.getByTestId('count-state')).toContainText('đã được xác nhận');
  await laptopDies();
  await expect(clerk.getByTestId('vote-units')).toContainText('Đã xác nhận bởi');
  await closeAndAnnounce();
  await expect.poll(atSecondHall).toEqual(counts);

  const log = await downloadLog(product.url, await chair.token(), cell.meetingId);
  expect(log.of('siteOpened').filter(({ site }) => site === second.id)).toHaveLength(4);
  expect(log.of('siteWentDark').filter(({ site }) => site === second.id)).toHaveLength(4);
  expect(log.of('countReceived').map(({ means }) => means)).toEqual(['telephone', 'counted', 'counted']);
  expect(log.of('countConfirmed')).toHaveLength(3);
  expect(log.typesAfter(afterRollCall)).not.toContain('attendanceChanged');
  expect(log.typesAfter(afterRollCall)).not.toContain('linesLost');
});
