import type { DemoPart } from '@diemcau/shared/protocol/http.ts';
import {
  type Browser,
  type BrowserContextOptions,
  expect,
  type LaunchOptions,
  type Page,
} from '@playwright/test';

/** Both sizes of SCREENS.md. */
export const sizes = { phone: { width: 360, height: 740 }, computer: { width: 1440, height: 900 } } as const;
export type Size = keyof typeof sizes;

/** A name that is not this computer's own, though it leads there: browsers give such a page no camera over plain HTTP. */
export const elsewhere = 'hop.diemcau.example';

/** @returns the browser's start with cameras of few pictures a second, so that two cores carry four of them. */
export function calmer(options: LaunchOptions): LaunchOptions {
  const args = (options.args ?? []).map((arg) =>
    arg === '--use-fake-device-for-media-stream' ? `${arg}=fps=5` : arg,
  );
  return { ...options, args: [...args, `--host-resolver-rules=MAP ${elsewhere} 127.0.0.1`] };
}

interface Look {
  readonly size?: Size;
  readonly scheme?: 'light' | 'dark';
}

/** @returns a page in a browser of its own, as another person at another device has it. */
export async function newPage(
  browser: Browser,
  url: string,
  { size = 'computer', scheme = 'light' }: Look = {},
): Promise<Page> {
  const options: BrowserContextOptions = {
    baseURL: url,
    viewport: sizes[size],
    colorScheme: scheme,
    reducedMotion: 'reduce',
    ...(size === 'phone' ? { hasTouch: true } : {}),
  };
  const context = await browser.newContext(options);
  await context.addInitScript(keepConnections);
  return context.newPage();
}

/** Keeps the page's media connections where a test can ask them how many pictures they have decoded. */
function keepConnections(): void {
  const kept: RTCPeerConnection[] = [];
  const Original = window.RTCPeerConnection;
  window.RTCPeerConnection = class extends Original {
    constructor(configuration?: RTCConfiguration) {
      super(configuration);
      kept.push(this);
    }
  };
  Object.defineProperty(window, 'keptConnections', { value: kept });
}

/** @returns what goes wrong in the page's own scripts from now on. */
export function faultsOf(page: Page): readonly string[] {
  const faults: string[] = [];
  page.on('pageerror', (error) => faults.push(error.message));
  page.on('console', (message) => {
    if (/caught the following error/.test(message.text())) faults.push(message.text());
  });
  return faults;
}

/** Enters the demonstration with the card of a part; by name where the part has several. */
export async function enterAs(page: Page, part: DemoPart, name = ''): Promise<void> {
  await page.goto('/dang-nhap');
  const group = page.getByTestId(`demo-${part}`);
  const card = group.getByRole('button', { name });
  await expect(group).toBeVisible();
  const more = group.getByRole('button', { name: /^Xem thêm/ });
  if (!(await card.first().isVisible()) && (await more.isVisible())) await more.click();
  await card.first().click();
  await expect(page).not.toHaveURL(/dang-nhap/);
}

/** Signs in with name or telephone and password, as people do whom no card offers. */
export async function signIn(page: Page, login: string, password: string): Promise<void> {
  await page.goto('/dang-nhap');
  await page.getByRole('textbox', { name: /^Họ và tên/ }).fill(login);
  await page.locator('input[type=password]').fill(password);
  await page.locator('input[type=password]').press('Enter');
  await expect(page.getByRole('heading', { level: 1, name: 'Hôm nay' })).toBeVisible();
}

/** With what somebody takes part, as the lobby asks. */
const withMedia = { full: 'Đủ hình và tiếng', data: 'Chỉ biểu quyết và chương trình' } as const;

/** From the home page through the lobby into the room, far away. */
export async function enterRemotely(page: Page, media: keyof typeof withMedia): Promise<void> {
  await page
    .getByRole('link', { name: /^Vào họp/ })
    .first()
    .click();
  await expect(page.getByTestId('lobby')).toBeVisible();
  await page.getByRole('radio', { name: 'Dự trực tuyến' }).click();
  await page.getByRole('radio', { name: withMedia[media] }).click();
  await page.getByTestId('enter').click();
  await expect(page.getByTestId('room')).toBeVisible();
}

/** From the home page through the lobby into the room, as the companion of a hall. */
export async function enterAtSite(page: Page, site: string): Promise<void> {
  await page
    .getByRole('link', { name: /^Vào họp/ })
    .first()
    .click();
  await page.getByRole('radio', { name: site }).click();
  await page.getByTestId('enter').click();
  await expect(page.getByTestId('room')).toBeVisible();
}

/** From a superior's home page into the meeting, openly. */
export async function attendAbove(page: Page, cell: string): Promise<void> {
  await page.getByRole('link', { name: `Dự sinh hoạt ${cell}` }).click();
  await page.getByTestId('enter').click();
  await expect(page.getByTestId('room')).toBeVisible();
}

/** Confirms the question that stands on the page. */
export async function answerQuestion(page: Page, confirm: string): Promise<void> {
  const dialog = page.getByRole('dialog');
  await dialog.getByRole('button', { name: confirm }).click();
  await expect(dialog).toBeHidden();
}

/** With `PICTURES=1` keeps how the page looks in `test-results/pictures`, for people to look at. */
export async function keepPicture(page: Page, name: string): Promise<void> {
  if (process.env.PICTURES === '1') await page.screenshot({ path: `test-results/pictures/${name}.png` });
}
