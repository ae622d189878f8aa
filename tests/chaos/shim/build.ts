import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, renameSync } from 'node:fs';
import { dirname } from 'node:path';
import { fileURLToPath } from 'node:url';

const source = fileURLToPath(new URL('./shim.c', import.meta.url));
const cache = fileURLToPath(new URL('../../../node_modules/.cache/diemcau-shim/', import.meta.url));

let built: string | null | undefined;

/**
 * Compiles the library that is loaded before a server's own (Linux with a C compiler), once for each version of its source.
 * @returns its path; null where there is no compiler. On a machine made for tests (CI=true) there must be one.
 */
export function shimLibrary(): string | null {
  if (built === undefined) built = process.platform === 'linux' ? build() : null;
  return built;
}

function build(): string | null {
  const version = createHash('sha256').update(readFileSync(source)).digest('hex').slice(0, 16);
  const library = `${cache}${version}.so`;
  if (existsSync(library)) return library;
  mkdirSync(dirname(library), { recursive: true });
  const draft = `${library}.${process.pid}`;
  const options = ['-O2', '-Wall', '-shared', '-fPIC', '-o', draft, source, '-ldl', '-lpthread'];
  const { status, error, stderr } = spawnSync('cc', options, { encoding: 'utf8' });
  if (status === 0) {
    // Several test files may build it at once; each finds it whole.
    renameSync(draft, library);
    return library;
  }
  const why = `the shim could not be compiled: ${error?.message ?? stderr}`;
  if (process.env.CI === 'true') throw new Error(why);
  console.warn(`Skipped: no power cut and no clock that jumps, ${why}`);
  return null;
}
