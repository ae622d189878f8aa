import { setTimeout as sleep } from 'node:timers/promises';
import type { MeetingId } from '@diemcau/shared/ids.ts';
import { type Browser, chromium, type Page } from '@playwright/test';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { systemBrowser } from '../../scripts/browser-path.mjs';
import { MediasoupEngine } from '../../server/src/media/engine.ts';
import type { MeetingRoom } from '../../server/src/meeting/room.ts';
import type { RobotMedia } from '../robots/robot-media.ts';
import { as, done } from '../server/support/rooms.ts';
import { bundledPage } from '../support/bundled-page.ts';
import { openWallHall, superior, type WallHall } from '../support/wall-hall.ts';
import type { WallPage } from '../support/wall-page/page.ts';
import { HallLine } from '../support/wall-robots.ts';
import { mediaConfig, quiet, watchSfu } from './studio.ts';

declare const wallPage: WallPage;

const sfu = watchSfu();
const patience = { timeout: 20_000, interval: 200 };
const size = { width: 300, height: 169 };

let hall: WallHall;
let members: HallLine;
let browser: Browser;
let page: Page;
const robots: RobotMedia[] = [];
const meetings = () => hall.rooms.map(({ meetingId }) => meetingId);
const room = (index: number) => hall.rooms[index] as MeetingRoom;

function launch(): Promise<Browser> {
  const executablePath = systemBrowser();
  return chromium.launch({
    ...(executablePath ? { executablePath } : {}),
    args: [
      '--no-sandbox',
      '--autoplay-policy=no-user-gesture-required',
      '--use-fake-device-for-media-stream',
      '--use-fake-ui-for-media-stream',
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
      '--no-first-run',
    ],
  });
}

async function enter(person: string): Promise<Page> {
  const opened = await browser.newPage({ viewport: { width: 1280, height: 720 } });
  opened.on('pageerror', (error) => console.error(person, error));
  await opened.goto(`${hall.url}?person=${person}`);
  await opened.waitForFunction('globalThis.wallPage !== undefined', undefined, { timeout: 30_000 });
  return opened;
}

const frames = () => page.evaluate(() => wallPage.frames());
const statistics = () => page.evaluate(() => wallPage.statistics());

/** How many frames more each tile has shown after some time. */
async function gains(milliseconds: number): Promise<Record<string, number>> {
  const before = await frames();
  await sleep(milliseconds);
  const after = await frames();
  return Object.fromEntries(Object.entries(after).map(([id, count]) => [id, count - (before[id] ?? 0)]));
}

const moving = (ids: readonly string[]) =>
  vi.waitFor(async () => {
    const gained = await gains(700);
    for (const id of ids) expect(gained[id] ?? 0).toBeGreaterThan(2);
  }, patience);

beforeAll(async () => {
  const engine = await MediasoupEngine.start(mediaConfig(3), quiet);
  const script = await bundledPage(new URL('../support/wall-page/page.ts', import.meta.url));
  hall = await openWallHall({ engine, meetings: 12, page: script });
  members = new HallLine(hall.url);
  for (const meetingId of meetings()) robots.push(await members.member(meetingId, 'chair', 2));
  browser = await launch();
  page = await enter('superior');
});
afterAll(async () => {
  await browser?.close();
  for (const robot of robots) robot.close();
  members?.close();
  await hall?.close();
  await hall?.engine.close();
});

describe('SUP1 one superior on twelve live meetings', () => {
  test('SUP1 each tile decodes frames, over one receiving ICE/DTLS transport, from meetings on several workers', async () => {
    await page.evaluate(([ids, box]) => wallPage.prepare('wall', ids, box), [meetings(), size] as const);
    await page.click('#go');
    await vi.waitFor(
      async () => expect(Object.keys(await page.evaluate(() => wallPage.firstFrames()))).toHaveLength(12),
      patience,
    );
    await moving(meetings());
    const { transports, tiles } = await statistics();
    expect(transports).toBe(1);
    expect(await page.evaluate(() => wallPage.peerConnections())).toBe(1);
    expect(Object.values(tiles).map(({ framesDecoded }) => framesDecoded > 2)).toEqual(Array(12).fill(true));
    const workers = new Set(
      [...sfu.producers.values()]
        .filter(({ closed, kind }) => !closed && kind === 'video')
        .map(({ id }) => sfu.pids.get(id)),
    );
    expect(workers.size).toBe(3);
    for (const { state } of hall.rooms) expect(Object.keys(state.superiors)).toEqual(['superior']);
  });

  test('tiles off the screen stop within a second, and come back', async () => {
    const [first = '', ...others] = meetings();
    await page.evaluate(([ids, box]) => wallPage.see(ids, box), [[first], size] as const);
    await sleep(1_000);
    const before = await statistics();
    await sleep(700);
    const after = await statistics();
    const gained = (id: string) =>
      (after.tiles[id]?.framesDecoded ?? 0) - (before.tiles[id]?.framesDecoded ?? 0);
    expect(others.map(gained)).toEqual(others.map(() => 0));
    expect(gained(first)).toBeGreaterThan(2);
    await page.evaluate(([ids, box]) => wallPage.see(ids, box), [meetings(), size] as const);
    await moving(meetings());
  });

  test('the layer follows the pixels', async () => {
    const [first = ''] = meetings();
    const widthAt = (width: number, expected: number) =>
      vi.waitFor(async () => {
        await page.evaluate(([ids, w]) => wallPage.see(ids, { width: w, height: (w * 9) / 16 }), [
          [first],
          width,
        ] as const);
        expect((await statistics()).tiles[first]?.width).toBe(expected);
      }, patience);
    await widthAt(600, 640);
    await widthAt(280, 320);
    await page.evaluate(([ids, box]) => wallPage.see(ids, box), [meetings(), size] as const);
  });

  test('a tile follows the speaker without standing empty', async () => {
    const { meetingId } = room(3);
    robots.push(await members.member(meetingId, 'an', 2));
    const owner = async () => (await page.evaluate(() => wallPage.owners()))[meetingId];
    expect(await owner()).toBe('chair');
    await done(room(3), as('an'), { type: 'askToSpeak', kind: 'speech' });
    const request = room(3).state.speaking.queue.at(-1)?.id;
    if (request === undefined) throw new Error('nobody asked');
    await done(room(3), as('chair'), { type: 'grantFloor', request, seconds: 300 });
    await vi.waitFor(async () => expect(await owner()).toBe('an'), patience);
    await moving([meetingId]);
    await done(room(3), as('chair'), { type: 'endSpeech', request });
    await vi.waitFor(async () => expect(await owner()).toBe('chair'), patience);
    await moving([meetingId]);
    expect(await page.evaluate(() => wallPage.gaps())).toBe(0);
  });

  test('SUP1 SPK3 speaking in one meeting: members there hear it, others don’t, and the other tiles go on', async () => {
    const [there, elsewhere] = [room(0), room(1)];
    await there.submit(superior('superior'), null, { type: 'askToSpeak', kind: 'speech' });
    const request = there.state.speaking.queue.at(-1)?.id;
    if (request === undefined) throw new Error('nobody asked');
    await done(there, as('chair'), { type: 'grantFloor', request, seconds: 300 });
    const earlier = new Set(sfu.producers.keys());
    const producer = vi.waitFor(() => {
      const found = [...sfu.producers.values()].find(
        ({ id, kind, closed }) => kind === 'audio' && !closed && !earlier.has(id),
      );
      if (found === undefined) throw new Error('nobody speaks');
      return found.id;
    }, patience);
    await page.evaluate((id) => wallPage.speak(id), there.meetingId);
    const producerId = await producer;
    const member = await enter('an');
    const hear = (meetingId: MeetingId) =>
      member.evaluate(([id, track]) => wallPage.hear(id, [track]), [meetingId, producerId] as const);
    const hearings = [await hear(there.meetingId), await hear(elsewhere.meetingId)];
    const energy = () =>
      Promise.all(hearings.map((hearing) => member.evaluate((which) => wallPage.heard(which), hearing)));
    await vi.waitFor(async () => expect((await energy())[0]).toBeGreaterThan(0), patience);
    expect((await energy())[1]).toBe(0);
    await moving(meetings());
    expect((await statistics()).transports).toBe(1);
    expect(await page.evaluate(() => wallPage.peerConnections())).toBe(2);
    await done(there, as('chair'), { type: 'endSpeech', request });
    await sleep(500);
    const [before = 0] = await energy();
    await sleep(2_500);
    // What the browser puts in place of missing sound is not quite nothing; a beep is a hundred thousand times that.
    expect((await energy())[0]).toBeLessThan(before + 0.001);
    await member.close();
  });

  test('sound in focus is heard, of that meeting alone', async () => {
    const { meetingId } = room(2);
    await robots[2]?.startMicrophone('speaking');
    expect((await statistics()).soundEnergy).toBe(0);
    await page.evaluate((id) => wallPage.listen(id), meetingId);
    await vi.waitFor(async () => expect((await statistics()).soundEnergy).toBeGreaterThan(0), patience);
    await page.evaluate(() => wallPage.listen(null));
    await vi.waitFor(async () => expect((await statistics()).soundEnergy).toBe(0), patience);
  });

  test('an attendance that ends takes the picture away, and says so', async () => {
    const { meetingId } = room(5);
    await room(5).submit(superior('superior'), null, { type: 'leaveAsSuperior' });
    await vi.waitFor(
      async () => expect((await page.evaluate(() => wallPage.absences()))[meetingId]).toBe('left'),
      patience,
    );
    expect((await page.evaluate(() => wallPage.owners()))[meetingId]).toBeNull();
    await room(5).submit(superior('superior'), null, { type: 'attendAsSuperior' });
    await moving([meetingId]);
  });

  test('the wall’s worker dies: every picture comes back by itself', async () => {
    const wall = sfu.routers.filter(({ closed }) => !closed).at(-1);
    process.kill(sfu.pids.get(wall?.id ?? '') ?? 0, 'SIGKILL');
    await vi.waitFor(
      async () => expect(await page.evaluate(() => wallPage.state())).toBe('{"kind":"live"}'),
      patience,
    );
    const beside = new Set([...sfu.producers.values()].filter(({ closed }) => !closed).map(({ id }) => id));
    expect(beside.size).toBeGreaterThan(0);
    await vi.waitFor(async () => {
      const gained = Object.values(await gains(700)).filter((count) => count > 2);
      expect(gained.length).toBeGreaterThanOrEqual(6);
    }, patience);
    expect((await statistics()).transports).toBe(1);
  });
});
