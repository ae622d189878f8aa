// One set-up at a time per thing that is set up: a file that holds the owner's process id.
import { linkSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';

/**
 * Whether a process of this machine is there.
 * @param {number} pid
 */
function alive(pid) {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return /** @type {NodeJS.ErrnoException} */ (error).code === 'EPERM';
  }
}

/**
 * Makes the lock file, or says who has it.
 * @param {string} path
 * @returns {number | undefined} the owner's process id; undefined when the lock is ours
 */
function attempt(path) {
  try {
    // Linked into place with its content, so that nobody reads an owner that is not written yet.
    const own = `${path}.${process.pid}`;
    writeFileSync(own, String(process.pid));
    try {
      linkSync(own, path);
    } finally {
      rmSync(own, { force: true });
    }
    return undefined;
  } catch (error) {
    if (/** @type {NodeJS.ErrnoException} */ (error).code !== 'EEXIST') throw error;
  }
  try {
    return Number(readFileSync(path, 'utf8'));
  } catch {
    return process.ppid;
  }
}

/**
 * Puts away the lock of a process that is gone. Another may have done so and locked in between: then it gets its lock back.
 * @param {string} path
 * @param {number} gone
 */
function putAway(path, gone) {
  const aside = `${path}.gone.${process.pid}`;
  try {
    renameSync(path, aside);
    if (Number(readFileSync(aside, 'utf8')) !== gone) linkSync(aside, path);
  } catch {
    // Put away by another: the next attempt shows who has it.
  }
  rmSync(aside, { force: true });
}

/**
 * Runs work while holding a lock; waits for the process that has it.
 * @template Result
 * @param {string} path
 * @param {() => Promise<Result>} work
 * @param {(pid: number) => void} [onWait] told once when another process has the lock
 * @returns {Promise<Result>}
 */
export async function withLock(path, work, onWait = () => {}) {
  mkdirSync(dirname(path), { recursive: true });
  let told = false;
  for (let owner = attempt(path); owner !== undefined; owner = attempt(path)) {
    // Our own number is that of a process that is gone: numbers come round again.
    if (owner === process.pid || !alive(owner)) {
      putAway(path, owner);
      continue;
    }
    if (!told) onWait(owner);
    told = true;
    await pause(500);
  }
  const release = () => rmSync(path, { force: true });
  process.once('exit', release);
  try {
    return await work();
  } finally {
    process.removeListener('exit', release);
    release();
  }
}
