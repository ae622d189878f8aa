import type { Browser, Page } from '@playwright/test';
import { type Product, startProduct } from '../../support/product.ts';
import { type DemoCell, type DemoMember, demoCell } from './demo-cell.ts';
import { type Hand, handOf } from './hand.ts';
import { newPage, type Size } from './pages.ts';

/** The product with the demonstration's cell, and everybody who comes into its meeting. */
export interface CellStage {
  readonly product: Product;
  readonly cell: DemoCell;
  readonly secretary: DemoMember;
  /** What went wrong in the pages' own scripts. */
  readonly errors: readonly string[];
  /** A page in a browser of its own. */
  open(size?: Size): Promise<Page>;
  /** Somebody at the socket alone, entered without a check-in. */
  hand(member: DemoMember): Promise<Hand>;
  /** Everybody leaves, and the product stops. */
  end(): Promise<void>;
}

/** Starts the product for a test of one cell's meeting. */
export async function stageCell(browser: Browser): Promise<CellStage> {
  const product = await startProduct();
  const cell = await demoCell(product.url);
  const [secretary] = cell.take(1, ({ office }) => office === 'cellSecretary');
  if (!secretary) throw new Error('the cell has no secretary');
  const errors: string[] = [];
  const pages: Page[] = [];
  const hands: Hand[] = [];
  return {
    product,
    cell,
    secretary,
    errors,
    async open(size = 'computer') {
      const page = await newPage(browser, product.url, { size });
      page.on('pageerror', (error) => errors.push(error.message));
      pages.push(page);
      return page;
    },
    async hand({ personId }) {
      const hand = await handOf(product.url, cell.meetingId, personId);
      hands.push(hand);
      return hand;
    },
    async end() {
      for (const hand of hands) await hand.leave();
      for (const page of pages) await page.context().close();
      await product.stop();
    },
  };
}

/** Seats people at a site by an officer's hand, as a clerk does. */
export async function seat(
  officer: Hand,
  members: readonly DemoMember[],
  site: DemoCell['sites'][number],
): Promise<void> {
  for (const { personId: person } of members)
    await officer.does({ type: 'recordAttendance', person, entry: { mode: 'onSite', site: site.id } });
}
