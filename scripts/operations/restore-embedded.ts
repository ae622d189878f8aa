import { chmodSync, copyFileSync, existsSync, mkdirSync, readdirSync, rmSync, statfsSync } from 'node:fs';
import { join } from 'node:path';
import { ownAsFolder, syncToDisk, writeDurably } from '../../server/src/backup/durable.ts';
import {
  finishRestore,
  incomingFolder,
  type PendingRestore,
  restoreFolder,
  restoreNote,
} from '../../server/src/backup/pending-restore.ts';
import { lockFolder } from '../../server/src/data-lock.ts';
import type { KeptBackup } from './backup-folder.ts';
import { checkBackup } from './check-backup.ts';
import { environmentCopy } from './make-backup.ts';
import { fingerprint } from './manifest.ts';
import { OperationRefused, size } from './say.ts';
import { databaseFiles } from './sqlite-copy.ts';

/** What to do about data that is there already. */
export type Present = 'refuse' | 'replace';

/**
 * Puts a backup in the place of what is in DATA_DIR, while no server works on it. The backup is checked and copied first; only
 * then are names exchanged, and an exchange that was cut short is finished by the next start of the server, or by this.
 * @returns the folder with the files of before; null where there were none.
 * @throws OperationRefused, FolderInUse while a server runs.
 */
export async function restoreEmbedded(
  backup: KeptBackup,
  dataDir: string,
  present: Present,
): Promise<string | null> {
  mkdirSync(dataDir, { recursive: true, mode: 0o700 });
  const release = await lockFolder(dataDir, (error) => {
    console.error(error);
    process.exit(1);
  });
  try {
    finishRestore(dataDir);
    const held = databaseFiles.some((name) => existsSync(join(dataDir, name)));
    if (held && present === 'refuse') {
      throw new OperationRefused(
        `${dataDir} đã có dữ liệu. Để thay bằng bản sao lưu, thêm --replace; dữ liệu hiện có được giữ sang một bên.`,
        `There is data in ${dataDir}. Give --replace to put the backup in its place; the present data is kept aside.`,
      );
    }
    await checkBackup(backup);
    const pending = prepare(backup, dataDir);
    writeDurably(join(dataDir, restoreFolder, restoreNote), `${JSON.stringify(pending)}\n`);
    ownAsFolder(dataDir, join(dataDir, restoreFolder, restoreNote));
    const aside = finishRestore(dataDir);
    if (aside === null) return null;
    if (readdirSync(aside).length === 0) {
      rmSync(aside, { recursive: true });
      return null;
    }
    ownAsFolder(dataDir, aside);
    return aside;
  } finally {
    await release();
    rmSync(join(dataDir, 'process.json'), { force: true });
  }
}

/** Copies the backup beside the data, where names can be exchanged, and reads every copy again. */
function prepare({ path, manifest }: KeptBackup, dataDir: string): PendingRestore {
  const place = join(dataDir, restoreFolder);
  const incoming = join(place, incomingFolder);
  rmSync(place, { recursive: true, force: true });
  const files = manifest.files.filter(({ name }) => name !== environmentCopy);
  const needed = files.reduce((sum, { bytes }) => sum + bytes, 0);
  const { bavail, bsize } = statfsSync(dataDir);
  if (bavail * bsize < needed) {
    throw new OperationRefused(
      `Không đủ chỗ ở ${dataDir}: cần ${size(needed)}, còn ${size(bavail * bsize)}.`,
      `Not enough room in ${dataDir}: ${size(needed)} needed, ${size(bavail * bsize)} free.`,
    );
  }
  mkdirSync(incoming, { recursive: true, mode: 0o700 });
  for (const { name, sha256 } of files) {
    const copy = join(incoming, name);
    copyFileSync(join(path, name), copy);
    chmodSync(copy, name.endsWith('cert.pem') ? 0o644 : 0o600);
    syncToDisk(copy);
    ownAsFolder(dataDir, copy);
    if (fingerprint(copy).sha256 !== sha256) throw new Error(`${copy} was not copied as it is`);
  }
  ownAsFolder(dataDir, incoming);
  ownAsFolder(dataDir, place);
  syncToDisk(incoming);
  syncToDisk(place);
  const stamp = new Date().toISOString().replace(/\D/g, '').slice(0, 14);
  return { aside: `before-restore-${stamp}`, incoming: files.map(({ name }) => name) };
}
