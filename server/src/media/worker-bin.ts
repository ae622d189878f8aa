import { existsSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

/** Written by set-up once it has found or built the worker. */
const stamp = fileURLToPath(new URL('../../../node_modules/.diemcau/worker-bin', import.meta.url));

/** @returns the SFU worker's program: the configured one, else what set-up found; null leaves it to mediasoup. */
export function findWorkerBin(configured: string | null): string | null {
  if (configured !== null) return configured;
  if (!existsSync(stamp)) return null;
  const found = readFileSync(stamp, 'utf8').trim();
  return existsSync(found) ? found : null;
}
