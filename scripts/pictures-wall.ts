/**
 * `node scripts/pictures-wall.ts`: makes the README's picture of the wall, nine cells in session before one superior. The robots'
 * cameras show a test pattern; drawn halls stand in their place on the picture.
 * Needs the built pages (`npm start` or `npm test` makes them) and Chromium.
 */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { currentItem } from '@diemcau/shared/domain/agenda.ts';
import { chromium, type Page } from '@playwright/test';
import { beginEvening, type LiveCell } from '../tests/e2e/support/evening.ts';
import { enterAs, sizes } from '../tests/e2e/support/pages.ts';
import { attendAll, expectTilesMove, openWall } from '../tests/e2e/support/wall.ts';
import { startProduct } from '../tests/support/product.ts';
import { systemBrowser } from './browser-path.mjs';
import { withPalette } from './pictures/palette.ts';
import { drawCamera } from './pictures/scene.ts';
import { root } from './worker-path.mjs';

const cells = 9;

/** Most of the cell is in its hall; of one cell too few, so that the wall has something to say. */
async function fill({ chair, members, sites }: LiveCell, index: number): Promise<void> {
  const [hall] = sites;
  if (!hall) return;
  const share = index === 3 ? 0.3 : 0.8 + (index % 3) * 0.1;
  const attend = members.filter(({ standing }) => standing === 'official' || standing === 'probationary');
  for (const { personId } of attend.slice(1, Math.ceil(attend.length * share))) {
    await chair.give({
      type: 'recordAttendance',
      person: personId,
      entry: { mode: 'onSite', site: hall.id },
    });
  }
  await chair.give({ type: 'completeRollCall' });
  for (let step = 0; step < 2 + (index % 5); step += 1) {
    const state = chair.attendant.client.state.get();
    const current = state && currentItem(state);
    const next = current && state.agenda[state.agenda.indexOf(current) + 1];
    if (next) await chair.give({ type: 'moveAgenda', to: next.id, leaveAs: 'done' });
  }
}

/** Puts a drawn hall in the place of each tile's picture. */
async function drawHalls(page: Page): Promise<void> {
  const tiles = await page.locator('video[data-place="front"]').count();
  for (let index = 0; index < tiles; index += 1) {
    await page.evaluate(drawCamera, {
      kind: 'hall',
      people: 9 + ((index * 5) % 8),
      seed: 11 + index * 13,
      banner: 'SINH HOẠT CHI BỘ',
    } as const);
    await page.evaluate(async (place) => {
      const video = document.querySelectorAll<HTMLVideoElement>('video[data-place="front"]')[place];
      if (video) video.srcObject = await navigator.mediaDevices.getUserMedia({ video: true });
    }, index);
  }
}

const product = await startProduct();
const executablePath = systemBrowser();
const browser = await chromium.launch({
  ...(executablePath === undefined ? {} : { executablePath }),
  chromiumSandbox: process.getuid?.() !== 0,
  args: ['--use-fake-device-for-media-stream', '--use-fake-ui-for-media-stream'],
});
try {
  const evening = await beginEvening(product.url, cells, 1);
  for (const [index, cell] of evening.cells.entries()) await fill(cell, index);
  const context = await browser.newContext({
    baseURL: product.url,
    viewport: sizes.computer,
    locale: 'vi-VN',
    timezoneId: 'Asia/Ho_Chi_Minh',
  });
  const page = await context.newPage();
  await enterAs(page, 'superior');
  await openWall(page);
  await page.getByTestId('grid-size').getByText(`${cells} ô`).click();
  await attendAll(page, cells);
  await expectTilesMove(page, cells);
  await drawHalls(page);
  await page.waitForTimeout(2_000);
  const png = withPalette(await page.screenshot({ type: 'png' }));
  writeFileSync(join(root, 'docs', 'pictures', 'wall.png'), png);
  console.log(`docs/pictures/wall.png  ${Math.ceil(png.length / 1000)} kB`);
  await evening.close();
} finally {
  await browser.close();
  await product.stop();
}
