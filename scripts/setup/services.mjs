// Redis, PostgreSQL and the programs that tests need: on a machine made for tests (CI=true) they are put there.
import { execFileSync } from 'node:child_process';
import { mkdtempSync } from 'node:fs';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { hasApt, installDebianPackages, missingPackages } from './debian.mjs';
import { run, SetupFailure, step } from './steps.mjs';

/**
 * Whether something listens on a port of this machine.
 * @param {number} port
 * @returns {Promise<boolean>}
 */
export function listens(port) {
  return new Promise((resolve) => {
    const socket = connect({ host: '127.0.0.1', port, timeout: 1000 });
    /** @param {boolean} answer */
    const finish = (answer) => {
      socket.destroy();
      resolve(answer);
    };
    socket.once('connect', () => finish(true));
    socket.once('error', () => finish(false));
    socket.once('timeout', () => finish(false));
  });
}

/** @type {{ name: string, port: number, packages: string[], start: () => Promise<unknown> }[]} */
const services = [
  {
    name: 'Redis',
    port: 6379,
    packages: ['redis-server'],
    start: () => {
      const folder = mkdtempSync(join(tmpdir(), 'diemcau-redis-'));
      const args = ['--daemonize', 'yes', '--bind', '127.0.0.1', '--save', '', '--dir', folder];
      return run('redis', 'redis-server', args);
    },
  },
  {
    name: 'PostgreSQL',
    port: 5432,
    packages: ['postgresql'],
    start: async () => {
      const [cluster] = execFileSync('pg_lsclusters', ['--no-header'], { encoding: 'utf8' })
        .trim()
        .split('\n');
      const [version, name] = (cluster ?? '').split(/\s+/);
      await run('postgresql', 'pg_ctlcluster', [version ?? '', name ?? '', 'start']);
    },
  },
];

/** Programs that tests start themselves, by Debian's packages: for the network, a second browser, a proxy, and the library that cuts the power. */
const programs = [
  'iproute2',
  'nftables',
  'coturn',
  'firefox-esr',
  'caddy',
  'systemd-container',
  'gcc',
  'libc6-dev',
];

/** Starts what does not listen yet, on a machine for tests alone. Elsewhere nobody wants services started behind his back. */
export async function provideServices() {
  if (process.env.CI !== 'true' || !hasApt() || process.getuid?.() !== 0) return;
  try {
    const missing = missingPackages(programs);
    if (missing.length > 0)
      await step(`${missing.join(', ')} for the tests`, () =>
        installDebianPackages(
          missing,
          'Kiểm thử mạng, trình duyệt thứ hai và mất điện',
          'Testing networks, a second browser and power cuts',
        ),
      );
  } catch (error) {
    if (!(error instanceof SetupFailure)) throw error;
    console.warn(`${error.vietnamese}\n${error.english}`);
  }
  for (const service of services) {
    if (await listens(service.port)) continue;
    try {
      await provide(service);
    } catch (error) {
      if (!(error instanceof SetupFailure)) throw error;
      // Tests that want the service say so themselves; the others need not fall with them.
      console.warn(`${error.vietnamese}\n${error.english}`);
    }
  }
}

/** @param {typeof services[number]} service */
async function provide(service) {
  await step(`${service.name} for the tests`, async () => {
    await installDebianPackages(service.packages, `${service.name}`, service.name);
    if (!(await listens(service.port))) await service.start();
    for (let attempts = 0; attempts < 100; attempts += 1) {
      if (await listens(service.port)) return;
      await pause(100);
    }
    throw new SetupFailure(
      `${service.name} không lắng nghe ở cổng ${service.port} sau khi khởi động; hãy xem .cache/setup.`,
      `${service.name} does not listen on port ${service.port} after its start; see .cache/setup.`,
    );
  });
}
