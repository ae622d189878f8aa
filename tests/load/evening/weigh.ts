import { existsSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { residentBytes } from './process-figures.ts';

const probe = fileURLToPath(new URL('./probe.ts', import.meta.url));

/** Memory of a server process, in bytes. */
export interface Weight {
  readonly resident: number;
  /** Of the JavaScript heap, without garbage. */
  readonly heap: number;
  /** For how many milliseconds at most the event loop stood still since the process was last weighed. */
  readonly longestDelay: number;
}

/**
 * The environment with which a server can be weighed; `folder` is one of its own. With PROFILE_DIR every server leaves a profile of
 * its processor time there, for who looks for what is slow.
 */
export function weighable(folder: string): Readonly<Record<string, string>> {
  return {
    NODE_OPTIONS: `--import=${probe}${process.env.PROFILE_DIR ? ` --cpu-prof --cpu-prof-dir=${process.env.PROFILE_DIR}` : ''}`,
    PROBE_FILE: join(folder, 'probe.json'),
  };
}

/** Lets the server collect its garbage and weighs it. `folder` is that of {@link weighable}. */
export async function weigh(pid: number, folder: string): Promise<Weight> {
  const path = join(folder, 'probe.json');
  rmSync(path, { force: true });
  process.kill(pid, 'SIGUSR2');
  const deadline = Date.now() + 30_000;
  while (!existsSync(path)) {
    if (Date.now() > deadline) throw new Error('the server does not say what it holds');
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
  const { heapUsed, longestDelay } = JSON.parse(readFileSync(path, 'utf8')) as Record<
    'heapUsed' | 'longestDelay',
    number
  >;
  // Pages that were given back are counted a moment later.
  await new Promise((resolve) => setTimeout(resolve, 500));
  return { resident: residentBytes(pid), heap: heapUsed, longestDelay };
}
