import { setTimeout as delay } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import type { MediasoupEngine } from '../../server/src/media/engine.ts';
import { RobotPeer } from './robot-peer.ts';
import { person, startEngine } from './studio.ts';

const viewerCount = 50;

let engine: MediasoupEngine;
let sender: RobotPeer;
let camera: string;
const viewers: RobotPeer[] = [];

beforeAll(async () => {
  engine = await startEngine(1);
  sender = await new RobotPeer(engine, person('sender')).openSend();
  camera = await sender.robot.startCamera(3);
  for (let number = 0; number < viewerCount; number += 1)
    viewers.push(await new RobotPeer(engine, person(`viewer ${number}`)).openReceive());
});

afterAll(async () => {
  for (const viewer of viewers) viewer.close();
  sender?.close();
  await engine?.close();
});

describe('viewers who join together', () => {
  test('fifty within a second cost a camera at most two key-frame requests, and all see it', async () => {
    const watched = await Promise.all(viewers.map((viewer) => viewer.consume([camera])));
    // Whatever the sender was asked before somebody looked is not theirs.
    await delay(1_200);
    const before = sender.robot.askedKeyFrames;
    const began = performance.now();
    await Promise.all(
      viewers.map(async (viewer, number) => {
        await delay((number * 1_000) / viewerCount);
        await viewer.tune(watched[number] ?? [], 'running');
      }),
    );
    const streams = watched.flatMap((list) => list.map(({ stream }) => stream));
    expect(streams).toHaveLength(viewerCount);
    await vi.waitFor(
      () => expect(streams.filter(({ firstFrameAt }) => firstFrameAt === undefined)).toEqual([]),
      { timeout: 5_000, interval: 50 },
    );
    await delay(1_200);
    const asked = sender.robot.askedKeyFrames.map((count, layer) => count - (before[layer] ?? 0));
    expect(asked.reduce((sum, count) => sum + count)).toBeGreaterThan(0);
    expect(asked.reduce((sum, count) => sum + count)).toBeLessThanOrEqual(2);
    const last = Math.max(...streams.map(({ firstFrameAt }) => firstFrameAt ?? Number.POSITIVE_INFINITY));
    expect(last - began).toBeLessThan(2_500);
  });

  test('one who comes alone is not kept waiting', async () => {
    await delay(1_200);
    const late = await new RobotPeer(engine, person('late')).openReceive();
    const watched = await late.consume([camera]);
    const began = performance.now();
    await late.tune(watched, 'running');
    await vi.waitFor(() => expect(watched[0]?.stream.firstFrameAt).toBeDefined(), {
      timeout: 5_000,
      interval: 5,
    });
    // The clip's own key frames come every half second; asked for, one is there at once.
    expect((watched[0]?.stream.firstFrameAt ?? Number.POSITIVE_INFINITY) - began).toBeLessThan(450);
    late.close();
  });
});
