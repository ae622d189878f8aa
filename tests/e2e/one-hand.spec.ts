import { expect, type Page, test } from '@playwright/test';
import { type Product, startProduct } from '../support/product.ts';
import { type DemoCell, isOrdinary } from './support/demo-cell.ts';
import { tapIn, typeCount } from './support/hall.ts';
import { type Hand, handOf } from './support/hand.ts';
import { downloadLog } from './support/log.ts';
import { answerQuestion, enterAs, enterAtSite, enterRemotely, newPage } from './support/pages.ts';
import { swiftCell } from './support/swift-cell.ts';

type Member = DemoCell['members'][number];

test.describe.configure({ mode: 'serial', timeout: 240_000 });
test.use({ actionTimeout: 15_000 });

let product: Product;
let cell: DemoCell;
let chair: Hand;
/** Far away at first, without a mark when they walk in. */
let late: Hand;
let clerk: Page;
let hall: Page;
let phone: Page;
let computer: Page;
let doubled: Member;
let lateMember: Member;
let second: DemoCell['sites'][number];

test.beforeAll(async ({ browser }) => {
  product = await startProduct();
  cell = await swiftCell(product.url);
  const [secretary] = cell.take(1, ({ office }) => office === 'cellSecretary');
  const [minutesClerk] = cell.take(1, ({ isClerk }) => isClerk);
  const [first, other, teller, villager] = cell.take(4, isOrdinary);
  const [main, next] = cell.sites;
  if (!secretary || !minutesClerk || !first || !other || !teller || !villager || !main || !next)
    throw new Error('the cell is too small');
  [doubled, lateMember, second] = [first, other, next];
  chair = await handOf(product.url, cell.meetingId, secretary.personId);
  await chair.does({ type: 'openMeeting' });
  for (const { personId: person } of [secretary, minutesClerk])
    await chair.does({ type: 'recordAttendance', person, entry: { mode: 'onSite', site: main.id } });
  await chair.does({ type: 'setSiteMethod', site: second.id, method: 'byTeller' });
  [clerk, hall, computer] = [
    await newPage(browser, product.url),
    await newPage(browser, product.url),
    await newPage(browser, product.url),
  ];
  phone = await newPage(browser, product.url, { size: 'phone' });
  await enterAs(clerk, 'clerk');
  await enterAtSite(clerk, main.name);
  await enterAs(hall, 'terminal', second.name);
  await tapIn(hall, [teller.name, villager.name]);
  await hall.getByTestId('confirm-roll').click();
  await chair.does({ type: 'nameTeller', site: second.id, person: teller.personId });
  for (const page of [phone, computer]) {
    await enterAs(page, 'member', doubled.name);
    await enterRemotely(page, 'data');
  }
  late = await handOf(product.url, cell.meetingId, lateMember.personId);
  await late.does({ type: 'checkIn', place: { mode: 'remote' } });
  await chair.does({ type: 'completeRollCall' });
  await chair.does({
    type: 'openVote',
    item: null,
    question: 'Thông qua kế hoạch tháng tới',
    rule: 'procedural',
    purpose: 'motion',
    despiteWaiting: false,
  });
});

test.afterAll(async () => {
  for (const hand of [chair, late]) await hand?.leave();
  for (const page of [clerk, hall, phone, computer]) await page?.context().close();
  await product.stop();
});

test('ATT1 VOTE3 one member on two devices is one hand, and both devices show the same', async () => {
  await phone.getByTestId('choice-inFavour').click();
  for (const page of [phone, computer]) {
    await expect(page.getByTestId('mark-recorded')).toContainText('Tán thành');
    await expect(page.getByTestId('vote-progress')).toContainText('1/6');
  }
  await computer.getByTestId('choice-against').click();
  for (const page of [phone, computer]) {
    await expect(page.getByTestId('mark-recorded')).toContainText('Không tán thành');
    await expect(page.getByTestId('vote-progress')).toContainText('1/6');
  }
});

test('VOTE5 VOTE16 who voted from afar and walks in stays remote, and stands on the teller’s list of whom not to count', async () => {
  await expect(hall.getByTestId('count-entry')).toContainText('2 đồng chí');
  await hall.getByText('Đảng viên tại điểm cầu', { exact: true }).click();
  await tapIn(hall, [doubled.name, lateMember.name]);
  await expect(hall.getByTestId('do-not-count')).toContainText(doubled.name);
  await expect(hall.getByTestId('do-not-count')).toContainText(lateMember.name);
  await expect(hall.getByTestId('count-entry')).toContainText('2 đồng chí');
  await expect(phone.getByTestId('mark-recorded')).toContainText('Không tán thành');
});

test('VOTE5 who has not voted yet and walks in is moved by the clerk, and raises a hand in the hall alone', async () => {
  await clerk.getByRole('tab', { name: 'Biểu quyết' }).click();
  await clerk.getByText('Chuyển đơn vị đếm').click();
  const who = clerk.getByTestId('vote-console').getByLabel('Đảng viên', { exact: true });
  await expect(who.locator(`option[value="${lateMember.personId}"]`)).toHaveCount(1);
  // Who has marked has no way out of their unit.
  await expect(who.locator(`option[value="${doubled.personId}"]`)).toHaveCount(0);
  await who.selectOption(lateMember.personId);
  await clerk.getByLabel('Chuyển đến').selectOption(second.id);
  await clerk.getByRole('button', { name: 'Chuyển', exact: true }).click();
  await expect(hall.getByTestId('count-entry')).toContainText('3 đồng chí');
  await expect(hall.getByTestId('do-not-count')).not.toContainText(lateMember.name);
  const vote = chair.state().openVote;
  if (vote === null) throw new Error('no vote is open');
  await expect(late.does({ type: 'castMark', vote, choice: 'inFavour' })).rejects.toThrow('giơ tay');
});

test('VOTE3 VOTE17 SITE1 the terminal goes dark: no hand is lost and none stands twice, and the log tells the story', async () => {
  await hall.context().close();
  await expect(clerk.getByTestId('site-dark')).toBeVisible({ timeout: 30_000 });
  await clerk.getByTestId('phone-count').click();
  const counts = { inFavour: 2, against: 0, noOpinion: 1, notVoted: 0 };
  await expect(clerk.getByTestId('do-not-count')).toContainText(doubled.name);
  await typeCount(clerk, counts);
  await clerk.getByTestId('count-send').click();
  await expect(clerk.getByTestId('by-telephone')).toBeVisible();
  const vote = chair.state().openVote;
  if (vote === null) throw new Error('no vote is open');
  await chair.does({ type: 'castMark', vote, choice: 'inFavour' });
  await chair.does({ type: 'confirmCount', vote, site: second.id, counts });
  await clerk.getByTestId('vote-close').click();
  await answerQuestion(clerk, 'Kết thúc biểu quyết');
  await clerk.getByTestId('vote-announce').click();
  await expect(phone.getByTestId('result-words').first()).toContainText('3/6 đồng chí tán thành');

  const log = await downloadLog(product.url, await chair.token(), cell.meetingId);
  const result = log.of('resultAnnounced').at(-1)?.result;
  // In the hall 2 and 1; the chair in favour; who is on two devices against, once; the clerk not at all.
  expect(result?.total).toEqual({ inFavour: 3, against: 1, noOpinion: 1, notVoted: 1 });
  const units = log.state.votes[vote]?.units ?? [];
  const electors = units.flatMap(({ electors }) => electors);
  expect(new Set(electors).size).toBe(electors.length);
  expect([...electors].sort()).toEqual(
    [...(log.of('voteOpened').at(-1)?.units ?? [])].flatMap((unit) => unit.electors).sort(),
  );
  expect(units.find(({ unit }) => unit === 'remote')?.electors).toEqual([doubled.personId]);
  // Who has voted is said once; each choice is kept, and no officer reads it (VOTE10).
  const marked = log.of('voteMarked').map(({ person }) => person);
  expect(marked).toHaveLength(2);
  expect(marked[0]).toBe(doubled.personId);
  expect(new Set(marked).size).toBe(2);
  expect(log.typesAfter(0).filter((type) => type === 'choiceRecorded')).toHaveLength(3);
  expect(log.of('choiceRecorded')).toHaveLength(1);
  expect(log.of('electorMoved')).toEqual([
    expect.objectContaining({ person: lateMember.personId, from: 'remote', to: second.id }),
  ]);
  const walkedIn = log.of('attendanceChanged').filter(({ person }) => person === doubled.personId);
  expect(walkedIn.map(({ presence }) => presence.mode)).toEqual(['remote', 'onSite']);
});
