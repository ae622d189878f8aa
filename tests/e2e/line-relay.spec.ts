import { type Browser, expect, test } from '@playwright/test';
import { type Relay, relayObstacle, startRelay } from '../support/coturn.ts';
import { narrowLineObstacle } from '../support/narrow-line.ts';
import { freePort } from '../support/product.ts';
import { enterThere, type FarEnd, launchThere, openFarEnd } from './support/far-end.ts';
import { expectVideo, soundPackets } from './support/video.ts';

const obstacle = narrowLineObstacle() ?? relayObstacle();
test.skip(obstacle !== null, obstacle ?? '');
test.describe.configure({ timeout: 240_000 });

const secret = 'what the relay and the server know';

test('behind a firewall that lets neither media port through, picture and sound come by the relay', async () => {
  let farEnd: FarEnd | undefined;
  let relay: Relay | undefined;
  let browser: Browser | undefined;
  try {
    const relayPort = await freePort();
    farEnd = await openFarEnd(1, {
      env: (line) => ({ TURN_URLS: `turn:${line.here}:${relayPort}?transport=tcp`, TURN_SECRET: secret }),
    });
    relay = await startRelay(farEnd.line.here, relayPort, secret);
    farEnd.line.allowOnly([Number(new URL(farEnd.url).port), relayPort]);
    browser = await launchThere(farEnd);
    const page = await enterThere(browser, farEnd);
    await expectVideo(page, 1);
    await expect.poll(() => soundPackets(page)).toBeGreaterThan(20);
    const kinds = await page.evaluate(async () => {
      const kept = Reflect.get(window, 'keptConnections') as RTCPeerConnection[];
      const found = new Set<string>();
      for (const connection of kept) {
        const reports = [...(await connection.getStats()).values()];
        for (const pair of reports) {
          if (pair.type !== 'candidate-pair' || pair.state !== 'succeeded' || !pair.nominated) continue;
          found.add(reports.find(({ id }) => id === pair.localCandidateId)?.candidateType);
        }
      }
      return [...found];
    });
    expect(kinds).toEqual(['relay']);
    expect(relay.output()).toMatch(/ALLOCATE processed, success/);
  } finally {
    await browser?.close();
    await farEnd?.close();
    await relay?.close();
  }
});
