import { expect, test } from 'vitest';
import { Gathered } from '../../server/src/auth/gathered.ts';

const squares = (asked: (readonly number[])[]) =>
  new Gathered(async (keys: readonly number[]) => {
    asked.push(keys);
    return new Map(keys.filter((key) => key < 1_000).map((key) => [key, key * key]));
  });

test('what is asked within a turn is looked up once, and each gets its own', async () => {
  const asked: (readonly number[])[] = [];
  const gathered = squares(asked);
  expect(await Promise.all([2, 3, 5_000, 3].map((key) => gathered.get(key)))).toEqual([4, 9, undefined, 9]);
  expect(asked.map((keys) => [...new Set(keys)])).toEqual([[2, 3, 5_000]]);
  expect(await gathered.get(2)).toBe(4);
  expect(asked).toHaveLength(2);
});

test('a crowd is few statements of few lengths', async () => {
  const asked: (readonly number[])[] = [];
  const gathered = squares(asked);
  const found = await Promise.all(Array.from({ length: 900 }, (_, key) => gathered.get(key)));
  expect(found).toEqual(Array.from({ length: 900 }, (_, key) => key * key));
  expect(asked.map(({ length }) => length)).toEqual([512, 512]);
});

test('a look-up that fails fails those who asked, and nobody after them', async () => {
  let broken = true;
  const gathered = new Gathered(async (keys: readonly string[]) => {
    if (broken) throw new Error('away');
    return new Map(keys.map((key) => [key, key]));
  });
  const lost = await Promise.allSettled([gathered.get('a'), gathered.get('b')]);
  expect(lost.map(({ status }) => status)).toEqual(['rejected', 'rejected']);
  broken = false;
  expect(await gathered.get('a')).toBe('a');
});
