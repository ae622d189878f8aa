import { asId, type MeetingId, type VoteId } from '@diemcau/shared/ids.ts';
import { recordFilePaths } from '@diemcau/shared/protocol/http.ts';
import { expect, type Page, test } from '@playwright/test';
import { call } from '../support/api.ts';
import { type CellStage, stageCell } from './support/cell-stage.ts';
import { type DemoMember, isOrdinary } from './support/demo-cell.ts';
import type { Hand } from './support/hand.ts';
import { answerQuestion, enterAs, enterRemotely, keepPicture } from './support/pages.ts';

test.describe.configure({ mode: 'serial', timeout: 240_000 });
test.use({ actionTimeout: 15_000 });

const text = 'Mục đảng phí ghi thu 1.250.000 đồng là sai; đúng là 1.520.000 đồng';

interface Later extends CellStage {
  readonly secretaryHand: Hand;
  readonly chair: Page;
  readonly clerk: Page;
  readonly phone: Page;
  /** Number and hash of the earlier record's end. */
  readonly sealed: string;
}

let later: Later;

function openVoteOf(hand: Hand): VoteId {
  const { openVote } = hand.state();
  if (openVote === null) throw new Error('no vote is open');
  return openVote;
}

/** The whole of the cell's earlier meeting, with the secretary alone in it. @returns its last event's hash. */
async function holdEarlier(chair: Hand): Promise<string> {
  await chair.does({ type: 'openMeeting' });
  await chair.does({ type: 'checkIn', place: { mode: 'remote' } });
  await chair.does({ type: 'completeRollCall' });
  const about = { item: null, question: 'Thông qua biên bản cuộc họp', despiteWaiting: false } as const;
  await chair.does({ type: 'openVote', rule: 'procedural', purpose: 'minutes', ...about });
  await expect.poll(() => chair.state().openVote).not.toBeNull();
  const vote = openVoteOf(chair);
  await chair.does({ type: 'castMark', vote, choice: 'inFavour' });
  const opened = Date.now();
  await expect.poll(() => Date.now() - opened, { timeout: 40_000 }).toBeGreaterThan(30_500);
  await chair.does({ type: 'closeVote', vote, despiteUnreached: false });
  await chair.does({ type: 'announceResult', vote });
  await chair.does({ type: 'closeMeeting' });
  return (await chair.does({ type: 'sealRecord' })).hash;
}

async function summonAnother(
  { product, cell }: CellStage,
  chair: Hand,
  clerk: DemoMember,
): Promise<MeetingId> {
  const token = await chair.token();
  const home = await call(product.url, 'home', { token });
  const cellId = home.past.find(({ id }) => id === cell.meetingId)?.cellId;
  if (cellId === undefined) throw new Error('the earlier meeting is not among the past ones');
  const body = {
    cellId,
    kind: 'regular',
    title: 'Sinh hoạt thường kỳ kỳ sau',
    startsAt: Date.now(),
    sites: cell.sites.map(({ id }) => ({ siteId: id, method: 'byName' as const })),
    clerkId: clerk.personId,
  } as const;
  return asId<MeetingId>((await call(product.url, 'createMeeting', { token, body })).meetingId);
}

test.beforeAll(async ({ browser }) => {
  const stage = await stageCell(browser);
  const { cell, secretary } = stage;
  const [minutesClerk] = cell.take(1, ({ isClerk }) => isClerk);
  const [villager] = cell.take(1, isOrdinary);
  if (!minutesClerk || !villager) throw new Error('the cell is too small');
  const secretaryHand = await stage.hand(secretary);
  const sealed = await holdEarlier(secretaryHand);
  await summonAnother(stage, secretaryHand, minutesClerk);
  const [chair, clerk, phone] = [await stage.open(), await stage.open(), await stage.open('phone')];
  await enterAs(chair, 'chair');
  await enterAs(clerk, 'clerk');
  await enterAs(phone, 'member', villager.name);
  for (const page of [chair, clerk, phone]) await enterRemotely(page, 'data');
  await chair.getByRole('tab', { name: 'Điều hành' }).click();
  await chair.getByTestId('open-meeting').click();
  await chair.getByRole('tab', { name: 'Đảng viên' }).click();
  await chair.getByRole('button', { name: 'Hoàn tất điểm danh' }).click();
  await answerQuestion(chair, 'Hoàn tất điểm danh');
  later = { ...stage, secretaryHand, chair, clerk, phone, sealed };
});
test.afterAll(() => later.end());

test('MIN5 the clerk proposes what is put right in earlier minutes; it stands in the draft as not voted on', async () => {
  const { clerk, chair } = later;
  await clerk.getByTestId('more').click();
  await clerk.getByTestId('open-minutes').click();
  await clerk.getByTestId('open-supplement').click();
  await clerk.getByTestId('supplement-meeting').selectOption({ index: 0 });
  await clerk.getByTestId('supplement-text').fill(`${text}.`);
  await keepPicture(clerk, 'supplement-form');
  await clerk.getByTestId('propose-supplement').click();
  await expect(clerk.getByTestId('supplements')).toContainText('Biên bản bổ sung chưa thông qua');
  await expect(clerk.getByTestId('minutes-paper')).toContainText(`${text} (chưa biểu quyết).`);
  await clerk.keyboard.press('Escape');
  await chair.getByRole('tab', { name: 'Biểu quyết' }).click();
  await chair.getByLabel('Về việc').selectOption('supplement');
  await expect(chair.getByTestId('draft-question')).toHaveValue(/^Thông qua biên bản bổ sung cho biên bản /);
  expect(later.errors).toEqual([]);
});

test('MIN5 the meeting adopts it by a vote of its own; it stands in the later minutes, and the sealed ones stay', async () => {
  const { chair, clerk, phone, product, cell, secretaryHand, sealed } = later;
  await chair.getByTestId('vote-open').click();
  for (const page of [phone, chair, clerk]) {
    await page.getByTestId('choice-inFavour').click();
    await expect(page.getByTestId('receipt')).toBeVisible();
  }
  await expect(chair.getByTestId('vote-close')).toBeEnabled({ timeout: 40_000 });
  await chair.getByTestId('vote-close').click();
  await answerQuestion(chair, 'Kết thúc biểu quyết');
  await chair.getByTestId('vote-announce').click();
  await expect(phone.getByTestId('result-words').first()).toContainText('3/3 đồng chí tán thành');
  await phone.getByTestId('more').click();
  await phone.getByTestId('open-minutes').click();
  const paper = phone.getByTestId('minutes-paper');
  await expect(paper).toContainText(/Biên bản bổ sung cho biên bản .*, ngày \d\d\/\d\d\/\d{4}: /);
  await expect(paper).toContainText(`${text} (đã thông qua).`);
  await paper.getByText(text).scrollIntoViewIfNeeded();
  await keepPicture(phone, 'supplement-phone');
  // The earlier record ends where it was sealed, and says nothing of this.
  expect(secretaryHand.state().phase).toBe('sealed');
  const log = await fetch(product.url + recordFilePaths.log.replace(':meetingId', cell.meetingId), {
    headers: { authorization: `Bearer ${await secretaryHand.token()}` },
  });
  expect(log.status).toBe(200);
  const lines = (await log.text()).trimEnd().split('\n');
  expect(lines.at(-1)).toContain(sealed);
  expect(lines.join('')).not.toContain('1.520.000');
  expect(later.errors).toEqual([]);
});
