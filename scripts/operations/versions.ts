import {
  chmodSync,
  copyFileSync,
  existsSync,
  lstatSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  readlinkSync,
  renameSync,
  rmSync,
  statSync,
  symlinkSync,
} from 'node:fs';
import { basename, join } from 'node:path';
import { syncToDisk } from '../../server/src/backup/durable.ts';
import { productVersion } from './context.ts';
import { currentLink, type Installation, versionsFolder } from './installation.ts';
import { runProgram } from './programs.ts';
import { OperationRefused } from './say.ts';

/** Of a source, what belongs to the place where it lies and not to the version. */
const leftOut = new Set(['.git', '.cache', '.env', 'data', 'test-results', 'playwright-report', 'coverage']);
const unfinished = '.adding-';

type Place = Pick<Installation, 'prefix'>;

/** @returns the name of the version in use; null before the first. */
export function currentVersion(place: Place): string | null {
  const link = currentLink(place);
  return existsSync(link) ? basename(readlinkSync(link)) : null;
}

/** Makes another version the one in use, at once: after a power cut it is the old one or the new one. */
export function useVersion(place: Place, id: string): void {
  const draft = `${currentLink(place)}.draft`;
  rmSync(draft, { force: true });
  symlinkSync(join('versions', id), draft);
  renameSync(draft, currentLink(place));
  syncToDisk(place.prefix);
}

/**
 * Adds a version: copies it, sets it up, and only then gives it its name. Nothing that runs notices. Packages are taken from the
 * source, else from the version in use where both want the same; else set-up fetches them.
 * @param source a folder, a packed folder (.tar, .tar.gz, .tgz), or an address of git, with `#BRANCH` behind it if wanted.
 * @returns the version's name.
 */
export async function addVersion(place: Place, source: string): Promise<string> {
  const versions = versionsFolder(place);
  mkdirSync(versions, { recursive: true, mode: 0o755 });
  for (const name of readdirSync(versions)) {
    if (name.startsWith(unfinished)) rmSync(join(versions, name), { recursive: true, force: true });
  }
  const fetched = join(versions, `${unfinished}source`);
  const folder = await fetchSource(source, fetched);
  const stamp = new Date().toISOString().replace(/\D/g, '').slice(0, 14);
  const id = `${productVersion(folder)}-${stamp}`;
  const draft = join(versions, `${unfinished}${id}`);
  mkdirSync(draft, { mode: 0o755 });
  const parts = readdirSync(folder).filter((name) => !leftOut.has(name));
  await runProgram('cp', ['-a', ...parts.map((name) => join(folder, name)), draft]);
  if (!parts.includes('node_modules') && sameLock(draft, currentLink(place))) {
    await runProgram('cp', ['-a', join(currentLink(place), 'node_modules'), draft]);
  }
  await runProgram(process.execPath, [join(draft, 'scripts', 'setup.mjs'), 'start'], { cwd: draft });
  bringWorker(draft);
  // The server runs as a user of its own, who reads and changes nothing.
  await runProgram('chmod', ['-R', 'a+rX,go-w', draft]);
  await runProgram('sync', ['-f', draft]);
  renameSync(draft, join(versions, id));
  syncToDisk(versions);
  rmSync(fetched, { recursive: true, force: true });
  return id;
}

async function fetchSource(source: string, fetched: string): Promise<string> {
  if (existsSync(source) && statSync(source).isDirectory()) return checkout(source);
  mkdirSync(fetched);
  if (existsSync(source)) {
    await runProgram('tar', ['-xf', source, '-C', fetched]);
    const [only, ...more] = readdirSync(fetched);
    const packed = existsSync(join(fetched, 'package.json')) || only === undefined || more.length > 0;
    return checkout(packed ? fetched : join(fetched, only));
  }
  const [address = '', branch] = source.split('#', 2);
  if (!/^(https?|ssh|git|file):\/\/|^[\w.-]+@[\w.-]+:/.test(address)) {
    throw new OperationRefused(
      `Không có thư mục hoặc tệp ${source}, và đó cũng không phải địa chỉ git.`,
      `There is no folder or file ${source}, nor is it an address of git.`,
    );
  }
  const wanted = branch === undefined ? [] : ['--branch', branch];
  await runProgram('git', ['clone', '--quiet', '--depth', '1', ...wanted, '--', address, fetched]);
  return checkout(fetched);
}

function checkout(folder: string): string {
  const needed = ['package.json', 'package-lock.json', 'scripts/setup.mjs', 'server/src/main.ts'];
  const missing = needed.find((name) => !existsSync(join(folder, name)));
  if (missing === undefined) return folder;
  throw new OperationRefused(
    `${folder} không phải là một phiên bản của Điểm Cầu (thiếu ${missing}).`,
    `${folder} is no version of Diem Cau (there is no ${missing}).`,
  );
}

function sameLock(one: string, other: string): boolean {
  const [a, b] = [one, other].map((folder) => join(folder, 'package-lock.json'));
  if (!a || !b || !existsSync(a) || !existsSync(b)) return false;
  return readFileSync(a, 'utf8') === readFileSync(b, 'utf8');
}

/** The SFU worker lies in the cache of whoever set up, where the server's user can't look. */
function bringWorker(folder: string): void {
  const stamp = join(folder, 'node_modules', '.diemcau', 'worker-bin');
  const found = existsSync(stamp) ? readFileSync(stamp, 'utf8').trim() : '';
  if (!existsSync(found) || !lstatSync(found).isFile()) return;
  const own = join(folder, 'mediasoup-worker');
  copyFileSync(found, own);
  chmodSync(own, 0o755);
}

/** Removes all versions but those named. */
export function removeVersionsBut(place: Place, kept: readonly string[]): void {
  const versions = versionsFolder(place);
  for (const name of readdirSync(versions)) {
    if (!kept.includes(name)) rmSync(join(versions, name), { recursive: true, force: true });
  }
}
