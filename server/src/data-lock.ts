import { mkdirSync } from 'node:fs';
import { readFile, rename, rm, stat, writeFile } from 'node:fs/promises';
import { hostname } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import lockfile from 'proper-lockfile';
import { z } from 'zod';

/** A lock that its holder has not touched for so long (milliseconds) was left by a process that died. */
const stale = 4_000;
/** How often the holder touches it, in milliseconds. */
const touched = 1_000;

const holder = z.object({ pid: z.number().int().positive(), host: z.string() });

/** Another process works on the folder. */
export class FolderInUse extends Error {
  constructor(dataDir: string) {
    super(
      `Một tiến trình khác đang dùng ${dataDir}. Đề nghị dừng tiến trình đó trước, hoặc đặt DATA_DIR khác.\n` +
        `Another process is using ${dataDir}. Stop it first, or give this one a DATA_DIR of its own.`,
    );
    this.name = 'FolderInUse';
  }
}

/**
 * Keeps every other process out of the folder. The lock of a killed process is taken over: at once where it can be seen
 * to be dead, else when it has not been touched for a while.
 * @param onLost called when the lock was taken from this process, which must then stop at once.
 * @returns a function that gives the folder free.
 * @throws FolderInUse while a living process holds it.
 */
export async function lockFolder(
  dataDir: string,
  onLost: (cause: Error) => void,
): Promise<() => Promise<void>> {
  mkdirSync(dataDir, { recursive: true });
  const lockfilePath = join(dataDir, 'process.lock');
  const holderPath = join(dataDir, 'process.json');
  const attempt = () =>
    lockfile.lock(dataDir, { lockfilePath, stale, update: touched, onCompromised: onLost });
  await clearDead(lockfilePath, holderPath);
  const firstSeen = await touchedAt(lockfilePath);
  const deadline = Date.now() + stale + 2 * touched;
  for (;;) {
    try {
      const release = await attempt();
      // Another user's, who had it before, can't be written to; the folder is ours all the same.
      await rm(holderPath, { force: true });
      await writeFile(holderPath, JSON.stringify({ pid: process.pid, host: hostname() }));
      return release;
    } catch (error) {
      if (!(error instanceof Error && 'code' in error && error.code === 'ELOCKED')) throw error;
    }
    await wait(touched / 2);
    const alive = firstSeen !== null && (await touchedAt(lockfilePath)) !== firstSeen;
    if (alive || Date.now() > deadline) throw new FolderInUse(dataDir);
  }
}

async function touchedAt(path: string): Promise<number | null> {
  try {
    return (await stat(path)).mtimeMs;
  } catch {
    return null;
  }
}

/** Process numbers mean something on their own machine only: in another container the same number is somebody else. */
async function clearDead(lockfilePath: string, holderPath: string): Promise<void> {
  try {
    const { pid, host } = holder.parse(JSON.parse(await readFile(holderPath, 'utf8')));
    if (host !== hostname() || pid === process.pid || isRunning(pid)) return;
    // A rename succeeds for one of several who try.
    const aside = `${lockfilePath}.${process.pid}`;
    await rename(lockfilePath, aside);
    await rm(aside, { recursive: true, force: true });
  } catch {
    // Nobody held it, or who did can't be told: the lock's own age decides.
  }
}

function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return !(error instanceof Error && 'code' in error && error.code === 'ESRCH');
  }
}
