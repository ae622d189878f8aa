import { mkdirSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll } from 'vitest';
import { checkChains } from '../../../scripts/operations/chains.ts';
import type { LogFigures } from '../../../scripts/operations/manifest.ts';
import { withLogFile } from '../../../scripts/operations/sqlite-copy.ts';

const made: string[] = [];

// Whichever file of tests imports this clears up after itself.
afterAll(() => {
  for (const path of made.splice(0)) rmSync(path, { recursive: true, force: true, maxRetries: 5 });
});

/** @returns a new folder that goes when the tests of the file are over. */
export function ownFolder(): string {
  const path = mkdtempSync(join(tmpdir(), 'diemcau-operations-'));
  made.push(path);
  return path;
}

/** @returns a new empty folder of a name within another. */
export function within(folder: string, name: string): string {
  const path = join(folder, name);
  mkdirSync(path, { recursive: true });
  return path;
}

/** @returns the whole backups of a folder by name, and what else lies there but its marker. */
export function listed(folder: string): { readonly backups: string[]; readonly others: string[] } {
  const names = readdirSync(folder).sort();
  return {
    backups: names.filter((name) => name.startsWith('diemcau-')),
    others: names.filter((name) => !name.startsWith('diemcau-') && !name.startsWith('DIEMCAU')),
  };
}

/** @returns what the log of a folder of data holds, checked; nobody may be writing to it. */
export function logIn(dataDir: string): Promise<LogFigures> {
  return withLogFile(join(dataDir, 'events.sqlite'), checkChains);
}
