import type { Browser, Page } from '@playwright/test';
import { demoPassword } from '../../../server/src/demo/province.ts';
import { type Product, startProduct } from '../../support/product.ts';
import { type DemoCell, demoCell, isOrdinary } from './demo-cell.ts';
import { OwnHand } from './own-hand.ts';
import { enterAs, enterRemotely, newPage, type Size, signIn } from './pages.ts';

/** A meeting that is open, with its chair at the socket alone and the main hall's terminal sending picture and sound. */
export interface MediaMeeting {
  readonly product: Product;
  readonly cell: DemoCell;
  readonly chair: OwnHand;
  readonly hall: Page;
  close(): Promise<void>;
}

export async function openMeeting(browser: Browser): Promise<MediaMeeting> {
  const product = await startProduct();
  const cell = await demoCell(product.url);
  const [secretary] = cell.take(1, ({ office }) => office === 'cellSecretary');
  if (!secretary) throw new Error('the cell has no secretary');
  const chair = await OwnHand.of(product.url, cell.meetingId, secretary.personId);
  await chair.join({ type: 'checkIn', place: { mode: 'remote' } });
  const hall = await newPage(browser, product.url);
  await enterAs(hall, 'terminal', cell.sites[0]?.name);
  await chair.give({ type: 'openMeeting' });
  return {
    product,
    cell,
    chair,
    hall,
    async close() {
      await chair.close();
      await hall.context().close();
      await product.stop();
    },
  };
}

/** An ordinary member's own page, signed in and at home. */
export async function memberPage(
  browser: Browser,
  { product, cell }: MediaMeeting,
  size: Size = 'computer',
): Promise<{ readonly page: Page; readonly member: DemoCell['members'][number] }> {
  const [member] = cell.take(1, isOrdinary);
  if (!member) throw new Error('the cell is too small');
  const page = await newPage(browser, product.url, { size });
  await signIn(page, member.phone ?? '', demoPassword);
  return { page, member };
}

/** An ordinary member far away, in the room. */
export async function remoteMember(
  browser: Browser,
  meeting: MediaMeeting,
  media: 'full' | 'data' = 'full',
  size: Size = 'computer',
): Promise<{ readonly page: Page; readonly member: DemoCell['members'][number] }> {
  const found = await memberPage(browser, meeting, size);
  await enterRemotely(found.page, media);
  return found;
}
