import { flushCompileCache } from 'node:module';
import { parentPort, workerData } from 'node:worker_threads';
import {
  confirmation,
  type KeeperData,
  type KeeperOrders,
  type KeptLease,
  sign,
  threadClock,
} from './lease-keeper.ts';
import { LeaseLine } from './lease-line.ts';
import { MediaGuard } from './media-guard.ts';

/** How often the lease is renewed, milliseconds. */
const beatEvery = 700;
/** A server's thread that has given no sign of life for so long hangs, milliseconds. */
const hangsAfter = 10_000;

const { redisUrl, signs, leaseTime, ownTime } = workerData as KeeperData;
// The server's own thread says in the log that Redis is away, and what becomes of it.
const line = new LeaseLine(redisUrl);

const guard = new MediaGuard();
let workers: readonly number[] | null = null;
let kept: KeptLease | null = null;
let beating = false;

async function beat(lease: KeptLease): Promise<void> {
  const began = threadClock();
  if (began - Number(Atomics.load(signs, sign.alive)) > hangsAfter) return;
  const stands = await line.extend(lease, leaseTime);
  // What was asked for an earlier lease says nothing of the one of the moment.
  if (!stands || kept !== lease) return;
  Atomics.store(signs, sign.confirmed, confirmation(lease.generation, began));
  if (workers) guard.allow(began + ownTime - threadClock(), workers);
}

setInterval(() => {
  if (beating || kept === null || !line.isReady) return;
  beating = true;
  beat(kept)
    // Without an answer nothing is confirmed: the lease ends unless the server's thread keeps it.
    .catch(() => undefined)
    .finally(() => {
      beating = false;
    });
}, beatEvery);

parentPort?.on('message', ({ keep, allow }: KeeperOrders) => {
  if (keep !== undefined) kept = keep;
  if (allow === undefined) return;
  workers = allow.workers;
  guard.allow(allow.milliseconds, workers);
});

// A thread ends with its process, and would never write it by itself.
flushCompileCache();
