import { expect, type Page, test } from '@playwright/test';
import { type Attendant, attend, enter, give, makeCell, memberPassword } from '../support/members.ts';
import { firstCodeOf, type Product, startProduct } from '../support/product.ts';
import { calmer, enterRemotely, keepPicture, newPage, signIn } from './support/pages.ts';

test.use({ launchOptions: ({ launchOptions }, use) => use(calmer(launchOptions)) });

test.describe.configure({ timeout: 120_000 });

const lines = {
  good: { roundTrip: 20, lossIn: 0, lossOut: 0, spatialLayer: 2, freezes: 0, concealed: 0 },
  fair: { roundTrip: 400, lossIn: 0.01, lossOut: 0, spatialLayer: 1, freezes: 0, concealed: 0 },
  poor: { roundTrip: 2_000, lossIn: 0.3, lossOut: 0.2, spatialLayer: 0, freezes: 9, concealed: 0.3 },
} as const;

let product: Product;
const attendants: Attendant[] = [];
let clerk: Page | undefined;

test.afterAll(async () => {
  for (const { connection } of attendants) connection.close();
  await clerk?.context().close();
  await product?.stop();
});

test('the clerk’s table says whose line is not good, in words, and no longer when it is', async ({
  browser,
}) => {
  product = await startProduct({ DEMO: '0' });
  const cell = await makeCell(product, firstCodeOf(product), 4);
  const [chair, , member] = cell.members.map(({ token }) => {
    const attendant = attend(product.url, token, cell.meetingId);
    attendants.push(attendant);
    return attendant;
  });
  if (!chair || !member) throw new Error('the cell is too small');
  await enter(chair, null);
  await give(chair, { type: 'summonMeeting' });
  clerk = await newPage(browser, product.url);
  await signIn(clerk, cell.members[1]?.login ?? '', memberPassword);
  await enterRemotely(clerk, 'data');
  await enter(member, { type: 'checkIn', place: { mode: 'remote' } });
  await clerk.getByRole('tab', { name: 'Đảng viên' }).click();
  const row = (number: number) => clerk?.locator(`li[data-person="${cell.members[number]?.personId}"]`);
  const badge = row(2)?.getByTestId('line-badge');
  if (badge === undefined) throw new Error('no page');
  await expect(badge).toHaveCount(0);
  for (const [level, words] of [
    ['poor', 'yếu'],
    ['fair', 'trung bình'],
  ] as const) {
    const answer = await member.client.media('quality', lines[level]);
    expect(answer.ok).toBe(true);
    await expect(badge).toHaveAttribute('data-level', level);
    await expect(badge).toContainText(words);
    await keepPicture(clerk, `people-line-${level}`);
  }
  expect((await member.client.media('quality', lines.good)).ok).toBe(true);
  await expect(badge).toHaveCount(0);
  await expect(clerk.getByTestId('line-badge')).toHaveCount(0);
});
