import type { LoggedEvent } from '@diemcau/shared/domain/events.ts';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { History } from '../../server/src/meeting/history.ts';

const kept = 500;

/** An event whose data is so many letters long, of two bytes in UTF-8, with what JSON must escape. */
const event = (seq: number, letters: number) =>
  ({
    seq,
    type: 'x',
    at: seq,
    hash: '',
    data: { text: `"\n\u2028${'ộ'.repeat(letters)}` },
  }) as never as LoggedEvent;

describe('the newest events of a room', () => {
  test('asked for after any number, they are what was added, whole and in order', () => {
    const batches = fc.array(fc.array(fc.nat(3_000), { minLength: 1, maxLength: 40 }), { maxLength: 60 });
    fc.assert(
      fc.property(batches, fc.nat(), (lengths, place) => {
        const history = new History();
        const all: LoggedEvent[] = [];
        for (const batch of lengths) {
          const events = batch.map((letters, at) => event(all.length + at + 1, letters));
          history.add(events);
          all.push(...events);
        }
        const after = place % (all.length + 1);
        const expected = all.length - after > kept ? null : all.slice(after);
        expect(history.since(after, all.length)).toEqual(expected);
      }),
      { numRuns: 100 },
    );
  });

  test('more than is kept, or what has not been yet, is not there', () => {
    const history = new History();
    history.add(Array.from({ length: 2_000 }, (_, at) => event(at + 1, at % 700)));
    expect(history.since(2_000 - kept, 2_000)).toHaveLength(kept);
    expect(history.since(2_000 - kept - 1, 2_000)).toBeNull();
    expect(history.since(2_000, 2_000)).toEqual([]);
    expect(history.since(2_001, 2_000)).toBeNull();
    expect(new History().since(0, 1)).toBeNull();
  });
});
