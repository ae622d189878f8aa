import { type Browser, expect, type Page, test } from '@playwright/test';
import { plain } from '../../client/src/hooks/meeting/names.ts';
import { call } from '../support/api.ts';
import {
  type Attendant,
  attend,
  enter,
  give,
  makeCell,
  memberPassword,
  openVote,
  type RealCell,
} from '../support/members.ts';
import { firstCodeOf, type Product, startProduct } from '../support/product.ts';
import { openHall } from './support/hall.ts';
import { calmer, enterRemotely, keepPicture, newPage, signIn, sizes } from './support/pages.ts';

test.use({ launchOptions: ({ launchOptions }, use) => use(calmer(launchOptions)) });

test.describe.configure({ mode: 'serial', timeout: 300_000 });

/** Names as long as they come, of 40 letters. */
const longNames = [
  'Nguyễn Hoàng Thị Phương Thảo Quỳnh Trang',
  'Đặng Trần Vũ Nguyễn Công Thành Khương Hà',
  'Hoàng Phủ Ngọc Trường Thiên Nghiêm Đức A',
];
const people = 50;
const looks = { ...sizes, room: { width: 1920, height: 1080 } } as const;

let product: Product;
let cell: RealCell;
let page: Page;
let hall: Page;
let chair: Attendant;
const others: Attendant[] = [];

/** So many are there from afar, without pictures but for the page's own; the chair is the second, and opens the meeting. */
async function come(count: number): Promise<void> {
  while (others.length < count - 1) {
    const token = cell.members[others.length]?.token ?? '';
    const attendant = others.length === 0 ? chair : attend(product.url, token, cell.meetingId);
    others.push(attendant);
    await enter(attendant, { type: 'checkIn', place: { mode: 'remote' } });
    if (attendant === chair) await give(chair, { type: 'openMeeting' });
  }
}

async function openTerminal(browser: Browser): Promise<Page> {
  const { meetingId, siteId } = cell;
  const { code } = await call(product.url, 'issueSiteCode', {
    token: chair.token,
    params: { meetingId, siteId },
    body: {},
  });
  return openHall(browser, product.url, code);
}

test.beforeAll(async ({ browser }) => {
  product = await startProduct({ DEMO: '0' });
  cell = await makeCell(
    product,
    firstCodeOf(product),
    people,
    (number) => longNames[number % longNames.length] ?? '',
  );
  const [first] = cell.members;
  chair = attend(product.url, first?.token ?? '', cell.meetingId);
  await enter(chair, null);
  await give(chair, { type: 'summonMeeting' });
  hall = await openTerminal(browser);
  page = await newPage(browser, product.url);
  await signIn(page, cell.members.at(-1)?.login ?? '', memberPassword);
  await enterRemotely(page, 'full');
});

test.afterAll(async () => {
  for (const { connection } of others) connection.close();
  await page?.context().close();
  await hall?.context().close();
  await product?.stop();
});

/** What is cut off, or pushes the page wider than the screen; by what it says. */
function spills(where: Page): Promise<string[]> {
  return where.evaluate(() => {
    const root = document.documentElement;
    const found = root.scrollWidth > root.clientWidth + 1 ? ['the page scrolls sideways'] : [];
    for (const tile of document.querySelectorAll('figure')) {
      const caption = tile.querySelector('figcaption');
      if (caption === null || tile.clientWidth === 0) continue;
      const [inner, outer] = [caption.getBoundingClientRect(), tile.getBoundingClientRect()];
      if (caption.scrollWidth > tile.clientWidth + 1 || inner.top < outer.top - 1)
        found.push(`${outer.width}×${outer.height}: ${caption.textContent}`);
    }
    for (const button of document.querySelectorAll('button')) {
      const { width, height } = button.getBoundingClientRect();
      if (width > 0 && height > 0 && button.scrollWidth > button.clientWidth + 1 && button.innerText !== '')
        found.push(`button: ${button.innerText}`);
    }
    return found;
  });
}

/** With `PICTURES=1` both schemes of one state of a page are kept. */
async function look(where: Page, size: keyof typeof looks, name: string): Promise<void> {
  await where.setViewportSize(looks[size]);
  await where.waitForTimeout(300);
  expect(await spills(where), name).toEqual([]);
  for (const scheme of ['light', 'dark'] as const) {
    await where.emulateMedia({ colorScheme: scheme });
    await keepPicture(where, `screens-${name}-${scheme}`);
  }
  await where.emulateMedia({ colorScheme: 'light' });
}

for (const count of [1, 2, 5, 16, people]) {
  test(`with ${count} from afar everything has its place: telephone, computer, hall`, async () => {
    await come(count);
    for (const size of ['phone', 'computer'] as const) {
      await page.setViewportSize(looks[size]);
      for (const layout of ['speaker', 'grid'] as const) {
        await page.getByTestId('layout').click();
        await page.getByTestId(`layout-${layout}`).click();
        await expect(page.locator('figure').first()).toBeVisible();
        await look(page, size, `${size}-${layout}-${count}`);
      }
    }
    for (const layout of ['speaker', 'grid'] as const) {
      await hall.getByTestId('layout').click();
      await hall.getByTestId(`layout-${layout}`).click();
      await look(hall, 'room', `room-${layout}-${count}`);
    }
  });
}

test('a vote of fifty, and what stands behind “more”, have their place', async () => {
  await give(chair, { type: 'completeRollCall' });
  await openVote(chair);
  await expect(page.getByTestId('choice-inFavour')).toBeVisible();
  await look(page, 'computer', 'computer-vote');
  await look(page, 'phone', 'phone-vote');
  await page.getByTestId('choice-inFavour').click();
  await expect(page.getByTestId('mark-recorded')).toBeVisible();
  await look(page, 'phone', 'phone-voted');
  await look(hall, 'room', 'room-vote');
  const sheets = page.getByRole('dialog');
  await page.getByTestId('more').click();
  await look(page, 'phone', 'phone-more');
  for (const name of ['Đảng viên', 'Phát biểu', 'Chương trình']) {
    const sheet = sheets.getByRole('button', { name });
    await sheet.click();
    await look(page, 'phone', `phone-${plain(name).replace(' ', '-')}`);
    await page.keyboard.press('Escape');
    await expect(sheet).toBeVisible();
  }
});
