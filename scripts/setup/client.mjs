// The pages: built when something they are made of has changed, and put in place as a whole.
import { existsSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { filesBelow, hashFiles, root } from '../worker-path.mjs';
import { pinnedNode } from './packages.mjs';
import { CommandFailure, run, SetupFailure, step, tailOf } from './steps.mjs';

const client = join(root, 'client');
const built = join(client, 'dist');
const stamp = join(built, '.built-from');

function inputs() {
  const single = ['package-lock.json', 'package.json', 'tsconfig.base.json'].map((name) => join(root, name));
  return hashFiles(root, [...single, ...filesBelow(client), ...filesBelow(join(root, 'shared'))]);
}

/** Builds `client/dist` if it is not made of the present sources. */
export async function buildClient() {
  const wanted = inputs();
  if (existsSync(stamp) && readFileSync(stamp, 'utf8') === wanted) return;
  await step('pages (about half a minute)', async () => {
    const next = join(client, '.cache', 'dist');
    const old = join(client, '.cache', 'old');
    const vite = join(root, 'node_modules', 'vite', 'bin', 'vite.js');
    try {
      await run('client-build', pinnedNode, [vite, 'build', '--outDir', next, '--emptyOutDir'], {
        cwd: client,
        env: { NODE_ENV: 'production' },
      });
    } catch (error) {
      if (!(error instanceof CommandFailure)) throw error;
      console.error(tailOf(error.log));
      throw new SetupFailure(
        `Không dựng được các trang của ứng dụng. Nếu đồng chí vừa sửa mã trong client/ hoặc shared/, hãy xem lỗi ở trên; nếu không, hãy xoá node_modules rồi chạy lại. Nhật ký: ${error.log}`,
        `The pages could not be built. If you changed something in client/ or shared/, see the error above; if not, remove node_modules and start again. Log: ${error.log}`,
      );
    }
    writeFileSync(join(next, '.built-from'), wanted);
    rmSync(old, { recursive: true, force: true });
    if (existsSync(built)) renameSync(built, old);
    renameSync(next, built);
    rmSync(old, { recursive: true, force: true });
  });
}
