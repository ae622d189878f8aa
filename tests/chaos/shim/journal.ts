import { readFileSync } from 'node:fs';

/** What was done to the folder, in the numbers of shim.c. */
const kinds = [
  null,
  'opened',
  'created',
  'written',
  'synced',
  'truncated',
  'renamed',
  'unlinked',
  'folderMade',
  'folderRemoved',
  'folderSynced',
] as const;

export interface Change {
  readonly kind: Exclude<(typeof kinds)[number], null>;
  readonly inode: bigint;
  /** Of what was written; of a truncation the new length. */
  readonly offset: number;
  /** What was written; or a path, or two with a zero byte between them. */
  readonly bytes: Buffer;
  /** When it was done, monotonic nanoseconds. */
  readonly at: number;
}

const headBytes = 32;

/** Reads what the shim has recorded. A last record that was cut short by a kill is left out. */
export function readJournal(path: string): readonly Change[] {
  const all = readFileSync(path);
  const changes: Change[] = [];
  let place = 0;
  while (place + headBytes <= all.length) {
    const kind = kinds[all.readInt32LE(place)];
    const length = all.readInt32LE(place + 4);
    const end = place + headBytes + length;
    if (!kind) throw new Error(`the journal is not understood at byte ${place}`);
    if (end > all.length) break;
    changes.push({
      kind,
      inode: all.readBigInt64LE(place + 8),
      offset: Number(all.readBigInt64LE(place + 16)),
      at: Number(all.readBigInt64LE(place + 24)),
      bytes: all.subarray(place + headBytes, end),
    });
    place = end;
  }
  return changes;
}
