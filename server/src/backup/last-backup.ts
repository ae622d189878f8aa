import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { ownAsFolder, writeDurably } from './durable.ts';

const lastBackup = z.object({
  /** Milliseconds since 1970: when the last backup that was checked and kept was finished. */
  succeededAt: z.number().int().nonnegative(),
});

function path(dataDir: string): string {
  return join(dataDir, 'last-backup.json');
}

/** Notes in DATA_DIR that a backup is whole, so that the server can say how old the newest is. */
export function noteBackup(dataDir: string, succeededAt: number): void {
  writeDurably(path(dataDir), `${JSON.stringify({ succeededAt })}\n`);
  ownAsFolder(dataDir, path(dataDir));
}

/** @returns when the last backup succeeded, in milliseconds since 1970; null where none has. */
export function lastBackupAt(dataDir: string): number | null {
  try {
    return lastBackup.parse(JSON.parse(readFileSync(path(dataDir), 'utf8'))).succeededAt;
  } catch {
    return null;
  }
}
