/**
 * `node scripts/pictures.ts`: makes the README's two pictures from a demonstration of its own, with a crowd and drawn cameras.
 * Needs the built pages (`npm start` or `npm test` makes them) and Chromium.
 */
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { currentItem } from '@diemcau/shared/domain/agenda.ts';
import { type Browser, chromium, type Page } from '@playwright/test';
import { demoCell, isOrdinary } from '../tests/e2e/support/demo-cell.ts';
import { OwnHand } from '../tests/e2e/support/own-hand.ts';
import { attendAbove, enterAs, enterRemotely, type Size, sizes } from '../tests/e2e/support/pages.ts';
import { startCrowd } from '../tests/robots/crowd/crowd.ts';
import { openDemoDoor } from '../tests/robots/crowd/demo-door.ts';
import { speaker } from '../tests/robots/crowd/texts.ts';
import { startProduct } from '../tests/support/product.ts';
import { systemBrowser } from './browser-path.mjs';
import { withPalette } from './pictures/palette.ts';
import { drawCamera, type Scene } from './pictures/scene.ts';
import { root } from './worker-path.mjs';

const folder = join(root, 'docs', 'pictures');
const question = 'Thông qua nghị quyết tháng: hoàn thành đường bê tông xóm Khuổi Mạ trước ngày 15/12';

async function open(browser: Browser, url: string, size: Size, scene: Scene): Promise<Page> {
  const context = await browser.newContext({
    baseURL: url,
    viewport: sizes[size],
    locale: 'vi-VN',
    timezoneId: 'Asia/Ho_Chi_Minh',
    permissions: ['camera', 'microphone'],
  });
  await context.addInitScript(drawCamera, scene);
  return context.newPage();
}

async function keep(page: Page, name: string): Promise<void> {
  const png = withPalette(await page.screenshot({ type: 'png' }));
  writeFileSync(join(folder, `${name}.png`), png);
  console.log(`docs/pictures/${name}.png  ${Math.ceil(png.length / 1000)} kB`);
}

const product = await startProduct();
const executablePath = systemBrowser();
const browser = await chromium.launch({
  ...(executablePath === undefined ? {} : { executablePath }),
  chromiumSandbox: process.getuid?.() !== 0,
  args: [
    '--use-fake-device-for-media-stream',
    '--use-fake-ui-for-media-stream',
    '--autoplay-policy=no-user-gesture-required',
  ],
});
try {
  const { url } = product;
  const cell = await demoCell(url);
  const [secretary] = cell.take(1, ({ office }) => office === 'cellSecretary');
  const [minutesClerk] = cell.take(1, ({ isClerk }) => isClerk);
  const committee = cell.take(2, ({ office }) => office !== null);
  const leaders = cell.take(3, ({ groupOffice }) => groupOffice === 'groupLeader');
  const [member] = cell.take(1, isOrdinary);
  if (!secretary || !minutesClerk || !member) throw new Error('the cell is too small');
  const halls = [
    [secretary, ...committee, ...cell.take(4, ({ standing }) => standing !== 'temporaryOut')],
    [...leaders.slice(1), ...cell.take(3, ({ standing }) => standing === 'official')],
    [...leaders.slice(0, 1), ...cell.take(2, ({ standing }) => standing === 'official')],
  ];
  const terminals = [];
  for (const [index, people] of halls.entries()) {
    const site = cell.sites[index];
    if (!site) throw new Error('the cell has too few sites');
    const scene = {
      kind: 'hall',
      people: people.length,
      seed: 7 + index,
      banner: 'SINH HOẠT CHI BỘ',
    } as const;
    const terminal = await open(browser, url, 'computer', scene);
    await enterAs(terminal, 'terminal', site.name);
    for (const { name } of people)
      await terminal.getByRole('button', { name: `Điểm danh ${name}`, exact: true }).click();
    terminals.push(terminal);
  }
  const person = (seed: number): Scene => ({ kind: 'person', people: 1, seed, banner: '' });
  const superior = await open(browser, url, 'computer', person(23));
  await enterAs(superior, 'superior');
  await attendAbove(superior, cell.name);
  const phone = await open(browser, url, 'phone', person(31));
  await enterAs(phone, 'member', member.name);
  await enterRemotely(phone, 'full');
  const clerk = await open(browser, url, 'computer', person(47));
  await enterAs(clerk, 'clerk');
  await enterRemotely(clerk, 'full');
  const chair = await OwnHand.of(url, cell.meetingId, secretary.personId);
  await chair.join();
  await chair.give({ type: 'openMeeting' });
  for (const terminal of terminals) await terminal.getByTestId('confirm-roll').click();
  const say = speaker('vi');
  const crowd = await startCrowd(openDemoDoor(url, 'vi', say), {
    members: 6,
    layers: 1,
    random: Math.random,
    pace: 0.2,
    tell: () => {},
  });
  while (crowd.figures().inside < crowd.robots.length) await clerk.waitForTimeout(200);
  const state = () => chair.attendant.client.state.get();
  await clerk.waitForTimeout(1_000);
  await chair.give({ type: 'completeRollCall' });
  for (;;) {
    const meeting = state();
    const current = meeting && currentItem(meeting);
    if (!meeting || !current || current.kind === 'conclusion') break;
    const next = meeting.agenda[meeting.agenda.indexOf(current) + 1];
    await chair.give({ type: 'moveAgenda', to: next?.id ?? null, leaveAs: 'done' });
  }
  await chair.give({
    type: 'openVote',
    item: state()?.agenda.find(({ kind }) => kind === 'conclusion')?.id ?? null,
    question,
    rule: 'resolution',
    purpose: 'motion',
    despiteWaiting: true,
  });
  const [main, second] = terminals;
  for (const { name } of committee) {
    await main?.getByTestId('hall-elector').filter({ hasText: name }).click();
    await main?.getByTestId('hall-pick').getByTestId('choice-inFavour').click();
  }
  await second?.getByTestId('count-inFavour').fill('5');
  await second?.getByTestId('count-send').click();
  await phone.getByTestId('choice-inFavour').click();
  await phone.getByTestId('receipt').waitFor();
  await clerk.getByTestId('choice-inFavour').click();
  await clerk.waitForTimeout(6_000);
  mkdirSync(folder, { recursive: true });
  await keep(clerk, 'room');
  await keep(phone, 'phone');
  await crowd.stop();
  await chair.close();
} finally {
  await browser.close();
  await product.stop();
}
