import { asId, type CellId, type MeetingId } from '@diemcau/shared/ids.ts';
import { describe, expect, test } from 'vitest';
import type { MeetingIndexEntry } from '../../server/src/directory/meeting-index.ts';
import { Projection } from '../../server/src/meeting/projection.ts';

type Phase = MeetingIndexEntry['phase'];

function entry(id: string, phase: Phase): MeetingIndexEntry {
  return {
    id: asId<MeetingId>(id),
    cellId: asId<CellId>('cell'),
    kind: 'regular',
    title: 'Sinh hoạt',
    startsAt: 0,
    phase,
    chairId: null,
    deputyChairId: null,
    clerkId: null,
  };
}

/** A list whose writes end when the test says so, in whatever order. */
class SlowList {
  readonly written: string[] = [];
  readonly #pending: { readonly entry: MeetingIndexEntry; readonly end: (fault?: Error) => void }[] = [];

  get underWay(): number {
    return this.#pending.length;
  }

  upsert = (written: MeetingIndexEntry): Promise<void> =>
    new Promise((resolve, reject) => {
      this.#pending.push({
        entry: written,
        end: (fault) => {
          if (fault) return reject(fault);
          this.written.push(`${written.id} ${written.phase}`);
          resolve();
        },
      });
    });

  async end(which: 'first' | 'last', fault?: Error): Promise<void> {
    const one = which === 'first' ? this.#pending.shift() : this.#pending.pop();
    one?.end(fault);
    await new Promise((resolve) => setImmediate(resolve));
  }
}

function setUp() {
  const list = new SlowList();
  const told: string[] = [];
  const log = { info() {}, warn() {}, error: (_fields: object, message: string) => told.push(message) };
  return { list, told, projection: new Projection(list, log) };
}

describe('the list of meetings behind their logs', () => {
  test('the newest entry of a meeting is written last, and what it overtook not at all', async () => {
    const { list, projection } = setUp();
    for (const phase of ['created', 'summoned', 'open', 'closed'] as const)
      projection.note(entry('m', phase));
    expect(list.underWay).toBe(1);
    await list.end('last');
    await list.end('last');
    await projection.idle();
    expect(list.written).toEqual(['m created', 'm closed']);
  });

  test('of many meetings few are written at once, and all in the end', async () => {
    const { list, projection } = setUp();
    const ids = Array.from({ length: 30 }, (_, index) => `m${index}`);
    for (const id of ids) projection.note(entry(id, 'summoned'));
    const idle = projection.idle();
    let most = 0;
    while (list.underWay > 0) {
      most = Math.max(most, list.underWay);
      await list.end('last');
    }
    await idle;
    expect(most).toBe(4);
    expect(list.written.toSorted()).toEqual(ids.map((id) => `${id} summoned`).toSorted());
  });

  test('a write that fails is told, and those behind it go on', async () => {
    const { list, told, projection } = setUp();
    projection.note(entry('m', 'open'));
    projection.note(entry('m', 'closed'));
    await list.end('first', new Error('the database is away'));
    await list.end('first');
    await projection.idle();
    expect(told).toEqual(['the list of meetings could not be written']);
    expect(list.written).toEqual(['m closed']);
  });
});
