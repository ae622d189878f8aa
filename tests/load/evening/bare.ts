import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { weighable } from './weigh.ts';

const file = fileURLToPath(new URL('./bare-server.ts', import.meta.url));

/** A server of the libraries alone, in a process of its own. */
export interface BareServer {
  readonly url: string;
  readonly pid: number;
  /** A folder of its own, for `weigh`. */
  readonly folder: string;
  stop(): Promise<void>;
}

export async function startBareServer(kind: 'ws' | 'socketio'): Promise<BareServer> {
  const folder = await mkdtemp(join(tmpdir(), 'bare-'));
  const server = spawn(process.execPath, [file, kind], {
    env: { ...process.env, ...weighable(folder) },
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  const [line] = (await once(createInterface(server.stdout), 'line')) as [string];
  return {
    url: `http://127.0.0.1:${line.split(' ')[1]}`,
    pid: server.pid ?? 0,
    folder,
    stop: async () => {
      server.stdin.end();
      await once(server, 'exit');
      await rm(folder, { recursive: true });
    },
  };
}
