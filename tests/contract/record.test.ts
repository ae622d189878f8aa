import { createHash } from 'node:crypto';
import { canonicalText, unfitForRecord } from '@diemcau/shared/record/json.ts';
import { type EventRecord, firstHash, seal } from '@diemcau/shared/record/record.ts';
import { type RedactedRecord, verifyChain, webDigest } from '@diemcau/shared/record/verify.ts';
import { describe, expect, test } from 'vitest';
import { digest } from '../../server/src/meeting/log/digest.ts';

const salt = '00112233445566778899aabbccddeeff';

function chainOf(length: number): EventRecord[] {
  const records: EventRecord[] = [];
  for (let seq = 1; seq <= length; seq++) {
    const previous = records.at(-1)?.hash ?? firstHash;
    const data = { text: `lần ${seq}` };
    const event = {
      meetingId: 'm1',
      seq,
      type: 'noted',
      at: 1_000 + seq,
      canonicalData: canonicalText(data),
      salt,
    };
    records.push({ ...seal(previous, event, digest), data, salt });
  }
  return records;
}

describe('record format', () => {
  test('hashes are those of the published format, computed here by hand', () => {
    const [record] = chainOf(1);
    const sha = (text: string) => createHash('sha256').update(text).digest('hex');
    const dataHash = sha(`{"data":{"text":"lần 1"},"salt":"${salt}"}`);
    const envelope = `{"at":1001,"dataHash":"${dataHash}","meetingId":"m1","seq":1,"type":"noted"}`;
    expect(record).toMatchObject({ dataHash, hash: sha('0'.repeat(64) + envelope) });
  });

  test('keys are sorted, absent values left out, numbers written one way', () => {
    expect(canonicalText({ b: 1e21, a: undefined, ă: -0, A: [0.1, null] })).toBe(
      '{"A":[0.1,null],"b":1e+21,"ă":0}',
    );
  });

  test.each([
    ['U+0000', { a: ['x\u0000y'] }, 'nulCharacter'],
    ['U+0000 in a key', { 'x\u0000': 1 }, 'nulCharacter'],
    ['a lone surrogate', { a: { b: '\ud800' } }, 'loneSurrogate'],
    ['infinity', { a: Number.POSITIVE_INFINITY }, 'notANumber'],
  ] as const)('%s is refused', (_, value, fault) => {
    expect(unfitForRecord(value)).toBe(fault);
    expect(() => canonicalText(value)).toThrow(fault);
  });

  test('a hundred thousand nested lists are looked through without falling over', () => {
    const deep: unknown = JSON.parse('['.repeat(100_000) + ']'.repeat(100_000));
    expect(unfitForRecord(deep)).toBeNull();
  });
});

describe('verification', () => {
  test('a whole chain holds, and so does one with withheld data', async () => {
    const chain = chainOf(4);
    const head = { seq: 4, hash: chain[3]?.hash };
    expect(await verifyChain(chain, webDigest)).toEqual({ holds: true, head });
    const redacted: RedactedRecord[] = chain.map(({ data: _data, salt: _salt, ...envelope }) => envelope);
    expect(await verifyChain(redacted, webDigest)).toEqual({ holds: true, head });
  });

  test('a part holds from the event before it', async () => {
    const chain = chainOf(4);
    const [, before] = chain;
    expect(before && (await verifyChain(chain.slice(2), webDigest, before)).holds).toBe(true);
  });

  test.each([
    ['data', (record: EventRecord) => ({ ...record, data: { text: 'khác' } })],
    ['hash', (record: EventRecord) => ({ ...record, type: 'altered' })],
    ['time', (record: EventRecord) => ({ ...record, at: 5 })],
    ['order', (record: EventRecord) => ({ ...record, seq: 9 })],
    ['meeting', (record: EventRecord) => ({ ...record, meetingId: 'm2' })],
  ] as const)('an altered %s is found where it stands', async (fault, alter) => {
    const chain = chainOf(3);
    const altered = chain.map((record, index) => (index === 1 ? alter(record) : record));
    const verdict = await verifyChain(altered, webDigest);
    expect(verdict).toMatchObject({ holds: false, fault });
  });
});
