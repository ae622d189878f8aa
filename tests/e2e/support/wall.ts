import type { MeetingId } from '@diemcau/shared/ids.ts';
import type { WallBatch } from '@diemcau/shared/protocol/wall.ts';
import { expect, type Locator, type Page } from '@playwright/test';
import { answerQuestion } from './pages.ts';

/** From a superior's home page onto the wall. */
export async function openWall(page: Page): Promise<void> {
  await page.getByTestId('open-wall').click();
  await expect(page.getByTestId('wall')).toBeVisible();
}

/** The tile of a meeting; on a phone its row. */
export function tileOf(page: Page, meetingId: MeetingId): Locator {
  return page.getByTestId(`wall-tile-${meetingId}`);
}

/** Attends all cells in session, after the question that says who will see it. */
export async function attendAll(page: Page, count: number): Promise<void> {
  await page.getByTestId('attend-all').click();
  await answerQuestion(page, 'Dự công khai');
  await expect(page.getByTestId('wall-attending')).toContainText(
    `Đồng chí đang dự công khai tại ${count} chi bộ`,
  );
}

/** @returns how many pictures each tile's own `<video>` has put on the screen, by tile. */
export function tileFrames(page: Page): Promise<Record<string, number>> {
  return page.evaluate(() => {
    const frames: Record<string, number> = {};
    for (const tile of document.querySelectorAll<HTMLElement>('[data-testid^="wall-tile-"]')) {
      const video = tile.querySelector<HTMLVideoElement>('video[data-place="front"]');
      frames[tile.dataset.testid ?? ''] = video?.getVideoPlaybackQuality().totalVideoFrames ?? 0;
    }
    return frames;
  });
}

/** Waits until at least so many tiles each draw further pictures; those off the screen rest. */
export async function expectTilesMove(page: Page, count: number): Promise<void> {
  const before = await tileFrames(page);
  await expect
    .poll(
      async () => {
        const now = await tileFrames(page);
        return Object.keys(now).filter((tile) => (now[tile] ?? 0) >= (before[tile] ?? 0) + 3).length;
      },
      { message: 'tiles whose pictures move', timeout: 60_000 },
    )
    .toBeGreaterThanOrEqual(count);
}

/** @returns the ICE/DTLS transports by which the page receives pictures or sound, in the browser's own statistics. */
export function receivingTransports(page: Page): Promise<number> {
  return page.evaluate(async () => {
    const kept = Reflect.get(window, 'keptConnections') as RTCPeerConnection[];
    const transports = new Set<string>();
    for (const [index, connection] of kept.entries()) {
      if (connection.connectionState === 'closed') continue;
      for (const report of (await connection.getStats()).values()) {
        if (report.type === 'inbound-rtp' && report.packetsReceived > 0)
          transports.add(`${index} ${report.transportId}`);
      }
    }
    return transports.size;
  });
}

/** @returns the energy of all sound that the page has received. */
export function soundEnergy(page: Page): Promise<number> {
  return page.evaluate(async () => {
    const kept = Reflect.get(window, 'keptConnections') as RTCPeerConnection[];
    let energy = 0;
    for (const connection of kept) {
      if (connection.connectionState === 'closed') continue;
      for (const report of (await connection.getStats()).values()) {
        if (report.type === 'inbound-rtp' && report.kind === 'audio') energy += report.totalAudioEnergy ?? 0;
      }
    }
    return energy;
  });
}

/**
 * Stands in the page's line to the server; everything passes.
 * @returns a function that says something to the page as the server would.
 */
export async function overhear(page: Page): Promise<(batch: WallBatch) => void> {
  let say: ((text: string) => void) | null = null;
  await page.routeWebSocket(/\/socket\.io\//, (line) => {
    line.connectToServer();
    say = (text) => line.send(text);
  });
  return (batch) => {
    if (say === null) throw new Error('the page has no line');
    say(`42${JSON.stringify(['wall', batch])}`);
  };
}
