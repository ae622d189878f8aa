import { expect, type Page, test } from '@playwright/test';
import { ParticipantMedia } from '../robots/participant-media.ts';
import { type Attendant, attend, enter, give, makeCell, memberPassword } from '../support/members.ts';
import { firstCodeOf, type Product, startProduct } from '../support/product.ts';
import { calmer, enterRemotely, keepPicture, newPage, signIn } from './support/pages.ts';
import { decodedFrames } from './support/video.ts';

test.use({ launchOptions: ({ launchOptions }, use) => use(calmer(launchOptions)) });

test.describe.configure({ timeout: 240_000 });

const cameras = 18;

let product: Product;
let page: Page | undefined;
const attendants: Attendant[] = [];
const media: ParticipantMedia[] = [];

test.afterAll(async () => {
  for (const each of media) each.close();
  for (const { connection } of attendants) connection.close();
  await page?.context().close();
  await product?.stop();
});

/** @returns streams whose pictures went on within so many milliseconds. */
async function moving(where: Page, milliseconds = 2_500): Promise<ReadonlySet<string>> {
  const before = await decodedFrames(where);
  await where.waitForTimeout(milliseconds);
  const now = await decodedFrames(where);
  return new Set([...now].filter(([stream, frames]) => frames > (before.get(stream) ?? 0)).map(([id]) => id));
}

test('of more than sixteen people the grid has pages; pictures run on the page that is seen, and on no other', async ({
  browser,
}) => {
  product = await startProduct({ DEMO: '0' });
  const cell = await makeCell(product, firstCodeOf(product), cameras + 1);
  const trouble: string[] = [];
  for (const [number, { token }] of cell.members.slice(0, cameras).entries()) {
    const attendant = attend(product.url, token, cell.meetingId);
    attendants.push(attendant);
    media.push(
      new ParticipantMedia(attendant.client, { camera: 1, onTrouble: (words) => trouble.push(words) }),
    );
    if (number === 0) {
      await enter(attendant, null);
      await give(attendant, { type: 'summonMeeting' });
    }
    const checkIn = { type: 'checkIn', place: { mode: 'remote' } } as const;
    const answer = await attendant.client.join({ checkIn, media: 'wanted' });
    if (!answer.ok) throw new Error(answer.message);
  }
  await Promise.all(media.map((each) => each.settled));
  page = await newPage(browser, product.url, { size: 'phone' });
  await signIn(page, cell.members.at(-1)?.login ?? '', memberPassword);
  await enterRemotely(page, 'full');
  await page.getByTestId('layout').click();
  await page.getByTestId('layout-grid').click();
  const grid = page.getByTestId('grid-people');
  const tiles = grid.locator('figure');
  await expect(grid).toContainText(/Trang 1\/\d/);
  const perPage = await tiles.count();
  expect(perPage).toBeLessThan(cameras);
  const keysOf = () => tiles.evaluateAll((all) => all.map((tile) => tile.getAttribute('data-testid')));
  const first = await keysOf();
  await expect.poll(async () => (await moving(page as Page)).size).toBeGreaterThan(0);
  const seen = await moving(page);
  expect(seen.size).toBeLessThanOrEqual(perPage);
  await keepPicture(page, 'media-pages-first');

  await grid.getByRole('button', { name: 'Trang sau' }).click();
  await expect(grid).toContainText('Trang 2/');
  expect((await keysOf()).filter((key) => first.includes(key))).toEqual([]);
  await expect
    .poll(
      async () => {
        const now = await moving(page as Page);
        return now.size > 0 && [...now].every((stream) => !seen.has(stream));
      },
      { timeout: 30_000 },
    )
    .toBe(true);
  expect((await moving(page)).size).toBeLessThanOrEqual(perPage);
  await keepPicture(page, 'media-pages-second');

  await grid.getByRole('button', { name: 'Trang trước' }).click();
  expect(await keysOf()).toEqual(first);
  await expect
    .poll(async () => [...(await moving(page as Page))].some((stream) => seen.has(stream)), {
      timeout: 30_000,
    })
    .toBe(true);
  expect(trouble).toEqual([]);
});
