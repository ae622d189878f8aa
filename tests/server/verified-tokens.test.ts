import { describe, expect, test } from 'vitest';
import { VerifiedTokens } from '../../server/src/auth/verified-tokens.ts';

describe('tokens that were verified before', () => {
  test('SEC5 are known until they expire, and no other is', () => {
    const tokens = new VerifiedTokens();
    tokens.remember('a.b.c', { sid: 'one', expiresAt: 100 });
    expect(tokens.sidOf('a.b.c', 99)).toBe('one');
    expect(tokens.sidOf('a.b.c', 100)).toBeNull();
    for (const other of ['a.b.d', 'a.x.c', 'a.b.c ', '', 'A.b.c']) expect(tokens.sidOf(other, 0)).toBeNull();
  });

  test('are as many as may be, the newest of them', () => {
    const tokens = new VerifiedTokens(3);
    for (let at = 0; at < 10; at += 1) tokens.remember(`token ${at}`, { sid: `${at}`, expiresAt: 100 });
    const known = Array.from({ length: 10 }, (_, at) => tokens.sidOf(`token ${at}`, 0));
    expect(known).toEqual([null, null, null, null, null, null, null, '7', '8', '9']);
  });
});
