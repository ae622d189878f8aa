// The npm packages: installed exactly as the lock file says, and only when they differ from it.
import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { delimiter, dirname, join } from 'node:path';
import { root } from '../worker-path.mjs';
import { CommandFailure, run, SetupFailure, step, tailOf } from './steps.mjs';

/**
 * @typedef {{ version?: string, resolved?: string, link?: boolean, optional?: boolean, dependencies?: unknown }} LockEntry
 */

/**
 * Whether what npm installed is what the lock file asks for.
 * Optional packages of other systems may be missing; nothing may be there in another version.
 * @param {Record<string, LockEntry>} wanted `packages` of package-lock.json
 * @param {Record<string, LockEntry>} installed `packages` of node_modules/.package-lock.json
 */
export function sameInstall(wanted, installed) {
  const lacking = Object.entries(wanted).some(([path, entry]) => {
    if (path === '') return false;
    const found = installed[path];
    if (found === undefined) return !entry.optional;
    // Workspaces: npm copies their package.json into both; a changed one means that links may have changed.
    return found.version !== entry.version || found.link !== entry.link;
  });
  return !lacking && Object.keys(installed).every((path) => path in wanted);
}

/** @param {string} path */
function lockPackages(path) {
  return existsSync(path) ? JSON.parse(readFileSync(path, 'utf8')).packages : {};
}

/** The Node of the project, in the version that package.json pins. */
export const pinnedNode = join(root, 'node_modules', 'node', 'bin', 'node');

function pinnedNodeRuns() {
  const wanted = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')).devDependencies.node;
  try {
    return execFileSync(pinnedNode, ['--version'], { encoding: 'utf8' }).trim() === `v${wanted}`;
  } catch {
    return false;
  }
}

/** The environment without this checkout's own programs: `npm ci` removes them while it runs. */
function outsideEnvironment() {
  const path = (process.env.PATH ?? '')
    .split(delimiter)
    .filter((folder) => !folder.includes('node_modules') && !folder.includes('node-gyp-bin'))
    .join(delimiter);
  // mediasoup's install script downloads or builds nothing when told that there is a worker already.
  return {
    ...process.env,
    PATH: path,
    MEDIASOUP_WORKER_BIN: process.env.MEDIASOUP_WORKER_BIN || process.execPath,
  };
}

/** @param {string | undefined} version */
function checkNpm(version) {
  if (version !== undefined && Number(version.split('.')[0]) >= 8) return;
  throw new SetupFailure(
    `Cần có npm 8 trở lên để cài đặt (hiện ${version === undefined ? 'không tìm thấy npm' : `là npm ${version}`}). Hãy cài Node.js 18 trở lên kèm npm rồi chạy lại.`,
    `Setting up needs npm 8 or newer (${version === undefined ? 'no npm was found' : `this is npm ${version}`}). Install Node.js 18 or newer with its npm, then start again.`,
  );
}

/** Installs the packages of the lock file where they differ from it. */
export async function installPackages() {
  const same = sameInstall(
    lockPackages(join(root, 'package-lock.json')),
    lockPackages(join(root, 'node_modules', '.package-lock.json')),
  );
  if (same && pinnedNodeRuns()) return;

  const env = outsideEnvironment();
  checkNpm(npmVersion(env));
  await step('npm packages (about half a minute)', async () => {
    try {
      await run('npm-ci', 'npm', ['ci', '--no-audit', '--no-fund', '--loglevel=warn'], { env });
    } catch (error) {
      if (!(error instanceof CommandFailure)) throw error;
      console.error(npmErrors(error.log));
      throw new SetupFailure(
        `Không cài được các gói npm. Hãy kiểm tra kết nối tới kho gói npm (npm ping) và dung lượng đĩa rồi chạy lại; nhật ký: ${error.log}`,
        `The npm packages could not be installed. Check the connection to the npm registry (npm ping) and the free disk space, then start again; log: ${error.log}`,
      );
    }
  });
  if (pinnedNodeRuns()) return;
  throw new SetupFailure(
    `Gói "node" đã cài nhưng ${dirname(pinnedNode)} không chạy được trên máy này. Hãy xoá thư mục node_modules rồi chạy lại; nếu vẫn lỗi, máy này không được Node.js 24 hỗ trợ.`,
    `The "node" package is installed but ${dirname(pinnedNode)} does not run here. Remove node_modules and start again; if it fails again, Node.js 24 does not support this machine.`,
  );
}

/** @param {Record<string, string | undefined>} env */
function npmVersion(env) {
  try {
    return execFileSync('npm', ['--version'], { encoding: 'utf8', env }).trim();
  } catch {
    return undefined;
  }
}

/**
 * What npm says went wrong: its first lines, for the usage that follows them says nothing.
 * @param {string} log
 */
function npmErrors(log) {
  const lines = readFileSync(log, 'utf8').split('\n');
  const errors = lines.filter((line) => /^npm (error|ERR!)/.test(line));
  return errors.length === 0 ? tailOf(log) : errors.slice(0, 12).join('\n');
}
