import { readFile } from 'node:fs/promises';
import { expect, type Page, test } from '@playwright/test';
import { type CellStage, seat, stageCell } from './support/cell-stage.ts';
import { type DemoMember, isOrdinary } from './support/demo-cell.ts';
import type { Hand } from './support/hand.ts';
import { enterAs, enterAtSite } from './support/pages.ts';

test.describe.configure({ mode: 'serial', timeout: 150_000 });
test.use({ actionTimeout: 15_000 });

interface Meeting extends CellStage {
  readonly chair: Hand;
  readonly hall: Page;
  readonly clerk: Page;
  readonly phone: Page;
  readonly villager: DemoMember;
}

let meeting: Meeting;

test.beforeAll(async ({ browser }) => {
  const stage = await stageCell(browser);
  const { cell, secretary } = stage;
  const [villager] = cell.take(1, isOrdinary);
  const [main] = cell.sites;
  if (!villager || !main) throw new Error('the cell is too small');
  const chair = await stage.hand(secretary);
  await chair.does({ type: 'openMeeting' });
  await seat(chair, [secretary], main);
  const [hall, clerk, phone] = [await stage.open(), await stage.open(), await stage.open('phone')];
  await enterAs(hall, 'terminal', main.name);
  await enterAs(clerk, 'clerk');
  await enterAtSite(clerk, main.name);
  await enterAs(phone, 'member', villager.name);
  meeting = { ...stage, chair, hall, clerk, phone, villager };
});

test.afterAll(() => meeting.end());

async function shownAddress(): Promise<string> {
  const address = await meeting.hall.getByTestId('site-code-image').getAttribute('data-address');
  if (address === null) throw new Error('no code is shown');
  return address;
}

test('ATT4 who scans the hall’s code checks in there with one touch; an invented code says what to do', async () => {
  const { hall, phone, villager, chair } = meeting;
  await expect(hall.getByTestId('site-code-seconds')).toContainText(/Mã mới sau \d+ giây/);
  const wrong = new URL(await shownAddress());
  wrong.searchParams.set('diem', 'aaaaaaaaaaaa');
  await phone.goto(wrong.href);
  await phone.getByTestId('enter-scanned').click();
  await expect(phone.getByTestId('scanned-lobby')).toContainText('quét lại mã');
  await phone.goto(await shownAddress());
  await phone.getByTestId('enter-scanned').click();
  await expect(phone.getByTestId('room')).toBeVisible();
  await expect(phone).not.toHaveURL(/diem=/);
  await expect(hall.getByTestId('hall-person-here').filter({ hasText: villager.name })).toBeVisible();
  expect(chair.state().attendance[villager.personId]?.source).toBe('code');
  expect(meeting.errors).toEqual([]);
});

test('MIN1 MIN2 the clerk words the minutes beside figures that follow the meeting; members read the same', async () => {
  const { clerk, phone, hall, chair } = meeting;
  await hall.getByTestId('confirm-roll').click();
  await expect(hall.getByText('Điểm danh đã xác nhận')).toBeVisible();
  await chair.does({ type: 'completeRollCall' });
  await clerk.getByTestId('more').click();
  await clerk.getByTestId('open-minutes').click();
  const paper = clerk.getByTestId('minutes-paper');
  await expect(paper).toContainText('ĐẢNG CỘNG SẢN VIỆT NAM');
  await expect(clerk.getByTestId('minutes-attendance')).toContainText(/Có mặt: 3\/\d+/);
  await expect(paper.locator('table, [data-testid=minutes-attendance] textarea')).toHaveCount(0);
  const conclusion = clerk.locator('[data-testid=wording][data-part=conclusion]');
  await conclusion.getByRole('textbox').fill('Chi bộ thống nhất kế hoạch tháng tới.');
  await expect(conclusion.getByTestId('wording-state')).toHaveAttribute('data-state', 'unsaved');
  await expect(conclusion.getByTestId('wording-state')).toContainText('Đã lưu');
  expect(chair.state().wording.conclusion).toBe('Chi bộ thống nhất kế hoạch tháng tới.');
  await phone.getByTestId('more').click();
  await phone.getByTestId('open-minutes').click();
  await expect(phone.getByTestId('minutes-conclusion')).toContainText(
    'Chi bộ thống nhất kế hoạch tháng tới.',
  );
  await expect(phone.getByTestId('minutes-paper').getByRole('textbox')).toHaveCount(0);
  expect(meeting.errors).toEqual([]);
});

/** Answers the question that stands over the open minutes, which are a window themselves. */
async function confirmOver(page: Page, confirm: string): Promise<void> {
  await page.getByRole('dialog').last().getByRole('button', { name: confirm, exact: true }).click();
}

test('MEET3 MIN3 MIN4 the minutes are adopted by vote, closed and sealed, and taken away as files', async () => {
  const { clerk, phone, chair } = meeting;
  await clerk.getByTestId('minutes-step-adopt').click();
  await confirmOver(clerk, 'Mở biểu quyết');
  // A vote comes before what one is reading.
  await phone.getByTestId('choice-inFavour').click();
  await expect(phone.getByTestId('receipt')).toBeVisible();
  const vote = chair.state().openVote;
  if (vote === null) throw new Error('no vote is open');
  await chair.does({ type: 'castMark', vote, choice: 'inFavour' });
  await clerk.getByTestId('choice-inFavour').click();
  await expect(clerk.getByTestId('vote-close')).toBeEnabled({ timeout: 40_000 });
  await clerk.getByTestId('vote-close').click();
  await confirmOver(clerk, 'Kết thúc biểu quyết');
  await clerk.getByTestId('vote-announce').click();
  await expect(clerk.getByTestId('minutes-status')).toContainText('đã thông qua');
  await expect(clerk.getByTestId('minutes-paper').getByRole('textbox')).toHaveCount(0);
  await chair.does({ type: 'closeMeeting' });
  await expect(phone.getByTestId('result-minutes')).toBeVisible();
  await clerk.getByTestId('seal-record').click();
  await expect(phone.getByTestId('result-minutes')).toContainText('Đã niêm phong');
  for (const [file, name] of [
    ['docx', /^bien-ban-.*\.docx$/],
    ['pdf', /^bien-ban-.*\.pdf$/],
    ['log', /^nhat-ky-.*\.jsonl$/],
  ] as const) {
    const [download] = await Promise.all([
      clerk.waitForEvent('download'),
      clerk.getByTestId(`download-${file}`).click(),
    ]);
    expect(download.suggestedFilename()).toMatch(name);
    expect((await readFile(await download.path())).byteLength).toBeGreaterThan(1_000);
  }
  await phone.getByTestId('read-minutes').click();
  await expect(phone.getByTestId('minutes-paper')).toContainText('Thông qua biên bản cuộc họp');
  expect(meeting.errors).toEqual([]);
});
