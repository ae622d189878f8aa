import { expect, type Page, test } from '@playwright/test';
import { type FirefoxPage, firefoxObstacle, openFirefox } from '../support/bidi.ts';
import { attend, enter, give, makeCell, memberPassword, openVote } from '../support/members.ts';
import { firstCodeOf, type Product, startProduct } from '../support/product.ts';
import { calmer, enterRemotely, newPage, signIn } from './support/pages.ts';
import { expectVideo } from './support/video.ts';

const obstacle = firefoxObstacle();
test.skip(obstacle !== null, obstacle ?? '');
test.use({ launchOptions: ({ launchOptions }, use) => use(calmer(launchOptions)) });
test.describe.configure({ timeout: 240_000 });

/** Keeps the page's media connections where a test can ask them; before the page's own scripts have made one. */
const keepConnections = `(() => {
  if (window.keptConnections) return true;
  const Original = window.RTCPeerConnection;
  window.keptConnections = [];
  window.RTCPeerConnection = class extends Original {
    constructor(configuration) { super(configuration); window.keptConnections.push(this); }
  };
  return true;
})()`;

const decoded = `(async () => {
  let frames = 0;
  for (const connection of window.keptConnections) {
    if (connection.connectionState === 'closed') continue;
    for (const report of (await connection.getStats()).values())
      if (report.type === 'inbound-rtp' && report.kind === 'video') frames += report.framesDecoded ?? 0;
  }
  return frames;
})()`;

const exists = (selector: string) => `document.querySelector(${JSON.stringify(selector)}) !== null`;
const click = (selector: string) => `(document.querySelector(${JSON.stringify(selector)}).click(), true)`;
const label = (text: string) =>
  `[...document.querySelectorAll('label, [role=radio], a, button')].find((one) => one.textContent.trim().startsWith(${JSON.stringify(text)}))`;

/** React hears of a field only by the setter of the element itself. */
const fill = (selector: string, text: string) => `(() => {
  const field = document.querySelector(${JSON.stringify(selector)});
  Object.getOwnPropertyDescriptor(HTMLInputElement.prototype, 'value').set.call(field, ${JSON.stringify(text)});
  field.dispatchEvent(new Event('input', { bubbles: true }));
  return true;
})()`;

async function enterInFirefox(firefox: FirefoxPage, url: string, login: string): Promise<void> {
  await firefox.goto(`${url}/dang-nhap`);
  await firefox.until('the sign-in page', exists('input[type=password]'), 60_000);
  await firefox.evaluate(keepConnections);
  await firefox.evaluate(fill('form input:not([type=password])', login));
  await firefox.evaluate(fill('input[type=password]', memberPassword));
  await firefox.evaluate(click('form button[type=submit]'));
  await firefox.until('the way into the meeting', `${label('Vào họp')} !== undefined`);
  await firefox.evaluate(`(${label('Vào họp')}.click(), true)`);
  await firefox.until('the lobby', exists('[data-testid=lobby]'));
  await firefox.evaluate(`(${label('Dự trực tuyến')}.click(), true)`);
  await firefox.evaluate(`(${label('Đủ hình và tiếng')}.click(), true)`);
  await firefox.until('the button', exists('[data-testid=enter]:not([disabled])'));
  await firefox.evaluate(click('[data-testid=enter]'));
  await firefox.until('the room', exists('[data-testid=room]'));
}

test('Firefox and Chromium hold a meeting: each decodes the other’s pictures, and both vote', async ({
  browser,
}) => {
  let product: Product | undefined;
  let firefox: FirefoxPage | undefined;
  try {
    // Firefox gathers no addresses of loopback: media has to be on another one too.
    product = await startProduct({ DEMO: '0', HOST: '0.0.0.0' });
    const cell = await makeCell(product, firstCodeOf(product), 3);
    const [first, , third] = cell.members;
    const chair = attend(product.url, first?.token ?? '', cell.meetingId);
    await enter(chair, null);
    await give(chair, { type: 'summonMeeting' });
    await give(chair, { type: 'checkIn', place: { mode: 'remote' } });
    await give(chair, { type: 'openMeeting' });
    await give(chair, { type: 'completeRollCall' });
    const page: Page = await newPage(browser, product.url);
    await signIn(page, cell.members[1]?.login ?? '', memberPassword);
    await enterRemotely(page, 'full');
    firefox = await openFirefox();
    await enterInFirefox(firefox, product.url, third?.login ?? '');
    await expectVideo(page, 1);
    const before = Number(await firefox.evaluate(decoded));
    await firefox.until(
      'pictures of the other engine',
      `${decoded}.then((frames) => frames > ${before + 10})`,
      60_000,
    );
    await openVote(chair);
    await firefox.until('the vote', exists('[data-testid=choice-inFavour]'));
    await firefox.evaluate(click('[data-testid=choice-inFavour]'));
    await firefox.until('the record of the mark', exists('[data-testid=mark-recorded]'));
    await page.getByTestId('choice-against').click();
    await expect(page.getByTestId('mark-recorded')).toContainText('Đã ghi nhận');
    chair.connection.close();
  } finally {
    await firefox?.close();
    await product?.stop();
  }
});
