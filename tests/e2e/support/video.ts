import { expect, type Page } from '@playwright/test';

/** The SFU tries a line's width with a stream of its own that carries no picture. */
const probationSsrc = 1234;

/** @returns for each camera that the page receives, by its stream, how many pictures have been decoded. */
export async function decodedFrames(page: Page): Promise<ReadonlyMap<string, number>> {
  const frames = await page.evaluate(async (probation) => {
    const kept = Reflect.get(window, 'keptConnections') as RTCPeerConnection[];
    const found: [string, number][] = [];
    for (const connection of kept) {
      if (connection.connectionState === 'closed') continue;
      for (const report of (await connection.getStats()).values()) {
        if (report.type !== 'inbound-rtp' || report.kind !== 'video' || report.ssrc === probation) continue;
        found.push([`${kept.indexOf(connection)}:${report.ssrc}`, report.framesDecoded ?? 0]);
      }
    }
    return found;
  }, probationSsrc);
  return new Map(frames);
}

/** Waits until the page decodes pictures of so many cameras, each of them moving on while one looks. */
export async function expectVideo(page: Page, cameras: number, timeout = 60_000): Promise<void> {
  const before = await decodedFrames(page);
  await expect
    .poll(
      async () => {
        const now = await decodedFrames(page);
        return [...now].filter(([stream, frames]) => frames >= (before.get(stream) ?? 0) + 3).length;
      },
      { message: 'cameras whose pictures are decoded', timeout },
    )
    .toBeGreaterThanOrEqual(cameras);
}

/** @returns how many packets of sound the page has received. */
export function soundPackets(page: Page): Promise<number> {
  return page.evaluate(async () => {
    const kept = Reflect.get(window, 'keptConnections') as RTCPeerConnection[];
    let packets = 0;
    for (const connection of kept) {
      if (connection.connectionState === 'closed') continue;
      for (const report of (await connection.getStats()).values()) {
        if (report.type === 'inbound-rtp' && report.kind === 'audio') packets += report.packetsReceived ?? 0;
      }
    }
    return packets;
  });
}
