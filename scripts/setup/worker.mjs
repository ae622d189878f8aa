// The SFU worker: one binary per machine, version and recipe; downloaded where a prebuilt one is offered, else built.
import { spawnSync } from 'node:child_process';
import {
  copyFileSync,
  existsSync,
  mkdirSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { dirname, join } from 'node:path';
import { cachedWorker, mediasoupVersion, recipe, root, workerStamp } from '../worker-path.mjs';
import { hasApt, installDebianPackages } from './debian.mjs';
import { withLock } from './lock.mjs';
import { pinnedNode } from './packages.mjs';
import { CommandFailure, note, run, SetupFailure, step, tailOf } from './steps.mjs';

/** How long the prebuilt worker may take to arrive, in ms; a network that drops packets never says no. */
const downloadLimit = 45_000;

/**
 * Whether a worker loads and runs here: without its version variable it ends with 41.
 * @param {string} path
 */
export function workerRuns(path) {
  if (!existsSync(path)) return false;
  const env = { ...process.env };
  delete env.MEDIASOUP_VERSION;
  return spawnSync(path, [], { env, timeout: 10_000 }).status === 41;
}

/** Sees to it that there is a worker, and notes where. */
export async function provideWorker() {
  const given = process.env.MEDIASOUP_WORKER_BIN;
  if (given && !workerRuns(given)) {
    throw new SetupFailure(
      `MEDIASOUP_WORKER_BIN=${given} không phải là mediasoup-worker chạy được trên máy này. Hãy sửa hoặc bỏ biến này rồi chạy lại.`,
      `MEDIASOUP_WORKER_BIN=${given} is no mediasoup-worker that runs here. Correct or remove the variable, then start again.`,
    );
  }
  const target = given || cachedWorker();
  if (!given && !workerRuns(target)) {
    await withLock(
      join(dirname(dirname(target)), 'lock'),
      async () => {
        if (!workerRuns(target) && !(await download(target))) await build(target);
      },
      (pid) => console.log(`… waiting for another set-up (process ${pid}) that makes the SFU worker`),
    );
  }
  mkdirSync(dirname(workerStamp), { recursive: true });
  writeFileSync(workerStamp, `${target}\n`);
}

/**
 * Tries mediasoup's own download. Its fallback, a build with tools from the network, is made to end at once.
 * @param {string} target
 */
async function download(target) {
  const folder = join(root, 'node_modules', 'mediasoup');
  const fetched = join(folder, 'worker', 'out', 'Release', 'mediasoup-worker');
  return step('SFU worker: looking for a prebuilt one', async () => {
    rmSync(fetched, { force: true });
    try {
      await run('worker-download', pinnedNode, ['npm-scripts.mjs', 'postinstall'], {
        cwd: folder,
        env: { PYTHON: 'false', MEDIASOUP_WORKER_BIN: undefined },
        timeout: downloadLimit,
      });
    } catch (error) {
      if (!(error instanceof CommandFailure)) throw error;
    }
    if (!workerRuns(fetched)) {
      note('none to be had');
      return false;
    }
    mkdirSync(dirname(target), { recursive: true });
    copyFileSync(fetched, `${target}.new`);
    renameSync(`${target}.new`, target);
    return true;
  });
}

/**
 * Builds the worker from the npm package's source with the distribution's libraries.
 * @param {string} target
 */
async function build(target) {
  if (process.platform !== 'linux') {
    throw new SetupFailure(
      'Không tải được mediasoup-worker dựng sẵn. Trên hệ điều hành này cần truy cập được github.com trong lần chạy đầu, hoặc đặt MEDIASOUP_WORKER_BIN trỏ tới một mediasoup-worker sẵn có.',
      'The prebuilt mediasoup-worker could not be downloaded. On this system the first start needs access to github.com, or MEDIASOUP_WORKER_BIN naming a mediasoup-worker that you have.',
    );
  }
  if (hasApt()) {
    const packages = readFileSync(join(recipe, 'debian-packages.txt'), 'utf8').split('\n').filter(Boolean);
    await step('SFU worker: packages to build it', () =>
      installDebianPackages(
        packages,
        'Việc dựng thành phần truyền hình ảnh (SFU)',
        'Building the SFU worker',
      ),
    );
  }
  await step(`SFU worker: building ${mediasoupVersion()}, once per machine (4 to 10 minutes)`, async () => {
    try {
      await run(
        'worker-build',
        'sh',
        [join(recipe, 'build.sh'), join(root, 'node_modules', 'mediasoup'), target],
        {
          progress: /\[\d+\/\d+\]/g,
        },
      );
    } catch (error) {
      if (!(error instanceof CommandFailure)) throw error;
      console.error(tailOf(error.log));
      throw new SetupFailure(
        `Không dựng được mediasoup-worker. Các gói cần có được nêu trong ${join(recipe, 'debian-packages.txt')} (tên gói của Debian); cần 600 MB đĩa và 1,5 GB bộ nhớ. Nhật ký: ${error.log}`,
        `mediasoup-worker could not be built. ${join(recipe, 'debian-packages.txt')} lists what it needs (by Debian's names), besides 600 MB of disk and 1.5 GB of memory. Log: ${error.log}`,
      );
    }
  });
}
