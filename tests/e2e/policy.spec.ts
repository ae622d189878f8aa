import { expect, type Page, test } from '@playwright/test';
import { type Product, startProduct } from '../support/product.ts';
import { enterAs, enterRemotely, faultsOf, newPage } from './support/pages.ts';
import { openWall } from './support/wall.ts';

// SEC9: the pages' own policy, as a browser keeps it: no style or script but the server's own, nothing from anywhere else.

let product: Product;
test.beforeAll(async () => {
  product = await startProduct();
});
test.afterAll(() => product.stop());

/** What the page tells of its policy: what was kept from it, and which of its own style elements have no effect. */
interface Kept {
  readonly violations: readonly string[];
  readonly dead: readonly string[];
  readonly styles: number;
}

async function watch(page: Page): Promise<{ strangers: string[]; kept: () => Promise<Kept> }> {
  const strangers: string[] = [];
  page.on('request', (request) => {
    const url = new URL(request.url());
    if (url.protocol.startsWith('http') && url.origin !== product.url) strangers.push(request.url());
  });
  await page.addInitScript(() => {
    const violations: string[] = [];
    Object.defineProperty(window, 'keptViolations', { value: violations });
    document.addEventListener('securitypolicyviolation', (event) => {
      violations.push(`${event.violatedDirective} ${event.blockedURI} ${event.sample}`);
    });
  });
  const kept = () =>
    page.evaluate(() => {
      const styles = [...document.querySelectorAll('style')];
      const dead = styles.filter(({ sheet, textContent }) => textContent !== '' && !sheet?.cssRules.length);
      return {
        violations: Object(window).keptViolations as readonly string[],
        dead: dead.map(({ outerHTML }) => outerHTML.slice(0, 200)),
        styles: styles.length,
      };
    });
  return { strangers, kept };
}

const looksRight = async ({ kept }: Awaited<ReturnType<typeof watch>>) => {
  const { violations, dead, styles } = await kept();
  expect([violations, dead]).toEqual([[], []]);
  expect(styles).toBeGreaterThan(0);
};

/** Where somebody goes, each in a browser of their own. */
const ways: Readonly<Record<string, (page: Page) => Promise<void>>> = {
  'the room with a window open': async (page) => {
    await enterAs(page, 'chair');
    await enterRemotely(page, 'full');
    // Behind a window the page does not scroll: the library for that makes a style element of its own.
    await page.keyboard.press('?');
    await expect(page.getByRole('dialog')).toBeVisible();
  },
  administration: async (page) => {
    await enterAs(page, 'administrator');
    await page.getByRole('link', { name: 'Quản trị' }).click();
    await expect(page.getByRole('heading', { name: 'Tổ chức đảng' })).toBeVisible();
  },
  'the wall': async (page) => {
    await enterAs(page, 'superior');
    await openWall(page);
  },
};

for (const [where, go] of Object.entries(ways)) {
  test(`SEC9 sign-in and ${where} keep to the policy, and ask nobody else`, async ({ browser }) => {
    const page = await newPage(browser, product.url);
    const faults = faultsOf(page);
    const watched = await watch(page);
    const answer = await page.goto('/dang-nhap');
    const policy = answer?.headers()['content-security-policy'] ?? '';
    expect(policy).not.toContain('unsafe');
    expect(policy).toMatch(/style-src 'self' 'nonce-[\w+/=-]{16,}'/);
    await looksRight(watched);
    await go(page);
    await looksRight(watched);
    expect(watched.strangers).toEqual([]);
    expect(faults).toEqual([]);
  });
}

test('SEC9 two pages never carry the same word', async ({ request }) => {
  const words = new Set<string>();
  for (let count = 0; count < 5; count += 1) {
    const answer = await request.get(`${product.url}/`, { headers: { accept: 'text/html' } });
    const policy = answer.headers()['content-security-policy'] ?? '';
    const word = /style-src [^;]*'nonce-([^']+)'/.exec(policy)?.[1] ?? '';
    expect(await answer.text()).toContain(word);
    expect(answer.headers()['cache-control']).toBe('no-store');
    words.add(word);
  }
  expect(words.size).toBe(5);
});
