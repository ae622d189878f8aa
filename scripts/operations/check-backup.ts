import { existsSync, statSync } from 'node:fs';
import { join } from 'node:path';
import type { KeptBackup } from './backup-folder.ts';
import { checkChains } from './chains.ts';
import { fingerprint } from './manifest.ts';
import { OperationRefused } from './say.ts';
import { checkDatabase, databaseFiles, withLogFile } from './sqlite-copy.ts';

/**
 * Reads a backup wholly: each file against its fingerprint, the embedded databases page by page, and every meeting's chain
 * against what the manifest says. A dump of PostgreSQL is checked by its fingerprint; its chains are when it is restored.
 * @throws OperationRefused with what is wrong.
 */
export async function checkBackup({ path, manifest }: KeptBackup): Promise<void> {
  for (const file of manifest.files) {
    const place = join(path, file.name);
    if (
      !existsSync(place) ||
      statSync(place).size !== file.bytes ||
      fingerprint(place).sha256 !== file.sha256
    ) {
      throw new OperationRefused(
        `Bản sao lưu ${path} bị hỏng: tệp ${file.name} thiếu hoặc đã thay đổi.`,
        `The backup ${path} is damaged: its file ${file.name} is missing or has changed.`,
      );
    }
  }
  if (manifest.storage === 'postgres') return;
  for (const name of databaseFiles) checkDatabase(join(path, name));
  const { heads } = await withLogFile(join(path, 'events.sqlite'), checkChains);
  if (heads === manifest.log.heads) return;
  throw new OperationRefused(
    `Nhật ký trong bản sao lưu ${path} không phải là nhật ký đã được sao lưu.`,
    `The log in the backup ${path} is not the one that was backed up.`,
  );
}
