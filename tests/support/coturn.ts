import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';

/** A relay in a process of its own, configured as docs/operators.md says. */
export interface Relay {
  readonly port: number;
  /** All that it has said. */
  output(): string;
  close(): Promise<void>;
}

/** @returns why no relay can be had, in a sentence; null where it can. */
export function relayObstacle(): string | null {
  if (process.env.CI === 'true') return null;
  const there = spawnSync('sh', ['-c', 'command -v turnserver']).status === 0;
  return there ? null : 'coturn is not installed (on Debian: apt-get install coturn).';
}

/** Starts coturn on an address of this machine. */
export async function startRelay(address: string, port: number, secret: string): Promise<Relay> {
  const folder = await mkdtemp(join(tmpdir(), 'diemcau-relay-'));
  const args = [
    '-n',
    `--listening-ip=${address}`,
    `--relay-ip=${address}`,
    `--listening-port=${port}`,
    '--min-port=49200',
    '--max-port=49299',
    '--use-auth-secret',
    `--static-auth-secret=${secret}`,
    '--realm=diemcau',
    '--fingerprint',
    '--no-tls',
    '--no-dtls',
    '--no-cli',
    '--log-file=stdout',
    '--verbose',
    `--pidfile=${join(folder, 'pid')}`,
    `--userdb=${join(folder, 'users')}`,
  ];
  const child = spawn('turnserver', args, { stdio: ['ignore', 'pipe', 'pipe'] });
  const printed: string[] = [];
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (text) => printed.push(String(text)));
  const reap = () => child.kill('SIGKILL');
  process.once('exit', reap);
  const deadline = performance.now() + 10_000;
  while (!(await listens(address, port))) {
    if (child.exitCode !== null || performance.now() > deadline)
      throw new Error(`the relay does not listen:\n${printed.join('')}`);
    await delay(50);
  }
  return {
    port,
    output: () => printed.join(''),
    close: async () => {
      process.off('exit', reap);
      const ended = once(child, 'exit');
      if (child.exitCode === null) {
        child.kill('SIGKILL');
        await ended;
      }
      await rm(folder, { recursive: true, force: true });
    },
  };
}

function listens(host: string, port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect({ host, port });
    const finish = (answer: boolean) => {
      socket.destroy();
      resolve(answer);
    };
    socket.once('connect', () => finish(true));
    socket.once('error', () => finish(false));
  });
}
