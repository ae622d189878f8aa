import { mkdirSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

/** SQLite's index of the write-ahead log lives in memory; after a power cut there is none. */
const fleeting = /-shm$/;

/** Makes a folder hold these files of another, and nothing else. */
export function writeFolder(files: ReadonlyMap<string, Buffer>, from: string, to: string): void {
  mkdirSync(to, { recursive: true });
  for (const name of readdirSync(to)) rmSync(join(to, name), { recursive: true, force: true });
  for (const [path, content] of files) {
    if (fleeting.test(path)) continue;
    const place = join(to, path.slice(from.length));
    mkdirSync(dirname(place), { recursive: true });
    writeFileSync(place, content, { mode: 0o600 });
  }
}
