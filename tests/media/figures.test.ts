import { setTimeout as delay } from 'node:timers/promises';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { MediasoupEngine } from '../../server/src/media/engine.ts';
import { RobotPeer } from './robot-peer.ts';
import { person, startEngine } from './studio.ts';

let engine: MediasoupEngine;

beforeAll(async () => {
  engine = await startEngine(1);
});
afterAll(() => engine.close());

const only = async () => {
  const { peers, workers } = await engine.figures();
  const [worker] = workers;
  if (worker === undefined) throw new Error('no worker');
  return { peers, ...worker };
};

test('what the SFU carries is counted while it is there, and what passed stays in the sums', async () => {
  expect(await only()).toMatchObject({ peers: 0, routers: 0, producers: 0, packetsIn: 0, packetsOut: 0 });
  const sender = await new RobotPeer(engine, person('sender')).openSend();
  const camera = await sender.robot.startCamera(3);
  const viewer = await new RobotPeer(engine, person('viewer')).openReceive();
  const watched = await viewer.consume([camera]);
  expect(await only()).toMatchObject({ consumers: 1, running: 0, packetsOut: 0 });
  await viewer.tune(watched, 'running', 0);
  await delay(1_000);
  const on = await only();
  expect(on).toMatchObject({ peers: 2, routers: 1, transports: 4, producers: 1, consumers: 1, running: 1 });
  expect(on.packetsIn).toBeGreaterThan(on.packetsOut);
  // RTP that the worker sent and what the robot counted differ by what is on its way.
  expect(on.packetsOut).toBeGreaterThan(5);
  expect(Math.abs(on.packetsOut - (watched[0]?.stream.packets ?? 0))).toBeLessThan(30);
  expect(on.packetsLost).toBe(0);
  viewer.close();
  sender.close();
  await delay(100);
  const after = await only();
  expect(after).toMatchObject({ peers: 0, producers: 0, consumers: 0, running: 0 });
  expect(after.packetsOut).toBeGreaterThanOrEqual(on.packetsOut);
  expect(after.cpuSeconds).toBeGreaterThan(0);
  expect((await engine.figures()).deaths).toBe(0);
});
