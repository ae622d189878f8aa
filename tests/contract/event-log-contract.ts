import { firstHash } from '@diemcau/shared/record/record.ts';
import { verifyChain, webDigest } from '@diemcau/shared/record/verify.ts';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { EventLog } from '../../server/src/meeting/log/event-log.ts';
import { asEvent, batchAfter, headAfter, newMeeting } from './chain.ts';

/** What a suite needs of a store: a fresh one, and a second way in to the same records after the first was closed. */
export interface StoreUnderTest {
  readonly name: string;
  create(): Promise<{ log: EventLog; reopen(): EventLog; remove(): Promise<void> }>;
}

/** What every store of the event log owes its callers. */
export function eventLogContract({ name, create }: StoreUnderTest): void {
  describe(`event log contract: ${name}`, () => {
    let store: Awaited<ReturnType<typeof create>>;
    let log: EventLog;

    beforeEach(async () => {
      store = await create();
      log = store.log;
      await log.open();
    });
    afterEach(async () => {
      await log.close();
      await store.remove();
    });

    test('a meeting nobody wrote has no head, and is empty once taken over', async () => {
      const meetingId = newMeeting();
      expect(await log.head(meetingId)).toBeNull();
      expect(await log.raiseEpoch(meetingId)).toEqual({
        meetingId,
        epoch: 1,
        seq: 0,
        hash: firstHash,
        at: 0,
      });
      expect(await log.read(meetingId, 0, 10)).toEqual([]);
    });

    test('appended records come back as they were, byte for byte, and their chain holds', async () => {
      const head = await log.raiseEpoch(newMeeting());
      const batch = batchAfter(head, [
        { name: 'Nguyễn Thị Hằng', zahl: 1e21, minus: -0, text: '"\\ \u2028 🗳️' },
        { nested: { z: [1, null, true], a: {} } },
        {},
      ]);
      expect(await log.append([batch])).toEqual({ status: 'done', outcomes: ['appended'] });
      const records = await log.read(head.meetingId, 0, 10);
      expect(records).toEqual(batch.records);
      expect(await verifyChain(records.map(asEvent), webDigest)).toEqual({
        holds: true,
        head: { seq: 3, hash: batch.records[2]?.hash },
      });
      expect(await log.head(head.meetingId)).toEqual(headAfter(batch));
    });

    test('reading goes on after a number and stops at the limit', async () => {
      const head = await log.raiseEpoch(newMeeting());
      await log.append([batchAfter(head, [{ n: 1 }, { n: 2 }, { n: 3 }, { n: 4 }])]);
      const part = await log.read(head.meetingId, 1, 2);
      expect(part.map(({ seq }) => seq)).toEqual([2, 3]);
    });

    test('the same batch twice conflicts and writes nothing twice', async () => {
      const head = await log.raiseEpoch(newMeeting());
      const batch = batchAfter(head, [{ n: 1 }]);
      await log.append([batch]);
      expect(await log.append([batch])).toEqual({ status: 'done', outcomes: ['conflict'] });
      expect(await log.read(head.meetingId, 0, 10)).toHaveLength(1);
    });

    test('a right number on a wrong hash conflicts', async () => {
      const head = await log.raiseEpoch(newMeeting());
      const batch = { ...batchAfter(head, [{ n: 1 }]), expectedHash: 'f'.repeat(64) };
      expect(await log.append([batch])).toEqual({ status: 'done', outcomes: ['conflict'] });
    });

    test('an owner that was superseded can append no more, even before the new one has', async () => {
      const old = await log.raiseEpoch(newMeeting());
      const current = await log.raiseEpoch(old.meetingId);
      expect(current.epoch).toBe(old.epoch + 1);
      expect(await log.append([batchAfter(old, [{ n: 1 }])])).toEqual({
        status: 'done',
        outcomes: ['conflict'],
      });
      expect(await log.append([batchAfter(current, [{ n: 1 }])])).toMatchObject({ outcomes: ['appended'] });
    });

    test('a meeting that does not match drops out whole and the others are untouched', async () => {
      const first = await log.raiseEpoch(newMeeting());
      const stale = await log.raiseEpoch(newMeeting());
      const last = await log.raiseEpoch(newMeeting());
      await log.raiseEpoch(stale.meetingId);
      const batches = [first, stale, last].map((head) => batchAfter(head, [{ n: 1 }, { n: 2 }]));
      expect(await log.append(batches)).toEqual({
        status: 'done',
        outcomes: ['appended', 'conflict', 'appended'],
      });
      const counts = [first, stale, last].map(
        async ({ meetingId }) => (await log.read(meetingId, 0, 9)).length,
      );
      expect(await Promise.all(counts)).toEqual([2, 0, 2]);
    });

    test('the list of meetings and the latest time cover all of them', async () => {
      expect(await log.lastAt()).toBe(0);
      const short = await log.raiseEpoch(newMeeting());
      const long = await log.raiseEpoch(newMeeting());
      await log.append([batchAfter(short, [{ n: 1 }]), batchAfter(long, [{ n: 1 }, { n: 2 }, { n: 3 }])]);
      expect(await log.lastAt()).toBe(3000);
      const ids = (await log.meetings()).map(({ meetingId }) => meetingId);
      expect(ids.toSorted()).toEqual([short.meetingId, long.meetingId].toSorted());
    });

    test('what was appended is there after closing and opening again, under the same epoch', async () => {
      const head = await log.raiseEpoch(newMeeting());
      const batch = batchAfter(head, [{ n: 1 }]);
      await log.append([batch]);
      await log.close();
      log = store.reopen();
      await log.open();
      expect(await log.head(head.meetingId)).toEqual(headAfter(batch));
      expect(await log.read(head.meetingId, 0, 10)).toEqual(batch.records);
    });

    test('closing waits for what was begun, and a closed store answers instead of breaking', async () => {
      const head = await log.raiseEpoch(newMeeting());
      const begun = log.append([batchAfter(head, [{ n: 1 }])]);
      await log.close();
      await log.close();
      expect(await begun).toMatchObject({ outcomes: ['appended'] });
      expect(await log.append([batchAfter(head, [{ n: 2 }])])).toMatchObject({
        status: 'failed',
        written: 'no',
        cause: { kind: 'closed' },
      });
      await expect(log.read(head.meetingId, 0, 1)).rejects.toMatchObject({ kind: 'closed' });
    });
  });
}
