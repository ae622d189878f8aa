/** `npm run dev`: the server restarts and the pages reload when their sources change. Ctrl-C ends both. */
import { type ChildProcess, spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { root, workerPath } from './worker-path.mjs';

const file = join(root, '.env');
if (existsSync(file)) process.loadEnvFile(file);
const worker = workerPath();
const env = {
  ...process.env,
  DEMO: process.env.DEMO ?? '1',
  PORT: process.env.PORT ?? '3000',
  ...(worker === undefined ? {} : { MEDIASOUP_WORKER_BIN: worker }),
};

const children: ChildProcess[] = [
  spawn(
    process.execPath,
    ['--watch', '--watch-preserve-output', join(root, 'server', 'src', 'main.ts'), ...process.argv.slice(2)],
    { cwd: root, env, stdio: 'inherit' },
  ),
  spawn(process.execPath, [join(root, 'node_modules', 'vite', 'bin', 'vite.js')], {
    cwd: join(root, 'client'),
    env,
    stdio: 'inherit',
  }),
];

function stop(): void {
  for (const child of children) child.kill('SIGTERM');
}

process.on('SIGINT', stop);
process.on('SIGTERM', stop);

for (const child of children) {
  child.once('exit', (code) => {
    process.exitCode ||= code ?? 0;
    stop();
  });
}
