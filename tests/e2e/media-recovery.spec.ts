import { execFileSync } from 'node:child_process';
import { expect, type Page, test } from '@playwright/test';
import { type MediaMeeting, openMeeting, remoteMember } from './support/media-meeting.ts';
import { calmer, faultsOf } from './support/pages.ts';
import { decodedFrames, expectVideo } from './support/video.ts';

test.use({ launchOptions: ({ launchOptions }, use) => use(calmer(launchOptions)) });

test.describe.configure({ mode: 'serial', timeout: 180_000 });

let meeting: MediaMeeting;
let remote: Page;
let member: Awaited<ReturnType<typeof remoteMember>>['member'];

test.beforeAll(async ({ browser }) => {
  meeting = await openMeeting(browser);
  ({ page: remote, member } = await remoteMember(browser, meeting));
  await remote.evaluate(() => Object.assign(window, { notReloaded: true }));
});

test.afterAll(async () => {
  await remote.context().close();
  await meeting.close();
});

const isSamePage = () => remote.evaluate(() => Reflect.get(window, 'notReloaded') === true);

/** @returns the process ids of the server's SFU workers. */
function workers(): readonly number[] {
  const listed = execFileSync('ps', ['-o', 'pid=,args=', '--ppid', String(meeting.product.pid)], {
    encoding: 'utf8',
  });
  return listed
    .split('\n')
    .filter((line) => line.includes('mediasoup-worker'))
    .map((line) => Number.parseInt(line, 10));
}

test('a dead worker: governance goes on at once, picture and sound come back by themselves', async () => {
  const faults = faultsOf(remote);
  await expectVideo(remote, 1);
  const [worker] = workers();
  if (worker === undefined) throw new Error('no worker runs');
  process.kill(worker, 'SIGKILL');
  // Nobody waits for media: the chair moves the programme, and it is on the screen.
  await meeting.chair.give({ type: 'setFreeDiscussion', state: 'on' });
  await expect(remote.getByText('Thảo luận tự do').first()).toBeVisible({ timeout: 5_000 });
  await expectVideo(remote, 1, 20_000);
  await expectVideo(meeting.hall, 1, 20_000);
  await expect(remote.getByTestId('media-banner')).toBeHidden();
  expect(workers()).not.toContain(worker);
  expect(await isSamePage()).toBe(true);
  expect(faults).toEqual([]);
});

test('another network: new addresses are tried at once, and nothing is interrupted', async () => {
  const restarts = () =>
    remote.evaluate(() => {
      const kept = Reflect.get(window, 'keptConnections') as RTCPeerConnection[];
      const open = kept.filter(({ connectionState }) => connectionState !== 'closed');
      return open.map(({ remoteDescription }) => /ice-ufrag:(\S+)/.exec(remoteDescription?.sdp ?? '')?.[1]);
    });
  const before = await restarts();
  expect(before.length).toBeGreaterThan(0);
  await remote.evaluate(() => window.dispatchEvent(new Event('online')));
  await expect
    .poll(async () => (await restarts()).every((ufrag, index) => ufrag !== before[index]), {
      timeout: 10_000,
    })
    .toBe(true);
  await expectVideo(remote, 1, 10_000);
  await expect(remote.getByTestId('media-banner')).toBeHidden();
  await expect(remote.getByTestId('connection')).toHaveText('Đã kết nối');
});

test('a page that comes back to the front asks at once what it has missed', async () => {
  const asked = () =>
    remote.evaluate(() => {
      const seen = Reflect.get(window, 'sentFrames');
      return Array.isArray(seen) ? seen.filter((frame) => String(frame).includes('catchUp')).length : 0;
    });
  await remote.evaluate(() => {
    const sent: unknown[] = [];
    Object.assign(window, { sentFrames: sent });
    const own = WebSocket.prototype.send;
    WebSocket.prototype.send = function send(this: WebSocket, data: Parameters<WebSocket['send']>[0]) {
      sent.push(data);
      return own.call(this, data);
    };
    document.dispatchEvent(new Event('visibilitychange'));
  });
  await expect.poll(asked).toBeGreaterThan(0);
});

test('a socket that is cut off alone: pictures go on, over the same connections', async () => {
  const open = () =>
    remote.evaluate(() => {
      const kept = Reflect.get(window, 'keptConnections') as RTCPeerConnection[];
      return kept.flatMap(({ connectionState }, index) => (connectionState === 'closed' ? [] : [index]));
    });
  const before = { connections: await open(), streams: [...(await decodedFrames(remote)).keys()] };
  await remote.evaluate(() => {
    const own = WebSocket.prototype.send;
    WebSocket.prototype.send = function send() {
      WebSocket.prototype.send = own;
      this.close();
    };
    document.dispatchEvent(new Event('visibilitychange'));
  });
  await expect(remote.getByTestId('connection')).not.toHaveText('Đã kết nối');
  await expectVideo(remote, 1);
  await expect(remote.getByTestId('connection')).toHaveText('Đã kết nối');
  await expectVideo(remote, 1);
  await expectVideo(meeting.hall, 1);
  expect({ connections: await open(), streams: [...(await decodedFrames(remote)).keys()] }).toEqual(before);
  await expect(remote.getByTestId('media-banner')).toBeHidden();
});

test('the server’s restart: picture and sound are back without a reload', async () => {
  await meeting.product.kill();
  await expect(remote.getByTestId('connection')).not.toHaveText('Đã kết nối', { timeout: 30_000 });
  await meeting.product.restart();
  await expect(remote.getByTestId('connection')).toHaveText('Đã kết nối', { timeout: 60_000 });
  await expectVideo(remote, 1);
  expect(await isSamePage()).toBe(true);
});

test('a page that is left for good leaves no still picture behind', async () => {
  const picture = meeting.hall.getByTestId(`tile-person:${member.personId}`).locator('video');
  await expect(picture).toBeVisible();
  await remote.goto('about:blank');
  await expect(picture).toBeHidden({ timeout: 3_000 });
});
