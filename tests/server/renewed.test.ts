import { describe, expect, it } from 'vitest';
import { renewed } from '../../server/src/realtime/renewed.ts';

const copy = <T>(value: T): T => JSON.parse(JSON.stringify(value)) as T;

const summary = {
  seq: 4,
  attendance: { present: 3, quorum: { numerator: 1, denominator: 2 } },
  sites: [
    { id: 'a', present: 2 },
    { id: 'b', present: 1 },
  ],
  vote: null as { voted: number } | null,
};

describe('what is told anew', () => {
  it('is the object of before where it says the same', () => {
    expect(renewed(summary, copy(summary))).toBe(summary);
  });

  it('keeps the identity of what has not changed, and says what is so now', () => {
    const now = copy(summary);
    now.seq = 5;
    now.vote = { voted: 1 };
    now.sites[1] = { id: 'b', present: 2 };
    const result = renewed(summary, now);
    expect(result).toEqual(now);
    expect(result.attendance).toBe(summary.attendance);
    expect(result.sites).not.toBe(summary.sites);
    expect(result.sites[0]).toBe(summary.sites[0]);
    expect(result.sites[1]).toEqual({ id: 'b', present: 2 });
  });

  it.each<[string, unknown, unknown]>([
    ['an entry more', [1, 2], [1, 2, 3]],
    ['an entry less', [1, 2], [1]],
    ['a field more', { a: 1 }, { a: 1, b: 2 }],
    ['a field less', { a: 1, b: 2 }, { a: 1 }],
    ['a field in place of another', { a: 1, b: undefined }, { a: 1, c: undefined }],
    ['a list in place of a record', { 0: 1 }, [1]],
    ['a record in place of nothing', null, { a: 1 }],
    ['nothing in place of a record', { a: 1 }, null],
    ['a number in place of a text', '1', 1],
  ])('tells %s', (_what, before, now) => {
    expect(renewed(before, now)).toStrictEqual(now);
    expect(renewed(before, now)).not.toBe(before);
  });

  it('alters neither', () => {
    const [before, now] = [copy(summary), copy(summary)];
    now.attendance.present = 4;
    renewed(before, now);
    expect(before).toEqual(summary);
    expect(now).toEqual({ ...summary, attendance: { ...summary.attendance, present: 4 } });
  });
});
