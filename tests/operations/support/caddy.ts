import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { becomesReady } from '../../../scripts/operations/health.ts';
import { root } from '../../../scripts/worker-path.mjs';
import { freePort } from '../../support/product.ts';
import { ownFolder } from './folders.ts';

/** Whether Caddy is installed. On a machine made for tests (CI=true) it must be. */
export function caddyProgram(): 'there' | 'away' {
  if (spawnSync('caddy', ['version']).status === 0) return 'there';
  if (process.env.CI === 'true') throw new Error('Caddy must be there on a machine made for tests');
  console.warn('Skipped: Caddy is not installed (on Debian: apt-get install caddy).');
  return 'away';
}

/** The real proxy with `docker/Caddyfile`, over plain HTTP on loopback. */
export interface Caddy {
  readonly url: string;
  close(): Promise<void>;
}

/** Starts it before two nodes, each as `127.0.0.1:PORT`. */
export async function startCaddy(nodeA: string, nodeB: string): Promise<Caddy> {
  const [port, healthPort, adminPort] = [await freePort(), await freePort(), await freePort()];
  const config = join(root, 'docker', 'Caddyfile');
  const url = `http://127.0.0.1:${port}`;
  const caddy = spawn('caddy', ['run', '--adapter', 'caddyfile', '--config', config], {
    env: {
      PATH: process.env.PATH,
      HOME: ownFolder(),
      CADDY_ADMIN: `127.0.0.1:${adminPort}`,
      SITE: url,
      NODE_A: nodeA,
      NODE_B: nodeB,
      HEALTH_PORT: String(healthPort),
    },
    stdio: 'ignore',
  });
  const reap = () => caddy.kill('SIGKILL');
  process.once('exit', reap);
  const ready = await becomesReady(`http://127.0.0.1:${healthPort}/healthz`, 20_000);
  const close = async () => {
    process.off('exit', reap);
    if (caddy.exitCode !== null) return;
    const ended = once(caddy, 'exit');
    caddy.kill('SIGKILL');
    await ended;
  };
  if (ready) return { url, close };
  await close();
  throw new Error('Caddy does not take docker/Caddyfile');
}
