import { copyFileSync, existsSync, mkdirSync, renameSync, rmSync, statfsSync, statSync } from 'node:fs';
import { basename, join } from 'node:path';
import { syncToDisk, writeDurably } from '../../server/src/backup/durable.ts';
import { noteBackup } from '../../server/src/backup/last-backup.ts';
import { dataFiles } from '../../server/src/backup/pending-restore.ts';
import { withLock } from '../setup/lock.mjs';
import {
  backupName,
  backupsIn,
  clearUnfinished,
  type KeptBackup,
  placeToMake,
  removeOld,
} from './backup-folder.ts';
import { checkChains } from './chains.ts';
import { checkBackup } from './check-backup.ts';
import { fingerprint, type Manifest, manifestName } from './manifest.ts';
import { dumpDatabase, dumpName, postgresBytes } from './postgres-copy.ts';
import { OperationRefused, size } from './say.ts';
import { copyDatabase, databaseBytes, databaseFiles, migrationsOf, withLogFile } from './sqlite-copy.ts';

/** What is backed up. */
export interface Original {
  readonly dataDir: string;
  /** Null for the embedded databases. */
  readonly databaseUrl: string | null;
  /** The settings that the server is started with, secrets among them; null where there is no such file. */
  readonly environmentFile: string | null;
  /** Version of the product. */
  readonly product: string;
}

/** Room that must be left on the disk beside the backup, in bytes. */
const spare = 8_000_000;

/**
 * Makes a backup while the server runs or not, checks it, and only then gives it its name. What an interrupted run has left
 * is cleared away by the next; backups that were whole before stay so.
 * @param keepDays afterwards older ones are removed, but the newest three.
 * @throws OperationRefused when there is nothing to back up, no room for it, or the copy does not hold.
 */
export function makeBackup(
  original: Original,
  folder: string,
  keepDays: number,
): Promise<{ readonly backup: KeptBackup; readonly removed: number }> {
  mkdirSync(original.dataDir, { recursive: true });
  return withLock(join(original.dataDir, 'backup.lock'), async () => {
    clearUnfinished(folder);
    await seeToRoom(original, folder);
    const number = (backupsIn(folder).at(-1)?.manifest.number ?? 0) + 1;
    const draft = placeToMake(folder, number);
    let backup: KeptBackup;
    try {
      backup = await makeAt(draft, original, folder, number);
    } catch (error) {
      rmSync(draft, { recursive: true, force: true });
      throw error;
    }
    const now = Date.now();
    noteBackup(original.dataDir, now);
    return { backup, removed: removeOld(folder, keepDays, now) };
  });
}

async function makeAt(
  draft: string,
  original: Original,
  folder: string,
  number: number,
): Promise<KeptBackup> {
  mkdirSync(draft, { mode: 0o700 });
  const madeAt = new Date();
  const contents =
    original.databaseUrl === null
      ? await copyEmbedded(original.dataDir, draft)
      : await copyPostgres(original.databaseUrl, draft);
  const names = [...contents.names];
  const others = dataFiles(original.dataDir)
    .filter((name) => !name.includes('.sqlite'))
    .map((name) => join(original.dataDir, name));
  const settings = original.environmentFile;
  for (const path of settings !== null && existsSync(settings) ? [...others, settings] : others) {
    const name = path === settings ? environmentCopy : basename(path);
    copyFileSync(path, join(draft, name));
    names.push(name);
  }
  for (const name of names) syncToDisk(join(draft, name));
  const manifest: Manifest = {
    format: 'diemcau-backup',
    version: 1,
    number,
    madeAt: madeAt.toISOString(),
    product: original.product,
    storage: original.databaseUrl === null ? 'embedded' : 'postgres',
    migrations: [...contents.migrations],
    log: contents.log,
    files: names.map((name) => ({ name, ...fingerprint(join(draft, name)) })),
  };
  writeDurably(join(draft, manifestName), `${JSON.stringify(manifest, null, 2)}\n`);
  await checkBackup({ path: draft, manifest });
  const path = join(folder, backupName(number, madeAt));
  renameSync(draft, path);
  syncToDisk(folder);
  return { path, manifest };
}

/** Name of the copy of the server's settings in a backup. */
export const environmentCopy = 'diemcau.env';

async function copyEmbedded(dataDir: string, draft: string) {
  for (const name of databaseFiles) copyDatabase(join(dataDir, name), join(draft, name));
  const log = await withLogFile(join(draft, 'events.sqlite'), checkChains);
  return { names: [...databaseFiles], log, migrations: migrationsOf(join(draft, 'directory.sqlite')) };
}

async function copyPostgres(url: string, draft: string) {
  return { names: [dumpName], ...(await dumpDatabase(url, join(draft, dumpName))) };
}

/** Says at once what would fail after minutes. The files may still grow meanwhile: a full disk is met there too. */
async function seeToRoom({ dataDir, databaseUrl }: Original, folder: string): Promise<void> {
  if (databaseUrl === null) {
    const missing = databaseFiles.find((name) => !existsSync(join(dataDir, name)));
    if (missing !== undefined) {
      throw new OperationRefused(
        `Không có ${missing} trong ${dataDir}: không có gì để sao lưu. Nếu dữ liệu ở nơi khác, đề nghị ghi --data-dir THƯ-MỤC.`,
        `There is no ${missing} in ${dataDir}: nothing to back up. If the data is elsewhere, give --data-dir FOLDER.`,
      );
    }
  }
  const needed = databaseUrl === null ? databaseBytes(dataDir) : await postgresBytes(databaseUrl);
  const { bavail, bsize } = statfsSync(folder);
  const free = bavail * bsize;
  if (free >= needed + spare) return;
  throw new OperationRefused(
    `Không đủ chỗ ở ${folder}: cần ${size(needed + spare)}, còn ${size(free)}. Các bản sao lưu cũ vẫn nguyên; đề nghị dọn bớt hoặc dùng ổ khác.`,
    `Not enough room in ${folder}: ${size(needed + spare)} needed, ${size(free)} free. The backups of before are untouched; make room or use another disk.`,
  );
}

/** @returns whether a folder lies on the disk of the original: such a backup does not outlive the disk. */
export function onSameDisk(dataDir: string, folder: string): boolean {
  return statSync(dataDir).dev === statSync(folder).dev;
}
