import { setTimeout as wait } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { keys } from '../../server/src/cluster/keys.ts';
import { LeaseLine } from '../../server/src/cluster/lease-line.ts';
import { type OwnRedis, ownRedis, redisServer } from '../support/redis.ts';

const lease = { name: 'a', incarnation: 'a-1' };

describe.skipIf(redisServer() === 'away')('NODE2 the line that renews a lease', () => {
  let redis: OwnRedis;
  const lines: LeaseLine[] = [];

  beforeAll(async () => {
    redis = await ownRedis();
  });

  afterAll(async () => {
    for (const line of lines) line.close();
    await redis.stop();
  });

  async function lineTo(url: string): Promise<LeaseLine> {
    const line = new LeaseLine(url);
    lines.push(line);
    await ready(line);
    return line;
  }

  async function ready(line: LeaseLine): Promise<void> {
    const deadline = Date.now() + 10_000;
    while (!line.isReady) {
      if (Date.now() > deadline) throw new Error('the line is not ready');
      await wait(10);
    }
  }

  const begin = (incarnation: string) =>
    redis.ask('HSET', keys.node(lease.name), 'incarnation', incarnation, 'address', '/n/a', 'state', 'open');

  test('renews a lease that stands, and begins none', async () => {
    const line = await lineTo(redis.url);
    expect(await line.extend(lease, 3_000)).toBe(false);
    await begin(lease.incarnation);
    expect(await line.extend(lease, 3_000)).toBe(true);
    expect(Number(await redis.ask('PTTL', keys.node(lease.name)))).toBeGreaterThan(2_000);
    await begin('a-2');
    expect(await line.extend(lease, 3_000)).toBe(false);
  });

  test('gives up a line that does not answer, and comes back by itself', async () => {
    const line = await lineTo(redis.url);
    await begin(lease.incarnation);
    redis.signal('SIGSTOP');
    try {
      await expect(line.extend(lease, 3_000)).rejects.toThrow('in time');
    } finally {
      redis.signal('SIGCONT');
    }
    await ready(line);
    expect(await line.extend(lease, 3_000)).toBe(true);
    await redis.kill();
    await wait(100);
    expect(line.isReady).toBe(false);
    await redis.start();
    await begin(lease.incarnation);
    await ready(line);
    expect(await line.extend(lease, 3_000)).toBe(true);
  });

  test('signs in and takes the database that the address names', async () => {
    const { port } = new URL(redis.url);
    await redis.ask('ACL', 'SETUSER', 'nút', 'on', '>mật:khẩu@', '~*', '+@all');
    const address = `redis://${encodeURIComponent('nút')}:${encodeURIComponent('mật:khẩu@')}@127.0.0.1:${port}/3`;
    const line = await lineTo(address);
    await begin(lease.incarnation);
    expect(await line.extend(lease, 3_000)).toBe(false);
    await redis.ask('COPY', keys.node(lease.name), keys.node(lease.name), 'DB', '3');
    expect(await line.extend(lease, 3_000)).toBe(true);
  });

  test('is not ready where it is not let in', async () => {
    const { port } = new URL(redis.url);
    const line = new LeaseLine(`redis://:wrong@127.0.0.1:${port}`);
    lines.push(line);
    await wait(300);
    expect(line.isReady).toBe(false);
    await expect(line.extend(lease, 3_000)).rejects.toThrow();
  });
});
