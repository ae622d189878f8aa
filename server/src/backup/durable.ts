import { chownSync, closeSync, fsyncSync, openSync, renameSync, statSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';

/** Makes a file's content, or a folder's list of names, outlast a power cut. */
export function syncToDisk(path: string): void {
  const handle = openSync(path, 'r');
  try {
    fsyncSync(handle);
  } catch (error) {
    // Some file systems of memory sticks know no sync of a folder; they write its names at once.
    const code = error instanceof Error && 'code' in error ? error.code : undefined;
    if (code !== 'EINVAL' && code !== 'ENOTSUP') throw error;
  } finally {
    closeSync(handle);
  }
}

/** Renames within one file system, durably: after a power cut there is the old name or the new one, never neither. */
export function renameDurably(from: string, to: string): void {
  renameSync(from, to);
  syncToDisk(dirname(to));
  if (dirname(from) !== dirname(to)) syncToDisk(dirname(from));
}

/** Writes a small file whole or not at all. */
export function writeDurably(path: string, text: string, mode = 0o600): void {
  const draft = `${path}.draft`;
  writeFileSync(draft, text, { mode, flush: true });
  renameDurably(draft, path);
}

/** What root makes in a folder of the server's user belongs to that user, as the folder does; for others it is so anyway. */
export function ownAsFolder(folder: string, path: string): void {
  if (process.getuid?.() !== 0) return;
  const { uid, gid } = statSync(folder);
  chownSync(path, uid, gid);
}
