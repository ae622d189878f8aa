import { createHash } from 'node:crypto';
import type { LoggedEvent } from '@diemcau/shared/domain/events.ts';
import { asId, type CommandId } from '@diemcau/shared/ids.ts';
import { describe, expect, test } from 'vitest';
import { commandKey, Receipts } from '../../server/src/meeting/receipts.ts';
import { person } from './support/material.ts';

const keyOf = (name: string, number: number) =>
  commandKey({ kind: 'person', person: person(name) }, asId<CommandId>(`command ${number}`));
const receipt = { seq: 1, hash: 'a'.repeat(64) };

describe('SEC11 receipts of commands that changed nothing', () => {
  test('SEC11 the newest hundred of each are known; a flood of one’s own pushes out nobody else’s', () => {
    const receipts = new Receipts();
    receipts.remember(keyOf('binh', 0), receipt);
    for (let number = 0; number < 5_000; number += 1) receipts.remember(keyOf('an', number), receipt);
    const known = Array.from({ length: 5_000 }, (_, number) => receipts.find(keyOf('an', number)));
    expect(known.filter((found) => found !== undefined)).toHaveLength(100);
    expect(known.at(-1)).toEqual(receipt);
    expect(known[4_899]).toBeUndefined();
    expect(receipts.find(keyOf('binh', 0))).toEqual(receipt);
  });
});

describe('receipts of commands that changed something', () => {
  test('each of a thousand is found as it was noted, and no other', () => {
    const receipts = new Receipts();
    const noted = Array.from({ length: 1_000 }, (_, at) => ({
      seq: at * 1_234_567,
      hash: createHash('sha256').update(String(at)).digest('hex'),
    }));
    const by = { kind: 'person', person: person('an') } as const;
    for (const [number, { seq, hash }] of noted.entries()) {
      const data = { by, cause: asId<CommandId>(`command ${number}`) };
      receipts.note({ seq, hash, data } as unknown as LoggedEvent);
    }
    expect(noted.map((_, number) => receipts.find(keyOf('an', number)))).toEqual(noted);
    expect(receipts.find(keyOf('binh', 0))).toBeUndefined();
    expect(receipts.find(keyOf('an', 1_000))).toBeUndefined();
  });
});
