import { expect, type Page, test } from '@playwright/test';
import { demoPassword } from '../../server/src/demo/province.ts';
import { isOrdinary } from './support/demo-cell.ts';
import { type MediaMeeting, openMeeting, remoteMember } from './support/media-meeting.ts';
import { calmer, enterRemotely, faultsOf, keepPicture, newPage, signIn } from './support/pages.ts';
import { decodedFrames, expectVideo } from './support/video.ts';

test.use({ launchOptions: ({ launchOptions }, use) => use(calmer(launchOptions)) });

test.describe.configure({ mode: 'serial', timeout: 180_000 });

let meeting: MediaMeeting;
let remote: Page;

test.beforeAll(async ({ browser }) => {
  meeting = await openMeeting(browser);
  ({ page: remote } = await remoteMember(browser, meeting));
});

test.afterAll(async () => {
  await remote.context().close();
  await meeting.close();
});

/** @returns how many bytes of pictures the page has received. */
function pictureBytes(page: Page): Promise<number> {
  return page.evaluate(async () => {
    const kept = Reflect.get(window, 'keptConnections') as RTCPeerConnection[];
    let bytes = 0;
    for (const connection of kept) {
      if (connection.connectionState === 'closed') continue;
      for (const report of (await connection.getStats()).values()) {
        if (report.type === 'inbound-rtp' && report.kind === 'video' && report.ssrc !== 1234)
          bytes += report.bytesReceived ?? 0;
      }
    }
    return bytes;
  });
}

/** Waits until no more pictures arrive. @returns milliseconds from now to the last one that did. */
async function lastPictureAfter(page: Page): Promise<number> {
  const from = Date.now();
  let last = from;
  let before = await pictureBytes(page);
  while (Date.now() - last < 3_000) {
    await page.waitForTimeout(100);
    const now = await pictureBytes(page);
    if (now > before) last = Date.now();
    before = now;
    if (Date.now() - from > 30_000) throw new Error('pictures go on arriving');
  }
  return last - from;
}

/** Makes the page believe that it is in the background, or in front again. */
async function setSight(page: Page, sight: 'hidden' | 'visible'): Promise<void> {
  await page.evaluate((state) => {
    Object.defineProperty(document, 'visibilityState', { configurable: true, get: () => state });
    Object.defineProperty(document, 'hidden', { configurable: true, get: () => state === 'hidden' });
    document.dispatchEvent(new Event('visibilitychange'));
  }, sight);
}

async function changeMode(page: Page, name: string): Promise<void> {
  await page.getByTestId('more').click();
  await page.getByTestId('open-media').click();
  await page.getByTestId('media-window').getByRole('radio', { name }).click();
  await page.keyboard.press('Escape');
  await expect(page.getByTestId('media-window')).toBeHidden();
}

test('a page in the background is sent no pictures within a second, and has them again when it comes back', async () => {
  const faults = faultsOf(remote);
  await expectVideo(remote, 1);
  await setSight(remote, 'hidden');
  expect(await lastPictureAfter(remote)).toBeLessThan(1_500);
  await setSight(remote, 'visible');
  await expectVideo(remote, 1, 10_000);
  expect(faults).toEqual([]);
});

test('sound only, votes only and back are chosen while the meeting goes on, without a reload', async () => {
  await remote.evaluate(() => Object.assign(window, { notReloaded: true }));
  await expect(meeting.hall.locator('[data-testid^="tile-person"] video')).toHaveCount(1);
  await changeMode(remote, 'Chỉ tiếng');
  expect(await lastPictureAfter(remote)).toBeLessThan(3_000);
  await expect(remote.getByText('Đồng chí đang dự chỉ với tiếng.').first()).toBeVisible();
  // The own camera is let go, and nobody is left with a picture that stands still.
  await expect(meeting.hall.locator('[data-testid^="tile-person"] video')).toHaveCount(0);
  await keepPicture(remote, 'media-audio');

  await changeMode(remote, 'Chỉ biểu quyết và chương trình');
  await expect.poll(async () => (await decodedFrames(remote)).size).toBe(0);
  await expect(remote.locator('audio')).toHaveCount(0);
  await expect(remote.getByTestId('present-count')).toBeVisible();

  await changeMode(remote, 'Đủ hình và tiếng');
  await expectVideo(remote, 1);
  await expect(meeting.hall.locator('[data-testid^="tile-person"] video')).toHaveCount(1);
  expect(await remote.evaluate(() => Reflect.get(window, 'notReloaded') === true)).toBe(true);
});

test('the line is said in words, and figures stand behind them', async () => {
  await expect(remote.getByTestId('line-quality')).toContainText(/Đường truyền (tốt|trung bình|yếu)/, {
    timeout: 30_000,
  });
  await remote.getByTestId('line-quality').click();
  await expect(remote.getByTestId('line-figures')).toContainText(/\d+ mili giây/);
  await keepPicture(remote, 'media-window');
  await remote.keyboard.press('Escape');
});

test('a weak line is offered less, with the reason, and takes it with one touch', async ({ browser }) => {
  const { page } = await remoteMember(browser, meeting);
  try {
    await expectVideo(page, 1);
    // What the browser would count on a line that loses a quarter of what is sent.
    await page.evaluate(() => {
      const real = RTCPeerConnection.prototype.getStats;
      let lost = 0;
      RTCPeerConnection.prototype.getStats = async function poor(this: RTCPeerConnection, selector = null) {
        const report = await real.call(this, selector);
        lost += 400;
        const told = new Map<string, unknown>();
        for (const [id, entry] of report as unknown as Map<string, Record<string, unknown>>) {
          told.set(id, entry.type === 'inbound-rtp' ? { ...entry, packetsLost: lost } : entry);
        }
        return told as unknown as RTCStatsReport;
      };
    });
    await expect(page.getByTestId('line-offer')).toContainText('Đường truyền của đồng chí đang yếu', {
      timeout: 40_000,
    });
    await keepPicture(page, 'media-offer');
    await page.getByTestId('line-offer').getByRole('button', { name: 'Chuyển sang chỉ tiếng' }).click();
    await expect(page.getByTestId('camera')).toHaveAttribute('aria-label', /chỉ với tiếng/);
    // Weaker still: sound may be given up too; votes stay.
    await expect(page.getByTestId('line-offer')).toContainText('Đường truyền quá yếu', { timeout: 40_000 });
    await page.getByTestId('line-offer').getByRole('button', { name: 'Để sau' }).click();
    await expect(page.getByTestId('line-offer')).toBeHidden();
  } finally {
    await page.context().close();
  }
});

test('the screen is kept awake in a meeting, and again after the page was in the background', async ({
  browser,
}) => {
  const page = await newPage(browser, meeting.product.url);
  try {
    await page.addInitScript(() => {
      const asked: string[] = [];
      Object.assign(window, { wakeLocks: asked });
      Object.defineProperty(navigator, 'wakeLock', {
        value: {
          request: async (kind: string) => {
            asked.push(kind);
            const lock = { released: false, release: async () => undefined };
            document.addEventListener('visibilitychange', () => {
              if (document.visibilityState === 'hidden') lock.released = true;
            });
            return lock;
          },
        },
      });
    });
    const [member] = meeting.cell.take(1, isOrdinary);
    if (!member) throw new Error('the cell is too small');
    await signIn(page, member.phone ?? '', demoPassword);
    const asked = () => page.evaluate(() => (Reflect.get(window, 'wakeLocks') as string[]).length);
    expect(await asked()).toBe(0);
    await enterRemotely(page, 'data');
    await expect.poll(asked).toBe(1);
    await setSight(page, 'hidden');
    await setSight(page, 'visible');
    await expect.poll(asked).toBe(2);
  } finally {
    await page.context().close();
  }
});
