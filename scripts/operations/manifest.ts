import { createHash } from 'node:crypto';
import { closeSync, openSync, readFileSync, readSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { OperationRefused } from './say.ts';

/** The file that makes a folder a backup; written last. */
export const manifestName = 'manifest.json';

const file = z.object({
  name: z.string().regex(/^[\w.-]+$/),
  bytes: z.number().int().nonnegative(),
  sha256: z.string().regex(/^[0-9a-f]{64}$/),
});

/** What the event log of a backup holds. */
export const logFigures = z.object({
  meetings: z.number().int().nonnegative(),
  events: z.number().int().nonnegative(),
  /** SHA-256 over `MEETING SEQ HASH` of every meeting's last event: equal where two logs are. */
  heads: z.string().regex(/^[0-9a-f]{64}$/),
});
export type LogFigures = z.infer<typeof logFigures>;

/** What a backup says of itself. */
export const manifest = z.object({
  format: z.literal('diemcau-backup'),
  version: z.literal(1),
  /** Counts the backups of a folder; the order among them even where a clock was wrong. */
  number: z.number().int().positive(),
  madeAt: z.iso.datetime(),
  /** Version of the product that made it. */
  product: z.string(),
  storage: z.enum(['embedded', 'postgres']),
  /** Changes of the directory's tables that had been made, by name, in order. */
  migrations: z.array(z.string()),
  log: logFigures,
  files: z.array(file).min(1),
});
export type Manifest = z.infer<typeof manifest>;
export type ManifestFile = z.infer<typeof file>;

/** @returns size and SHA-256 of a file, read once. */
export function fingerprint(path: string): Omit<ManifestFile, 'name'> {
  const hash = createHash('sha256');
  const buffer = Buffer.allocUnsafe(1 << 20);
  const handle = openSync(path, 'r');
  let bytes = 0;
  try {
    for (let read = readSync(handle, buffer); read > 0; read = readSync(handle, buffer)) {
      hash.update(buffer.subarray(0, read));
      bytes += read;
    }
  } finally {
    closeSync(handle);
  }
  return { bytes, sha256: hash.digest('hex') };
}

/**
 * Reads what a backup says of itself.
 * @throws OperationRefused when the folder is no backup, or its manifest can't be read.
 */
export function readManifest(folder: string): Manifest {
  let text: string;
  try {
    text = readFileSync(join(folder, manifestName), 'utf8');
  } catch {
    throw new OperationRefused(
      `${folder} không phải là một bản sao lưu hoàn chỉnh (thiếu ${manifestName}).`,
      `${folder} is not a whole backup (there is no ${manifestName}).`,
    );
  }
  try {
    return manifest.parse(JSON.parse(text));
  } catch {
    throw new OperationRefused(
      `${manifestName} trong ${folder} bị hỏng, hoặc do phiên bản mới hơn tạo ra.`,
      `The ${manifestName} in ${folder} is damaged, or was made by a newer version.`,
    );
  }
}
