import { request as plain } from 'node:http';
import { request as secure } from 'node:https';
import { setTimeout as pause } from 'node:timers/promises';
import type { Config } from '../../server/src/config.ts';

/** @returns the address on this computer at which the server with these settings says that it is ready. */
export function readyAddress({ host, port, tls, lan }: Config): string {
  const everywhere = ['0.0.0.0', '::', ''].includes(host);
  const name = everywhere ? '127.0.0.1' : host.includes(':') ? `[${host}]` : host;
  return `${tls !== null || lan ? 'https' : 'http'}://${name}:${port}/readyz`;
}

/** Waits until the server answers that it is ready. @returns whether it did within so many milliseconds. */
export async function becomesReady(address: string, patience: number): Promise<boolean> {
  const deadline = performance.now() + patience;
  while (performance.now() < deadline) {
    if ((await statusOf(address)) === 200) return true;
    await pause(250);
  }
  return false;
}

/** The status of an answer; 0 for none. The certificate is this computer's own and not asked about. */
function statusOf(address: string): Promise<number> {
  return new Promise((resolve) => {
    const options = { timeout: 3_000, rejectUnauthorized: false };
    const asking = (address.startsWith('https:') ? secure : plain)(address, options, (answer) => {
      answer.resume();
      resolve(answer.statusCode ?? 0);
    });
    asking.on('timeout', () => asking.destroy());
    asking.on('error', () => resolve(0));
    asking.end();
  });
}
