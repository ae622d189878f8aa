import { existsSync, statSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { SqliteEventLog } from '../../server/src/meeting/log/sqlite-event-log.ts';
import { batchAfter, headAfter, newMeeting } from './chain.ts';
import { eventLogContract } from './event-log-contract.ts';

eventLogContract({
  name: 'embedded (SQLite)',
  create: async () => {
    const folder = await mkdtemp(join(tmpdir(), 'event-log-'));
    const path = join(folder, 'events.sqlite');
    return {
      log: new SqliteEventLog(path),
      reopen: () => new SqliteEventLog(path),
      remove: () => rm(folder, { recursive: true }),
    };
  },
});

describe('embedded event log on a bad day', () => {
  let folder: string;
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'event-log-'));
  });
  afterEach(() => rm(folder, { recursive: true }));

  test('a full disk is an answer, writes nothing of the batch, and the store goes on reading and writing', async () => {
    const log = new SqliteEventLog(join(folder, 'events.sqlite'), 200_000);
    await log.open();
    const head = await log.raiseEpoch(newMeeting());
    const large = batchAfter(head, [{ text: 'a' }, { text: 'đ'.repeat(300_000) }]);
    expect(await log.append([large])).toMatchObject({
      status: 'failed',
      written: 'no',
      cause: { kind: 'diskFull' },
    });
    expect(await log.read(head.meetingId, 0, 10)).toEqual([]);
    const small = batchAfter(head, [{ text: 'a' }]);
    expect(await log.append([small])).toMatchObject({ outcomes: ['appended'] });
    await log.close();
  });

  test('DUR1 the journal is taken over beside the commits, and stays short however many come', async () => {
    const path = join(folder, 'events.sqlite');
    const log = new SqliteEventLog(path);
    await log.open();
    const heads = await Promise.all(Array.from({ length: 40 }, () => log.raiseEpoch(newMeeting())));
    let batches = heads.map((head) => batchAfter(head, [{ text: 'đ'.repeat(6_000) }]));
    for (let round = 0; round < 120; round += 1) {
      expect(await log.append(batches)).toMatchObject({ status: 'done' });
      batches = batches.map((batch) => batchAfter(headAfter(batch), [{ text: 'đ'.repeat(6_000) }]));
    }
    // Some 28,000 pages went through it.
    expect(statSync(`${path}-wal`).size).toBeLessThan(16_000 * 4_096);
    expect(statSync(path).size).toBeGreaterThan(10_000 * 4_096);
    await log.close();
    expect(existsSync(`${path}-wal`)).toBe(false);
    const again = new SqliteEventLog(path);
    for (const { meetingId } of heads) expect(await again.read(meetingId, 0, 200)).toHaveLength(120);
    await again.close();
  });

  test('a folder that is not there is an answer for each request', async () => {
    const log = new SqliteEventLog(join(folder, 'nowhere', 'events.sqlite'));
    await expect(log.open()).rejects.toMatchObject({ name: 'LogUnavailable', kind: 'io' });
    await expect(log.head(newMeeting())).rejects.toMatchObject({ kind: 'io' });
    await log.close();
  });
});
