import { expect, type LaunchOptions, type Page, test } from '@playwright/test';
import { demoPassword } from '../../server/src/demo/province.ts';
import { isOrdinary } from './support/demo-cell.ts';
import { type DeviceTable, deviceTable } from './support/devices.ts';
import { type MediaMeeting, memberPage, openMeeting } from './support/media-meeting.ts';
import { calmer, enterAtSite, enterRemotely, keepPicture, newPage, signIn } from './support/pages.ts';
import { expectVideo } from './support/video.ts';

/** Three cameras to choose from; the browser's second fake one gives depth in place of a picture. */
function threeCameras(options: LaunchOptions): LaunchOptions {
  const { args = [], ...rest } = calmer(options);
  return { ...rest, args: args.map((arg) => arg.replace('=fps=5', '=device-count=3,fps=5')) };
}

test.use({ launchOptions: ({ launchOptions }, use) => use(threeCameras(launchOptions)) });

test.describe.configure({ mode: 'serial', timeout: 180_000 });

let meeting: MediaMeeting;

test.beforeAll(async ({ browser }) => {
  meeting = await openMeeting(browser);
});

test.afterAll(() => meeting.close());

/** A member's page whose devices the test holds in its hands, in the lobby. */
async function inLobby(
  browser: Parameters<typeof newPage>[0],
): Promise<{ page: Page; devices: DeviceTable }> {
  const [member] = meeting.cell.take(1, isOrdinary);
  if (!member) throw new Error('the cell is too small');
  const page = await newPage(browser, meeting.product.url);
  const devices = await deviceTable(page);
  await signIn(page, member.phone ?? '', demoPassword);
  return { page, devices };
}

async function openLobby(page: Page): Promise<void> {
  await page
    .getByRole('link', { name: /^Vào họp/ })
    .first()
    .click();
  await page.getByRole('radio', { name: 'Dự trực tuyến' }).click();
  await page.getByRole('radio', { name: 'Đủ hình và tiếng' }).click();
}

/** The fake microphone beeps once a second: looks at the same moment of each would all miss it. */
const often = { intervals: [130] };

const personTiles = () => meeting.hall.locator('[data-testid^="tile-person"] video');

test('the lobby shows the picture, how loud the microphone hears, and lets the speaker be tried', async ({
  browser,
}) => {
  const { page } = await memberPage(browser, meeting);
  await openLobby(page);
  await expect(page.getByTestId('preview').locator('video')).toBeVisible();
  const level = page.getByTestId('microphone-level').getByRole('progressbar');
  await expect.poll(async () => Number(await level.getAttribute('aria-valuenow')), often).toBeGreaterThan(5);
  await expect(page.getByTestId('choose-camera').getByRole('option')).toHaveCount(4);
  await page.getByTestId('speaker-test').click();
  await keepPicture(page, 'media-lobby');
  await page.context().close();
});

test('a refused permission is said with what to do, and trying again goes on', async ({ browser }) => {
  const { page, devices } = await inLobby(browser);
  await devices.refuse('video', 'NotAllowedError');
  await devices.refuse('audio', 'NotAllowedError');
  await openLobby(page);
  await expect(page.getByTestId('trouble-camera')).toContainText('ổ khóa');
  await expect(page.getByTestId('trouble-microphone')).toContainText('ổ khóa');
  await keepPicture(page, 'media-refused');
  await devices.refuse('video', null);
  await page.getByTestId('trouble-camera').getByRole('button', { name: 'Thử lại' }).click();
  await expect(page.getByTestId('preview').locator('video')).toBeVisible();
  await expect(page.getByTestId('trouble-camera')).toBeHidden();
  // Without a microphone one still enters, and the bar says why it is locked.
  await page.getByTestId('enter').click();
  await expect(page.getByTestId('room')).toBeVisible();
  await expect(page.getByTestId('microphone')).toHaveAttribute(
    'aria-label',
    /Trình duyệt chưa cho dùng micrô/,
  );
  await page.context().close();
});

test('without a camera, or with one that another program holds, one takes part by sound', async ({
  browser,
}) => {
  const { page, devices } = await inLobby(browser);
  await devices.refuse('video', 'NotReadableError');
  await openLobby(page);
  await expect(page.getByTestId('trouble-camera')).toContainText('chương trình khác');
  await devices.refuse('video', 'NotFoundError');
  await page.getByTestId('trouble-camera').getByRole('button', { name: 'Thử lại' }).click();
  await expect(page.getByTestId('trouble-camera')).toContainText('Không tìm thấy máy ảnh');
  await page.getByTestId('enter').click();
  await expectVideo(page, 1);
  await expect(page.getByTestId('camera')).toHaveAttribute('aria-label', /Không tìm thấy máy ảnh/);
  await page.context().close();
});

test('a camera that is pulled out is said, and comes back by itself; another is taken while the meeting goes on', async ({
  browser,
}) => {
  const { page, devices } = await inLobby(browser);
  await enterRemotely(page, 'full');
  await expect(personTiles()).toHaveCount(1);
  await devices.unplug('video');
  await expect(page.getByText('Máy ảnh đã bị rút ra. Cắm lại thì hình tự trở lại.').first()).toBeVisible();
  await expect(personTiles()).toHaveCount(0);
  await keepPicture(page, 'media-unplugged');
  await devices.plugIn('video');
  await expect(page.getByText('Máy ảnh đã trở lại.')).toBeVisible();
  await expect(personTiles()).toHaveCount(1);

  await page.getByTestId('more').click();
  await page.getByTestId('open-media').click();
  const chooser = page.getByTestId('choose-camera');
  await expect(chooser.getByRole('option')).toHaveCount(4);
  const labels = await chooser.getByRole('option').allInnerTexts();
  await chooser.selectOption({ index: 3 });
  const label = () =>
    page.evaluate(() => {
      const { tracks } = Reflect.get(window, 'deviceTable') as { tracks: Set<MediaStreamTrack> };
      return [...tracks].find(({ kind, readyState }) => kind === 'video' && readyState === 'live')?.label;
    });
  await expect.poll(label).toBe(labels[3]);
  await expect(personTiles()).toHaveCount(1);
  await expectVideo(meeting.hall, 1);

  await page.getByTestId('try-microphone').click();
  const level = page.getByTestId('microphone-level').getByRole('progressbar');
  await expect.poll(async () => Number(await level.getAttribute('aria-valuenow')), often).toBeGreaterThan(5);
  await page.context().close();
});

test('the chosen speaker plays the meeting', async ({ browser }) => {
  const { page } = await memberPage(browser, meeting);
  await page.evaluate(() => {
    const told: string[] = [];
    Object.assign(window, { sinks: told });
    const own = HTMLMediaElement.prototype.setSinkId;
    HTMLMediaElement.prototype.setSinkId = function setSinkId(this: HTMLMediaElement, id: string) {
      told.push(id);
      return own.call(this, id);
    };
  });
  await enterRemotely(page, 'full');
  await meeting.chair.give({ type: 'setFreeDiscussion', state: 'on' });
  await expect(page.locator('audio')).toHaveCount(1);
  await page.getByTestId('more').click();
  await page.getByTestId('open-media').click();
  const chooser = page.getByTestId('choose-speaker');
  await chooser.selectOption({ index: 1 });
  const id = await chooser.inputValue();
  expect(id).not.toBe('');
  await expect.poll(() => page.evaluate(() => (Reflect.get(window, 'sinks') as string[]).at(-1))).toBe(id);
  await page.context().close();
});

test('ATT13 a companion at a site never sounds and never listens', async ({ browser }) => {
  const { page, devices } = await inLobby(browser);
  await meeting.chair.give({ type: 'setFreeDiscussion', state: 'on' });
  const site = meeting.cell.sites[0]?.name ?? '';
  await enterAtSite(page, site);
  await expect(page.getByText('Thiết bị đi kèm tại điểm cầu').first()).toBeVisible();
  const asked = await devices.asked();
  // Sound is there to be had: the hall's own terminal hears who is far away.
  const far = await inLobby(browser);
  await enterRemotely(far.page, 'full');
  await expect(far.page.locator('audio')).not.toHaveCount(0);
  await page.waitForTimeout(2_000);
  await expect(page.locator('audio')).toHaveCount(0);
  // What the browser was only asked to show what it can do is closed again; nothing stands, and nothing was received.
  const standing = await page.evaluate(
    () =>
      (Reflect.get(window, 'keptConnections') as RTCPeerConnection[]).filter(
        ({ connectionState }) => connectionState !== 'closed',
      ).length,
  );
  expect(standing).toBe(0);
  expect(await devices.asked()).toBe(asked);
  await keepPicture(page, 'media-companion');
  await page.context().close();
  await far.page.context().close();
});
