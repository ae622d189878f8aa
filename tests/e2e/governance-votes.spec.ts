import { expect, type Page, test } from '@playwright/test';
import { call } from '../support/api.ts';
import { type CellStage, seat, stageCell } from './support/cell-stage.ts';
import { type DemoMember, isOrdinary } from './support/demo-cell.ts';
import { type Hand, handOf } from './support/hand.ts';
import { answerQuestion, enterAs, enterAtSite, enterRemotely } from './support/pages.ts';

test.describe.configure({ mode: 'serial', timeout: 150_000 });
test.use({ actionTimeout: 15_000 });

/** A clerk with one laptop in the main hall, a second hall, a member afar; the chair acts at the socket. */
interface Meeting extends CellStage {
  readonly chair: Hand;
  readonly clerk: Page;
  readonly remote: Page;
  readonly afar: DemoMember;
  readonly inMainHall: readonly DemoMember[];
  readonly inSecondHall: readonly DemoMember[];
}

/** Keeps where a test can ask how often the telephone was shaken. */
function countShakes(): void {
  const shakes: unknown[] = [];
  Object.defineProperty(navigator, 'vibrate', { value: (pattern: unknown) => shakes.push(pattern) > 0 });
  Object.defineProperty(window, 'shakes', { value: shakes });
}

let meeting: Meeting;

test.beforeAll(async ({ browser }) => {
  const stage = await stageCell(browser);
  const { cell, secretary } = stage;
  const [minutesClerk] = cell.take(1, ({ isClerk }) => isClerk);
  const [afar, ...hall] = cell.take(9, isOrdinary);
  const [main, second] = cell.sites;
  if (!minutesClerk || !afar || !main || !second) throw new Error('the cell is too small');
  const inMainHall = [secretary, minutesClerk, ...hall.slice(0, 4)];
  const inSecondHall = hall.slice(4);
  const chair = await stage.hand(secretary);
  await chair.does({ type: 'openMeeting' });
  await seat(chair, inMainHall, main);
  await seat(chair, inSecondHall, second);
  await chair.does({ type: 'setSiteMethod', site: second.id, method: 'byTeller' });
  const [clerk, remote] = [await stage.open(), await stage.open('phone')];
  await enterAs(clerk, 'clerk');
  await enterAtSite(clerk, main.name);
  await remote.addInitScript(countShakes);
  await enterAs(remote, 'member', afar.name);
  await enterRemotely(remote, 'data');
  await chair.does({ type: 'completeRollCall' });
  meeting = { ...stage, chair, clerk, remote, afar, inMainHall, inSecondHall };
});

test.afterAll(() => meeting.end());

test('VOTE8 VOTE23 a rule that needs a ballot says why not by hands; its boxes are checked as they are typed', async () => {
  const { clerk, inMainHall, remote } = meeting;
  await clerk.getByRole('tab', { name: 'Biểu quyết' }).click();
  await expect(clerk.getByTestId('draft-need')).toContainText(/ít nhất \d+\/\d+ đồng chí tán thành/);
  await clerk.getByTestId('draft-rule').selectOption('admission');
  await expect(clerk.getByTestId('draft-need')).toContainText('hai phần ba toàn bộ đảng viên chính thức');
  await clerk.getByTestId('draft-question').fill('Kết nạp quần chúng ưu tú vào Đảng');
  await expect(clerk.getByTestId('vote-open')).toBeDisabled();
  await clerk.getByTestId('draft-rule').selectOption('discipline');
  await expect(clerk.getByTestId('ballot-only')).toContainText('không được biểu quyết giơ tay');
  await clerk.getByTestId('to-ballot').click();
  await clerk.getByTestId('ballot-question').fill('Kỷ luật khiển trách');
  const box = clerk.getByTestId('ballot-box').first();
  await box.getByRole('checkbox').check();
  await box.getByTestId('ballot-issued').fill('99');
  await box.getByTestId('ballot-returned').fill('6');
  await expect(box.getByTestId('ballot-check')).toContainText('nhiều hơn số người được bỏ phiếu');
  await box.getByTestId('ballot-issued').fill('6');
  await box.getByTestId('ballot-inFavour').fill('4');
  await expect(box.getByTestId('ballot-check')).toContainText('Chưa khớp');
  await box.getByTestId('ballot-against').fill('2');
  await expect(box.getByTestId('ballot-check')).toContainText('Chưa chọn người xác nhận');
  await expect(clerk.getByTestId('ballot-record')).toBeDisabled();
  const certifier = inMainHall.at(-1);
  if (!certifier) throw new Error('nobody certifies');
  await box.getByTestId('ballot-certifier').selectOption(certifier.personId);
  await expect(clerk.getByTestId('ballot-outcome')).toContainText(/đề nghị thi hành kỷ luật/);
  await clerk.getByTestId('ballot-record').click();
  await answerQuestion(clerk, 'Ghi kết quả vào biên bản');
  await expect(clerk.getByTestId('ballot-sentence')).toContainText('4/');
  expect(meeting.chair.state().ballots).toHaveLength(1);
  await remote.getByTestId('more').click();
  await remote.getByRole('dialog').getByRole('button', { name: 'Biểu quyết', exact: true }).click();
  await expect(remote.getByTestId('ballot-sentence')).toContainText('đề nghị thi hành kỷ luật');
  await remote.keyboard.press('Escape');
  await remote.keyboard.press('Escape');
  expect(meeting.errors).toEqual([]);
});

test('ATT2 VOTE7 VOTE17 VOTE18 who is on duty feels a vote open; a count read by telephone is confirmed by PIN on the clerk’s laptop, and counted again with a reason', async () => {
  const { clerk, chair, product, inSecondHall, secretary, remote } = meeting;
  await remote.getByTestId('more').click();
  await remote.getByTestId('away').click();
  await expect.poll(() => chair.state().attendance[meeting.afar.personId]?.presence.mode).toBe('away');
  await call(product.url, 'setPin', { token: await chair.token(), body: { pin: '2468' } });
  await clerk.getByRole('button', { name: 'Mở biểu quyết mới' }).click();
  await clerk.getByTestId('draft-question').fill('Thông qua kế hoạch tháng tới');
  await clerk.getByTestId('draft-rule').selectOption('procedural');
  await clerk.getByTestId('vote-open').click();
  await expect.poll(() => remote.evaluate(() => Reflect.get(window, 'shakes').length)).toBe(1);
  // The sheet comes up by itself over whatever was open, with the question and the three choices.
  await expect(remote.getByTestId('vote-sheet')).toContainText('Thông qua kế hoạch tháng tới');
  await expect(remote.getByTestId('choice-inFavour')).toBeInViewport();
  await clerk.getByTestId('phone-count').click();
  const reader = inSecondHall[0];
  if (!reader) throw new Error('nobody reads');
  await clerk.getByTestId('read-by').selectOption(reader.personId);
  const electors = inSecondHall.length;
  await clerk.getByTestId('count-inFavour').fill(String(electors - 1));
  await clerk.getByTestId('count-against').fill('1');
  await clerk.getByTestId('count-send').click();
  await expect(clerk.getByTestId('by-telephone')).toContainText(reader.name);
  await expect(clerk.getByTestId('count-confirm-yes')).toBeDisabled();
  await clerk.getByTestId('pin-confirm').click();
  await clerk.getByTestId('pin-who').selectOption(secretary.personId);
  await clerk.getByTestId('pin-digits').fill('1111');
  await clerk.getByTestId('pin-ok').click();
  await expect(clerk.getByText('Chưa thực hiện được')).toBeVisible();
  await clerk.getByTestId('pin-digits').fill('2468');
  await clerk.getByTestId('pin-ok').click();
  await expect(clerk.getByTestId('vote-units')).toContainText(`Đã xác nhận bởi ${secretary.name}`);
  await clerk.getByTestId('recount').click();
  await clerk.getByRole('dialog').getByRole('textbox').fill('Điểm cầu báo đọc nhầm');
  await answerQuestion(clerk, 'Đếm lại');
  await expect(clerk.getByTestId('vote-units')).toContainText('Chưa nhập số đếm');
  expect(meeting.errors).toEqual([]);
});

test('VOTE11 VOTE12 the minority reserves an opinion, and a receipt is held against the log again', async () => {
  const { clerk, chair, remote, cell, inSecondHall, inMainHall, afar } = meeting;
  const vote = chair.state().openVote;
  const second = cell.sites[1];
  if (vote === null || !second) throw new Error('no vote is open');
  await remote.getByTestId('choice-against').click();
  await clerk.getByTestId('choice-inFavour').click();
  await expect(remote.getByTestId('receipt')).toBeVisible();
  const hands = await Promise.all(inMainHall.slice(2).map((member) => meeting.hand(member)));
  await Promise.all(hands.map((hand) => hand.does({ type: 'castMark', vote, choice: 'inFavour' })));
  await chair.does({ type: 'castMark', vote, choice: 'inFavour' });
  const counts = { inFavour: inSecondHall.length, against: 0, noOpinion: 0, notVoted: 0 };
  await chair.does({ type: 'enterCount', vote, site: second.id, counts });
  await clerk.getByTestId('count-confirm-yes').click();
  await expect(clerk.getByTestId('vote-close')).toBeEnabled({ timeout: 40_000 });
  await clerk.getByTestId('vote-close').click();
  await answerQuestion(clerk, 'Kết thúc biểu quyết');
  await clerk.getByTestId('vote-announce').click();
  await remote.getByTestId('reserve').click();
  await remote.getByTestId('reserve-text').fill('Kinh phí chưa rõ nguồn');
  await remote.getByTestId('reserve-send').click();
  await expect(clerk.getByTestId('reserved-opinion').first()).toContainText('Kinh phí chưa rõ nguồn');
  await expect(clerk.getByTestId('reserved-opinion').first()).toContainText(afar.name);
  await expect(clerk.getByTestId('reserve')).toHaveCount(0);
  await remote.getByTestId('more').click();
  await remote.getByTestId('open-receipts').click();
  const receipt = remote.getByTestId('my-receipt').first();
  await expect(receipt).toContainText(/Biên nhận số \d+ · Mã [0-9a-f]{64}/);
  await remote.getByTestId('check-receipts').click();
  await expect(receipt.getByTestId('receipt-verdict')).toHaveAttribute('data-good', 'yes');
  await expect(receipt).toContainText('Không tán thành');
  await expect(remote.getByTestId('my-receipts')).toContainText('Chuỗi nhật ký nguyên vẹn');
  expect(meeting.errors).toEqual([]);
});

test('VOTE9 where many have dropped the offer is to wait; who comes back is no longer named', async () => {
  const { clerk, chair, cell, product, remote, afar } = meeting;
  await remote.keyboard.press('Escape');
  const [neighbour] = cell.take(1, isOrdinary);
  if (!neighbour) throw new Error('the cell is too small');
  const far = await handOf(product.url, cell.meetingId, neighbour.personId);
  await far.does({ type: 'checkIn', place: { mode: 'remote' } });
  const question = { item: null, question: 'Thông qua quỹ chi bộ', despiteWaiting: false } as const;
  await chair.does({ type: 'openVote', rule: 'procedural', purpose: 'motion', ...question });
  await chair.does({ type: 'recordAttendance', person: afar.personId, entry: { mode: 'remote' } });
  await remote.context().setOffline(true);
  await far.leave();
  const offer = clerk.getByTestId('unreached');
  await expect(offer).toHaveAttribute('data-many', 'yes', { timeout: 60_000 });
  await expect(offer).toContainText(neighbour.name);
  await expect(offer).toContainText(afar.name);
  await expect(clerk.getByTestId('vote-close')).toBeDisabled();
  await clerk.getByTestId('wait-for-them').click();
  await expect(offer).toContainText('Đang chờ');
  await remote.context().setOffline(false);
  await expect(offer).not.toContainText(afar.name, { timeout: 60_000 });
  await expect(offer).toHaveAttribute('data-many', 'no');
  expect(meeting.errors).toEqual([]);
});
