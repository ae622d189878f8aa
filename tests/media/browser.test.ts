import { setTimeout as sleep } from 'node:timers/promises';
import { asId, type PersonId } from '@diemcau/shared/ids.ts';
import { type Browser, chromium, type Page } from '@playwright/test';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { systemBrowser } from '../../scripts/browser-path.mjs';
import type { Perceived, TestPage } from './page/page.ts';
import { meeting, watchSfu } from './studio.ts';
import { startTestServer, type TestServer } from './test-server.ts';

declare const testPage: TestPage;

const sfu = watchSfu();

let server: TestServer;
let browser: Browser;
let an: Page;
let binh: Page;

const patience = { timeout: 15_000, interval: 200 };

function launch(...more: string[]): Promise<Browser> {
  const executablePath = systemBrowser();
  return chromium.launch({
    ...(executablePath ? { executablePath } : {}),
    args: [
      '--no-sandbox',
      '--autoplay-policy=no-user-gesture-required',
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
      '--no-first-run',
      ...more,
    ],
  });
}

async function enter(person: string): Promise<Page> {
  const page = await browser.newPage();
  page.on('pageerror', (error) => console.error(person, error));
  await page.goto(server.url);
  await page.waitForFunction('globalThis.testPage !== undefined', undefined, { timeout: 30_000 });
  await page.evaluate((name) => testPage.join(name), person);
  return page;
}

const turn = (page: Page, source: 'camera' | 'microphone', to: 'on' | 'off') =>
  page.evaluate(([what, how]) => testPage.turn(what, how), [source, to] as const);

const perceive = (page: Page, person: string, source: string): Promise<Perceived | null> =>
  page.evaluate(([who, what]) => testPage.perceive(who, what), [person, source] as const);

/** How much more of somebody arrives within some time. */
async function gain(page: Page, person: string, source: string, milliseconds = 1_000) {
  const before = await perceive(page, person, source);
  await sleep(milliseconds);
  const after = await perceive(page, person, source);
  return {
    frames: (after?.frames ?? 0) - (before?.frames ?? 0),
    packets: (after?.packets ?? 0) - (before?.packets ?? 0),
  };
}

const sees = (page: Page, person: string) =>
  vi.waitFor(
    async () => expect((await gain(page, person, 'camera', 500)).frames).toBeGreaterThan(2),
    patience,
  );
const hears = (page: Page, person: string) =>
  vi.waitFor(
    async () => expect((await gain(page, person, 'microphone', 500)).packets).toBeGreaterThan(5),
    patience,
  );

beforeAll(async () => {
  server = await startTestServer(2);
  server.engine.setFloor(meeting, { kind: 'free' });
  browser = await launch('--use-fake-device-for-media-stream', '--use-fake-ui-for-media-stream');
  an = await enter('an');
  await turn(an, 'camera', 'on');
  await turn(an, 'microphone', 'on');
  binh = await enter('binh');
  await turn(binh, 'camera', 'on');
  await turn(binh, 'microphone', 'on');
});

afterAll(async () => {
  await browser?.close();
  await server?.close();
});

describe('two browsers in one meeting', () => {
  test('see and hear each other: frames are decoded and packets of sound arrive on both sides', async () => {
    await Promise.all([sees(an, 'binh'), sees(binh, 'an'), hears(an, 'binh'), hears(binh, 'an')]);
    expect(await an.evaluate(() => testPage.state())).toBe('{"kind":"live"}');
    await vi.waitFor(
      async () => expect(['an', 'binh']).toContain(await an.evaluate(() => testPage.speaker())),
      // The fake microphones beep once a second, on a busy machine now and then.
      { timeout: 45_000, interval: 100 },
    );
  });

  test('the layer follows the size of the tile, and a picture off screen is not sent', async () => {
    const widthAt = async (width: number, height: number, expected: number) => {
      await binh.evaluate(([w, h]) => testPage.resize(w, h), [width, height] as const);
      await vi.waitFor(
        async () => expect((await perceive(binh, 'an', 'camera'))?.width).toBe(expected),
        patience,
      );
    };
    await widthAt(200, 112, 240);
    await widthAt(500, 281, 480);
    await binh.evaluate(() => testPage.hide());
    await vi.waitFor(async () => expect((await gain(binh, 'an', 'camera')).packets).toBe(0), patience);
    await widthAt(200, 112, 240);
    await sees(binh, 'an');
  });

  test('SPK3 without the floor the sound stops at the server and the picture runs on', async () => {
    server.engine.setFloor(meeting, { kind: 'restricted', persons: [asId<PersonId>('binh')], sites: [] });
    await vi.waitFor(
      async () =>
        expect(await perceive(binh, 'an', 'microphone')).toMatchObject({ held: true, muted: false }),
      patience,
    );
    await sleep(300);
    expect((await gain(binh, 'an', 'microphone')).packets).toBe(0);
    expect(await an.evaluate(() => testPage.ownHeld())).toEqual(['microphone']);
    await sees(binh, 'an');
    await hears(an, 'binh');
    server.engine.setFloor(meeting, { kind: 'free' });
    await hears(binh, 'an');
    expect(await an.evaluate(() => testPage.ownHeld())).toEqual([]);
  });

  test('a muted microphone says so, and comes back; a camera turned off is gone', async () => {
    await turn(an, 'microphone', 'off');
    await vi.waitFor(
      async () =>
        expect(await perceive(binh, 'an', 'microphone')).toMatchObject({ held: false, muted: true }),
      patience,
    );
    await turn(an, 'microphone', 'on');
    await hears(binh, 'an');
    await turn(an, 'camera', 'off');
    await vi.waitFor(async () => expect(await perceive(binh, 'an', 'camera')).toBeNull(), patience);
    await turn(an, 'camera', 'on');
    await sees(binh, 'an');
  });
});

describe('when media break', () => {
  test('a worker killed: media come back by themselves, without a word to the page', async () => {
    const victim = server.engine.workers.find((worker) => worker.load > 0)?.pid ?? 0;
    await an.evaluate(() => testPage.states());
    process.kill(victim, 'SIGKILL');
    await vi.waitFor(
      async () =>
        expect(await an.evaluate(() => testPage.states())).toContain(
          '{"kind":"recovering","reason":"workerDied"}',
        ),
      patience,
    );
    await Promise.all([sees(an, 'binh'), sees(binh, 'an'), hears(an, 'binh'), hears(binh, 'an')]);
    await vi.waitFor(
      async () => expect(await an.evaluate(() => testPage.state())).toBe('{"kind":"live"}'),
      patience,
    );
  });

  test('a path through the network that died is replaced', async () => {
    await binh.evaluate(() => testPage.states());
    for (const transport of sfu.transports) if (!transport.closed) transport.close();
    await vi.waitFor(
      async () =>
        expect(await binh.evaluate(() => testPage.states())).toContain(
          '{"kind":"recovering","reason":"transportFailed"}',
        ),
      { timeout: 40_000, interval: 500 },
    );
    await vi.waitFor(() => Promise.all([sees(an, 'binh'), sees(binh, 'an')]), { timeout: 40_000 });
  });

  test('who leaves is gone at once', async () => {
    await an.close();
    await vi.waitFor(async () => expect(await perceive(binh, 'an', 'camera')).toBeNull(), patience);
  });
});

describe('a device that is not to be had', () => {
  test('is a closed reason, and no error', async () => {
    const bare = await launch('--use-fake-ui-for-media-stream');
    try {
      const page = await bare.newPage();
      await page.goto(server.url);
      await page.waitForFunction('globalThis.testPage !== undefined');
      await turn(page, 'camera', 'on');
      expect(await page.evaluate(() => testPage.fault('camera'))).toBe('noDevice');
    } finally {
      await bare.close();
    }
  });
});
