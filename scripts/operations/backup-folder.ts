import { existsSync, lstatSync, readdirSync, rmSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { syncToDisk, writeDurably } from '../../server/src/backup/durable.ts';
import { type Manifest, manifestName, readManifest } from './manifest.ts';
import { OperationRefused } from './say.ts';

/** A backup in a folder of backups. */
export interface KeptBackup {
  readonly path: string;
  readonly manifest: Manifest;
}

/** Tells a folder of backups (a stick that is plugged in) from the empty place where it would be. */
const markerName = 'DIEMCAU-SAO-LUU.txt';
const marker = `Thư mục này chứa các bản sao lưu của Điểm Cầu, mỗi bản một thư mục diemcau-…
Bản sao lưu có dữ liệu đảng viên và khóa của máy chủ: đề nghị bảo quản như bản gốc.
Khôi phục: npm run restore -- <thư mục của bản sao lưu>

This folder holds backups of Diem Cau, one folder diemcau-… each.
They hold members' data and the server's keys: keep them as safe as the original.
`;

const unfinished = '.making-';
/** However old they are, so many stay: a clock that has jumped must not clear everything away. */
const alwaysKept = 3;
const day = 86_400_000;

/**
 * Looks whether backups can go to a folder, and marks it as one of backups.
 * @param known `required`: only a folder that has been used for backups before (each night's run: the stick may be missing).
 * @throws OperationRefused when it is not there, or not known.
 */
export function useFolder(folder: string, known: 'required' | 'orNew'): void {
  if (!existsSync(folder) || !statSync(folder).isDirectory()) {
    throw new OperationRefused(
      `Không có thư mục ${folder}. Đề nghị cắm ổ sao lưu, hoặc tạo thư mục trước.`,
      `There is no folder ${folder}. Plug the backup disk in, or make the folder first.`,
    );
  }
  if (existsSync(join(folder, markerName))) return;
  if (known === 'required') {
    throw new OperationRefused(
      `${folder} không phải là thư mục sao lưu đã dùng trước đây (có thể ổ sao lưu chưa được cắm).`,
      `${folder} has not been used for backups before (the backup disk may not be plugged in).`,
    );
  }
  writeDurably(join(folder, markerName), marker, 0o644);
}

/** @returns the whole backups of a folder, oldest first; what can't be read is no backup. */
export function backupsIn(folder: string): readonly KeptBackup[] {
  return readdirSync(folder, { withFileTypes: true })
    .filter((entry) => entry.isDirectory() && entry.name.startsWith('diemcau-'))
    .map(({ name }) => join(folder, name))
    .filter((path) => existsSync(join(path, manifestName)))
    .flatMap((path) => {
      try {
        return [{ path, manifest: readManifest(path) }];
      } catch (error) {
        if (error instanceof OperationRefused) return [];
        throw error;
      }
    })
    .sort((a, b) => a.manifest.number - b.manifest.number);
}

/** Where the backup with this number is made, out of sight until it is whole. */
export function placeToMake(folder: string, number: number): string {
  return join(folder, `${unfinished}${number}`);
}

/** `diemcau-0007-20261126-0300`, by this computer's clock and time zone. */
export function backupName(number: number, madeAt: Date): string {
  const two = (value: number) => String(value).padStart(2, '0');
  const date = `${madeAt.getFullYear()}${two(madeAt.getMonth() + 1)}${two(madeAt.getDate())}`;
  return `diemcau-${String(number).padStart(4, '0')}-${date}-${two(madeAt.getHours())}${two(madeAt.getMinutes())}`;
}

/** Clears away what interrupted backups have left. */
export function clearUnfinished(folder: string): void {
  for (const name of readdirSync(folder)) {
    if (name.startsWith(unfinished) && lstatSync(join(folder, name)).isDirectory()) {
      rmSync(join(folder, name), { recursive: true, force: true });
    }
  }
}

/**
 * Removes backups that are older than so many days, but never the newest three.
 * @returns how many were removed.
 */
export function removeOld(folder: string, keepDays: number, now: number): number {
  const old = backupsIn(folder)
    .slice(0, -alwaysKept)
    .filter(({ manifest }) => now - Date.parse(manifest.madeAt) > keepDays * day);
  // The manifest goes first: a backup that is half removed is none.
  for (const { path } of old) {
    rmSync(join(path, manifestName));
    syncToDisk(path);
    rmSync(path, { recursive: true, force: true });
  }
  return old.length;
}

/**
 * @param path a backup, or a folder of backups, of which the newest is meant.
 * @throws OperationRefused when there is none.
 */
export function backupAt(path: string): KeptBackup {
  if (existsSync(join(path, manifestName))) return { path, manifest: readManifest(path) };
  const newest = existsSync(path) && statSync(path).isDirectory() ? backupsIn(path).at(-1) : undefined;
  if (newest) return newest;
  throw new OperationRefused(`Không có bản sao lưu nào ở ${path}.`, `There is no backup at ${path}.`);
}
