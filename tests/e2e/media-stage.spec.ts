import { type Browser, expect, type LaunchOptions, type Page, test } from '@playwright/test';
import { demoPassword } from '../../server/src/demo/province.ts';
import { isOrdinary } from './support/demo-cell.ts';
import { type MediaMeeting, openMeeting, remoteMember } from './support/media-meeting.ts';
import { OwnHand } from './support/own-hand.ts';
import { calmer, enterRemotely, faultsOf, keepPicture, newPage, signIn } from './support/pages.ts';
import { expectVideo } from './support/video.ts';

/** Shares the first screen there is without asking, as a person who picks it would. */
function sharing(options: LaunchOptions): LaunchOptions {
  const { args = [], ...rest } = calmer(options);
  return {
    ...rest,
    args: [...args, '--auto-accept-this-tab-capture', '--auto-select-desktop-capture-source=Entire screen'],
  };
}

test.use({ launchOptions: ({ launchOptions }, use) => use(sharing(launchOptions)) });

test.describe.configure({ mode: 'serial', timeout: 240_000 });

let meeting: MediaMeeting;
let remote: Page;
let member: Awaited<ReturnType<typeof remoteMember>>['member'];
const others: OwnHand[] = [];

async function newMember(browser: Browser): Promise<{ page: Page; name: string }> {
  const [found] = meeting.cell.take(1, isOrdinary);
  if (!found) throw new Error('the cell is too small');
  const page = await newPage(browser, meeting.product.url);
  await signIn(page, found.phone ?? '', demoPassword);
  await enterRemotely(page, 'full');
  return { page, name: found.name };
}

test.beforeAll(async ({ browser }) => {
  meeting = await openMeeting(browser);
  ({ page: remote, member } = await remoteMember(browser, meeting));
});

test.afterAll(async () => {
  for (const other of others) await other.close();
  await remote.context().close();
  await meeting.close();
});

async function layout(page: Page, name: 'speaker' | 'grid' | 'site'): Promise<void> {
  await page.getByTestId('layout').click();
  await page.getByTestId(`layout-${name}`).click();
}

test('three layouts: speaker, grid with halls large, one site; a pinned tile stays large', async () => {
  const faults = faultsOf(remote);
  for (const { personId } of meeting.cell.take(14, isOrdinary)) {
    const hand = await OwnHand.of(meeting.product.url, meeting.cell.meetingId, personId);
    await hand.join({ type: 'checkIn', place: { mode: 'remote' } });
    others.push(hand);
  }
  await layout(remote, 'grid');
  const people = remote.getByTestId('grid-people');
  await expect(people.locator('figure').first()).toBeVisible();
  await expect.poll(() => people.locator('figure').count()).toBe(16);
  await keepPicture(remote, 'stage-grid');
  // A name of 40 letters stays inside of its tile.
  const spills = await remote.locator('figure').evaluateAll(
    (tiles) =>
      tiles.filter((tile) => {
        const caption = tile.querySelector('figcaption');
        return caption !== null && caption.scrollWidth > tile.clientWidth + 1;
      }).length,
  );
  expect(spills).toBe(0);
  const site = remote.getByTestId('grid-sites').locator('figure').first();
  const person = people.locator('figure').first();
  const width = async (tile: typeof site) => (await tile.boundingBox())?.width ?? 0;
  expect(await width(site)).toBeGreaterThan(await width(person));
  await expect(site).toContainText(/có mặt/);

  await layout(remote, 'site');
  await expect(remote.locator('figure[data-size="large"]')).toContainText(meeting.cell.sites[0]?.name ?? '');
  await keepPicture(remote, 'stage-site');

  await layout(remote, 'speaker');
  const hall = remote.locator('[data-testid^="tile-site"]').first();
  await hall.hover();
  await hall.getByRole('button', { name: /^Ghim hình/ }).click();
  await expect(remote.locator('figure[data-size="large"]')).toHaveAttribute('data-testid', /^tile-site/);
  await expectVideo(remote, 1);
  await keepPicture(remote, 'stage-pinned');
  await remote.getByRole('button', { name: /^Bỏ ghim/ }).click();
  await expect(remote.locator('figure[data-size="large"]')).toHaveAttribute('data-testid', /^tile-person/);
  expect(faults).toEqual([]);
});

test('SPK3 who has the floor shares a screen in full, one at a time; it ends with the floor', async ({
  browser,
}) => {
  await expect(remote.getByTestId('screen-share')).toHaveCount(0);
  await meeting.chair.give({ type: 'setFreeDiscussion', state: 'on' });
  await remote.getByTestId('screen-share').click();
  await expect(remote.getByTestId('sharing')).toBeVisible();
  const shown = meeting.hall.getByTestId('screen');
  await expect(shown).toContainText(member.name);
  await expectVideo(meeting.hall, 1);
  const size = () =>
    shown.locator('video').evaluate((video: HTMLVideoElement) => [video.videoWidth, video.videoHeight]);
  const sent = await remote.evaluate(() => [window.screen.width, window.screen.height]);
  await expect.poll(async () => (await size())[0]).toBeGreaterThanOrEqual(Math.min(sent[0] ?? 0, 640));
  await keepPicture(meeting.hall, 'stage-screen');

  const other = await newMember(browser);
  await expect(other.page.getByTestId('screen')).toBeVisible();
  await expect(other.page.getByTestId('screen-share')).toHaveAttribute('aria-label', /Mỗi lúc chỉ một người/);
  // In sound only the screen is named, and not loaded.
  await other.page.getByTestId('more').click();
  await other.page.getByTestId('open-media').click();
  await other.page.getByTestId('media-window').getByRole('radio', { name: 'Chỉ tiếng' }).click();
  await other.page.keyboard.press('Escape');
  await expect(other.page.getByTestId('screen')).toContainText('chưa tải');
  await other.page.getByRole('button', { name: 'Xem màn hình chia sẻ' }).click();
  await expect(other.page.getByTestId('screen').locator('video')).toBeVisible();
  await other.page.context().close();

  await meeting.chair.give({ type: 'setFreeDiscussion', state: 'off' });
  await expect(remote.getByTestId('sharing')).toBeHidden();
  await expect(
    remote.getByText('Đồng chí không còn lượt phát biểu nên việc chia sẻ màn hình đã dừng.'),
  ).toBeVisible();
  await expect(shown).toBeHidden();
});
