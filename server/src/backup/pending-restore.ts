import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { syncToDisk } from './durable.ts';

/** Where a restore prepares what is to take the place of DATA_DIR's files. */
export const restoreFolder = '.restore';
/** Within it: the files that come, and the note that says that all of them are there. */
export const incomingFolder = 'incoming';
export const restoreNote = 'restore.json';

/** A restore that is decided: everything in `incoming` is on disk and checked. */
export const pendingRestore = z.object({
  /** Folder below DATA_DIR that takes the files of before. */
  aside: z.string().regex(/^[\w.-]+$/),
  /** Names of the files that come. */
  incoming: z.array(z.string().regex(/^[\w.-]+$/)).min(1),
});
export type PendingRestore = z.infer<typeof pendingRestore>;

/** What lies in DATA_DIR and belongs to a process or a machine, not to the data. */
const passing = new Set(['process.json', 'last-backup.json', 'backup.lock']);

/** @returns the names of the files of DATA_DIR that are its data: databases with what SQLite puts beside them, secrets, certificates. */
export function dataFiles(dataDir: string): readonly string[] {
  return readdirSync(dataDir, { withFileTypes: true })
    .filter((entry) => entry.isFile() && !passing.has(entry.name) && !entry.name.startsWith('.'))
    .map(({ name }) => name)
    .filter((name) => !name.startsWith('backup.lock.'))
    .sort();
}

/** @returns the restore that was decided and is not finished yet; null where there is none. */
export function readPendingRestore(dataDir: string): PendingRestore | null {
  const note = join(dataDir, restoreFolder, restoreNote);
  return existsSync(note) ? pendingRestore.parse(JSON.parse(readFileSync(note, 'utf8'))) : null;
}

/**
 * Finishes a restore that was decided, from wherever a power cut has stopped it: the files of before go aside, those of the
 * backup take their place. Each step is a rename and can be repeated. The caller holds the folder's lock.
 * @returns the folder with the files of before; null where no restore was pending.
 */
export function finishRestore(dataDir: string): string | null {
  const pending = readPendingRestore(dataDir);
  if (pending === null) return null;
  const incoming = join(dataDir, restoreFolder, incomingFolder);
  const aside = join(dataDir, pending.aside);
  mkdirSync(aside, { recursive: true, mode: 0o700 });
  const placed = (name: string) => pending.incoming.includes(name) && !existsSync(join(incoming, name));
  for (const name of dataFiles(dataDir)) {
    if (!placed(name)) renameSync(join(dataDir, name), join(aside, name));
  }
  syncToDisk(aside);
  syncToDisk(dataDir);
  for (const name of pending.incoming) {
    if (existsSync(join(incoming, name))) renameSync(join(incoming, name), join(dataDir, name));
  }
  syncToDisk(dataDir);
  // The note goes first: without it the rest is rubbish that the next restore clears away.
  rmSync(join(dataDir, restoreFolder, restoreNote));
  syncToDisk(join(dataDir, restoreFolder));
  rmSync(join(dataDir, restoreFolder), { recursive: true, force: true });
  return aside;
}
