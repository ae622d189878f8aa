// Where this machine keeps the SFU worker. Free of dependencies: set-up runs it on any Node from 18 on.
import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { dirname, join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';

/** The checkout that this file lies in. */
export const root = dirname(dirname(fileURLToPath(import.meta.url)));

/** How the worker is built where nobody offers a prebuilt one; shared with the container image. */
export const recipe = join(root, 'docker', 'worker');

/** Names the binary that set-up found last, for whoever starts the server by hand. */
export const workerStamp = join(root, 'node_modules', '.diemcau', 'worker-bin');

/**
 * All source files below a folder, sorted, as paths; not what is hidden, installed or made from them.
 * @param {string} path
 * @returns {string[]}
 */
export function filesBelow(path) {
  if (!existsSync(path)) return [];
  const entries = readdirSync(path, { withFileTypes: true }).filter(
    (entry) =>
      entry.name !== 'node_modules' &&
      entry.name !== 'dist' &&
      !entry.name.startsWith('.') &&
      !entry.name.endsWith('.tsbuildinfo'),
  );
  return entries
    .flatMap((entry) => (entry.isDirectory() ? filesBelow(join(path, entry.name)) : [join(path, entry.name)]))
    .sort();
}

/**
 * One hash over names and contents of files, the same in every checkout.
 * @param {string} base the folder that names are relative to
 * @param {string[]} files
 */
export function hashFiles(base, files) {
  const hash = createHash('sha256');
  for (const file of files) {
    const content = readFileSync(file);
    hash.update(`${relative(base, file)}\0${content.length}\0`).update(content);
  }
  return hash.digest('hex');
}

/** The pinned version of mediasoup. */
export function mediasoupVersion() {
  const server = JSON.parse(readFileSync(join(root, 'server', 'package.json'), 'utf8'));
  return String(server.dependencies.mediasoup);
}

/** The cache folder of this product on this machine: outside the checkout, so that all checkouts share it. */
export function cacheFolder() {
  return join(process.env.XDG_CACHE_HOME || join(homedir(), '.cache'), 'diemcau');
}

/** Where the worker for this version, recipe and kind of machine is kept, built or not. */
export function cachedWorker() {
  const kind = `${process.platform}-${process.arch}`;
  const parts = filesBelow(recipe).filter((file) => !file.endsWith('.md'));
  const recipeHash = hashFiles(recipe, parts).slice(0, 12);
  return join(cacheFolder(), 'worker', `${mediasoupVersion()}-${kind}-${recipeHash}`, 'mediasoup-worker');
}

/**
 * The worker to use now: `MEDIASOUP_WORKER_BIN`, else what set-up found, else the cached one.
 * @returns {string | undefined} undefined where set-up has not run yet
 */
export function workerPath() {
  const stamped = existsSync(workerStamp) ? readFileSync(workerStamp, 'utf8').trim() : '';
  return [process.env.MEDIASOUP_WORKER_BIN, stamped, cachedWorker()].find((path) => path && existsSync(path));
}
