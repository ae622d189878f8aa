import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { createClient } from 'redis';
import { freePort } from './product.ts';

/** A Redis of a test's own, which may be killed, held still and started again. It keeps nothing on disk. */
export interface OwnRedis {
  readonly url: string;
  kill(): Promise<void>;
  /** Starts it again, empty, on the same port. */
  start(): Promise<void>;
  signal(signal: NodeJS.Signals): void;
  /** Runs a command. */
  ask(...command: string[]): Promise<unknown>;
  stop(): Promise<void>;
}

/** Whether Redis is installed. On a machine made for tests (CI=true) it must be. */
export function redisServer(): 'there' | 'away' {
  if (spawnSync('redis-server', ['--version']).status === 0) return 'there';
  if (process.env.CI === 'true') throw new Error('no redis-server to test with');
  console.warn('Skipped: no redis-server to test with.');
  return 'away';
}

export async function ownRedis(): Promise<OwnRedis> {
  const port = await freePort();
  const url = `redis://127.0.0.1:${port}`;
  let child: ChildProcess | null = null;

  async function start(): Promise<void> {
    const args = ['--port', String(port), '--bind', '127.0.0.1', '--save', '', '--appendonly', 'no'];
    const started = spawn('redis-server', args, { stdio: ['ignore', 'pipe', 'ignore'], cwd: '/' });
    const reap = () => started.kill('SIGKILL');
    process.once('exit', reap);
    started.once('exit', () => process.off('exit', reap));
    child = started;
    for await (const text of started.stdout.setEncoding('utf8').iterator({ destroyOnReturn: false })) {
      if (String(text).includes('Ready to accept connections')) break;
    }
    started.stdout.resume();
  }

  async function kill(): Promise<void> {
    if (!child || child.exitCode !== null || child.signalCode !== null) return;
    const exited = once(child, 'exit');
    child.kill('SIGKILL');
    await exited;
  }

  await start();
  return {
    url,
    start,
    kill,
    stop: kill,
    signal: (signal) => {
      child?.kill(signal);
    },
    ask: async (...command) => {
      const client = createClient({ url });
      client.on('error', () => undefined);
      await client.connect();
      try {
        return await client.sendCommand(command);
      } finally {
        client.destroy();
      }
    },
  };
}
