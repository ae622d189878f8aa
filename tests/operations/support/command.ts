import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { root } from '../../../scripts/worker-path.mjs';

/** What a command of the terminal left. */
export interface Ended {
  /** Null where a signal ended it. */
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
  /** All that it printed. */
  readonly output: string;
}

const preload = new URL('./die-at.mjs', import.meta.url).href;

/**
 * Runs one of the project's operating commands in a process of its own.
 * @param env on top of an environment that knows nothing of this machine's settings.
 */
export async function operate(
  script: 'backup' | 'restore' | 'update' | 'install-service',
  args: readonly string[],
  env: Readonly<Record<string, string>> = {},
  folder: string = root,
): Promise<Ended> {
  const program = join(folder, 'scripts', `${script}.ts`);
  const child = spawn(process.execPath, ['--import', preload, program, ...args], {
    cwd: folder,
    env: { PATH: process.env.PATH, HOME: process.env.HOME, ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let output = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream.on('data', (text) => {
      output += String(text);
    });
  }
  const [code, signal] = await once(child, 'close');
  return { code, signal, output };
}
