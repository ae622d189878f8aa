import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { OperationRefused } from './say.ts';

/**
 * Runs a program of the system to its end, its output shown.
 * @throws OperationRefused when it is missing or fails.
 */
export async function runProgram(
  program: string,
  args: readonly string[],
  options: { readonly cwd?: string; readonly env?: Readonly<Record<string, string | undefined>> } = {},
): Promise<void> {
  const child = spawn(program, [...args], {
    cwd: options.cwd,
    env: { ...process.env, ...options.env },
    stdio: ['ignore', 'inherit', 'inherit'],
  });
  let how: string;
  try {
    const [code, signal] = await once(child, 'close');
    if (code === 0) return;
    how = signal === null ? `exit ${code}` : String(signal);
  } catch (error) {
    how = error instanceof Error ? error.message : String(error);
  }
  const command = [program, ...args].join(' ');
  throw new OperationRefused(
    `Lệnh không hoàn thành: ${command} (${how}).`,
    `This command failed: ${command} (${how}).`,
  );
}

/** Whether a program is on the PATH. */
export function hasProgram(program: string): boolean {
  return spawnSync('sh', ['-c', `command -v ${program}`]).status === 0;
}

/** Gives orders to systemd. */
export function systemctl(...args: readonly string[]): Promise<void> {
  return runProgram('systemctl', args);
}
