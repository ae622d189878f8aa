import { expect, type Page, test } from '@playwright/test';
import { demoPassword } from '../../server/src/demo/province.ts';
import { call } from '../support/api.ts';
import { type Product, startProduct } from '../support/product.ts';
import { isOrdinary } from './support/demo-cell.ts';
import { beginEvening, type Evening, type LiveCell } from './support/evening.ts';
import { keepPicture, newPage, signIn } from './support/pages.ts';
import { attendAll, openWall, tileOf } from './support/wall.ts';

test.describe.configure({ mode: 'serial' });

let product: Product;
let evening: Evening;
let own: LiveCell;
let other: LiveCell;
let wall: Page;

/** An ordinary member of the first cell who is also assigned to it and to the second one. */
test.beforeAll(async ({ browser }) => {
  product = await startProduct();
  evening = await beginEvening(product.url, 2);
  const [first, second] = evening.cells;
  const member = first?.members.find(isOrdinary);
  if (!first || !second || !member) throw new Error('no cells');
  [own, other] = [first, second];
  for (const { cellId } of [own, other]) {
    await call(product.url, 'assignSuperior', {
      token: evening.administrator,
      body: { personId: member.personId, cellId },
    });
  }
  await own.chair.give({ type: 'completeRollCall' });
  wall = await newPage(browser, product.url);
  await signIn(wall, member.phone ?? '', demoPassword);
});

test.afterAll(async () => {
  await wall?.context().close();
  await evening?.close();
  await product?.stop();
});

test('SUP9 a superior’s own cell is theirs as a member: its vote sheet comes over the wall', async () => {
  await openWall(wall);
  await expect(tileOf(wall, own.meetingId)).toContainText('dự với tư cách đảng viên');
  await expect(tileOf(wall, own.meetingId).getByRole('button', { name: /^Dự / })).toHaveCount(0);
  await wall.getByTestId('own-cell').getByRole('button', { name: 'Báo có mặt trực tuyến' }).click();
  await expect(wall.getByTestId('own-cell')).toContainText('đã có mặt');
  await attendAll(wall, 1);
  expect(own.chair.attendant.client.state.get()?.superiors).toEqual({});
  await own.chair.give({
    type: 'openVote',
    item: null,
    question: 'Thông qua chương trình?',
    rule: 'procedural',
    purpose: 'programme',
    despiteWaiting: false,
  });
  const sheet = wall.getByTestId('own-vote');
  await expect(sheet).toContainText('Thông qua chương trình?');
  await sheet.getByTestId('choice-inFavour').click();
  await expect(sheet.getByTestId('receipt')).toBeVisible();
  await keepPicture(wall, 'wall-own-vote');
  const vote = own.chair.attendant.client.state.get()?.votes[own.chair.vote];
  expect(Object.values(vote?.marked ?? {})).toEqual(['device']);
});
