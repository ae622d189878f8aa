import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const source = fileURLToPath(new URL('./shim.c', import.meta.url));

let built: string | null | undefined;

/**
 * Compiles the library that is loaded before a server's own (Linux with a C compiler).
 * @returns its path, gone with this process; null where there is no compiler. On a machine made for tests (CI=true) there must be one.
 */
export function shimLibrary(): string | null {
  if (built !== undefined) return built;
  if (process.platform !== 'linux') {
    built = null;
    return null;
  }
  const folder = mkdtempSync(join(tmpdir(), 'diemcau-shim-'));
  process.once('exit', () => rmSync(folder, { recursive: true, force: true }));
  const library = join(folder, 'shim.so');
  const options = ['-O2', '-Wall', '-shared', '-fPIC', '-o', library, source, '-ldl', '-lpthread'];
  const { status, error, stderr } = spawnSync('cc', options, { encoding: 'utf8' });
  built = status === 0 ? library : null;
  if (built === null) {
    const why = `the shim could not be compiled: ${error?.message ?? stderr}`;
    if (process.env.CI === 'true') throw new Error(why);
    console.warn(`Skipped: no power cut and no clock that jumps, ${why}`);
  }
  return built;
}
