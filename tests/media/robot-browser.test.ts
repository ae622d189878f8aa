import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { type Browser, chromium, type Page } from '@playwright/test';
import type { DtlsParameters, Producer, RtpCapabilities, WebRtcTransport } from 'mediasoup/types';
import { build } from 'vite';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { systemBrowser } from '../../scripts/browser-path.mjs';
import { type BareSfu, startBareSfu, type WiredRobot, wireRobot } from '../robots/bare-sfu.ts';

/** The page's answer to `decoded()`. */
interface Decoded {
  frames: number;
  width: number;
  loudness: number;
}

let sfu: BareSfu;
let robot: WiredRobot;
let browser: Browser;

/** The page's script as one file. */
async function bundledPage(): Promise<string> {
  const result = await build({
    configFile: false,
    logLevel: 'silent',
    build: {
      write: false,
      minify: false,
      rolldownOptions: { input: fileURLToPath(new URL('./robot-browser-page.js', import.meta.url)) },
    },
  });
  const outputs = Array.isArray(result) ? result : [result];
  for (const bundle of outputs) {
    if (!('output' in bundle)) continue;
    for (const file of bundle.output) if (file.type === 'chunk' && file.isEntry) return file.code;
  }
  throw new Error('the page was not bundled');
}

async function openPage(transport: WebRtcTransport): Promise<{ page: Page; capabilities: RtpCapabilities }> {
  const executablePath = systemBrowser();
  browser = await chromium.launch({
    ...(executablePath ? { executablePath } : {}),
    args: [
      '--no-sandbox',
      '--autoplay-policy=no-user-gesture-required',
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
      '--no-first-run',
    ],
  });
  const page = await browser.newPage();
  await page.exposeFunction('connectOnServer', (dtlsParameters: DtlsParameters) =>
    transport.connect({ dtlsParameters }),
  );
  await page.route('http://localhost/', (route) =>
    route.fulfill({ contentType: 'text/html', body: '<!doctype html><body></body>' }),
  );
  await page.goto('http://localhost/');
  await page.addScriptTag({ type: 'module', content: await bundledPage() });
  await page.waitForFunction('globalThis.decoded !== undefined');
  const capabilities = await page.evaluate<RtpCapabilities>(
    `load(${JSON.stringify(sfu.router.rtpCapabilities)})`,
  );
  const { id, iceParameters, iceCandidates, dtlsParameters } = transport;
  const parameters = { id, iceParameters, iceCandidates, dtlsParameters };
  await page.evaluate(`openTransport(${JSON.stringify(parameters)})`);
  return { page, capabilities };
}

/** Lets the page show a producer; a consumer as the product makes it: paused until the page has it. */
async function showOn(
  page: Page,
  transport: WebRtcTransport,
  rtpCapabilities: RtpCapabilities,
  producer: Producer,
) {
  const consumer = await transport.consume({ producerId: producer.id, rtpCapabilities, paused: true });
  const { id, producerId, kind, rtpParameters } = consumer;
  await page.evaluate(`show(${JSON.stringify({ id, producerId, kind, rtpParameters })})`);
  await consumer.resume();
  return consumer;
}

const decodedOn = (page: Page) => page.evaluate<Decoded>('decoded()');

beforeAll(async () => {
  sfu = await startBareSfu();
  robot = await wireRobot(sfu);
});

afterAll(async () => {
  await browser?.close();
  robot?.media.close();
  sfu?.close();
});

it('a browser decodes a robot, through its loop, through key-frame requests and in each layer, and hears it', async () => {
  const transport = await sfu.createTransport();
  const { page, capabilities } = await openPage(transport);
  await robot.media.startCamera();
  await robot.media.startMicrophone('speaking');
  const [camera, microphone] = [...robot.producers.values()];
  if (!camera || !microphone) throw new Error('the robot has no camera or no microphone');
  const picture = await showOn(page, transport, capabilities, camera);
  await showOn(page, transport, capabilities, microphone);

  // The clip is 5 s long: 6 s hold its seam.
  await sleep(6000);
  const first = await decodedOn(page);
  expect(first.frames).toBeGreaterThan(70);
  expect(first.loudness).toBeGreaterThan(0);

  for (let n = 0; n < 5; n++) {
    await picture.requestKeyFrame();
    await sleep(200);
  }
  const second = await decodedOn(page);
  expect(second.frames - first.frames).toBeGreaterThan(10);

  for (const [spatialLayer, width] of [
    [0, 320],
    [1, 640],
    [2, 1280],
  ] as const) {
    await picture.setPreferredLayers({ spatialLayer });
    await expect.poll(async () => (await decodedOn(page)).width, { timeout: 8000 }).toBe(width);
  }
  const last = await decodedOn(page);
  expect(last.frames).toBeGreaterThan(second.frames);
});
