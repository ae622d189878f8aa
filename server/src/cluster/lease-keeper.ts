import { Worker } from 'node:worker_threads';
import type { RoomLog } from '../meeting/ports.ts';
import type { LeaseName } from './lease-line.ts';

const program = new URL('./lease-keeper-thread.ts', import.meta.url);

/** The lease that the keeper renews. `generation` is another one each time. */
export interface KeptLease extends LeaseName {
  readonly generation: number;
}

export interface KeeperOrders {
  readonly keep?: KeptLease | null;
  /** The lease stands for so many milliseconds more: so long these media workers may live, whatever becomes of this process. */
  readonly allow?: { readonly milliseconds: number; readonly workers: readonly number[] };
}

export interface KeeperData {
  readonly redisUrl: string;
  readonly signs: BigInt64Array;
  /** Milliseconds that the lease lasts in Redis, and in this node's own eyes. */
  readonly leaseTime: number;
  readonly ownTime: number;
}

/** Places in the memory that both threads see. */
export const sign = {
  /** The newest renewal, see {@link confirmation}. */
  confirmed: 0,
  /** When the server's own thread was last seen to go on, milliseconds by {@link threadClock}. */
  alive: 1,
} as const;

/** Milliseconds that never go back, and that all threads of the process read alike. */
export function threadClock(): number {
  return Number(process.hrtime.bigint() / 1_000_000n);
}

/** A renewal in one number, so that it is never read by halves: which lease, and when it was begun. */
export function confirmation(generation: number, at: number): bigint {
  return (BigInt(generation) << 44n) | BigInt(at);
}

/** Between a keeper's fault and the next keeper, milliseconds. */
const restartPause = 1_000;

/**
 * Renews the lease in a thread of its own, for the server's thread may have seconds of work before it comes to it; a lease lost
 * by that throws everybody out at the worst moment. What was renewed, and when, stands in memory that both see. It stops when the server's
 * thread gives no sign of life for long: one that hangs must lose its meetings. It also keeps the guard of the media workers.
 */
export class LeaseKeeper {
  readonly #data: KeeperData;
  readonly #log: RoomLog;
  #worker: Worker | null = null;
  #kept: KeptLease | null = null;
  #generation = 0;
  #closed = false;
  #timer: NodeJS.Timeout | undefined;

  constructor(data: Omit<KeeperData, 'signs'>, log: RoomLog) {
    this.#data = { ...data, signs: new BigInt64Array(new SharedArrayBuffer(16)) };
    this.#log = log;
    this.#start();
  }

  /** How long ago the newest renewal of the lease of the moment was begun, milliseconds; Infinity for none. */
  get age(): number {
    const newest = Atomics.load(this.#data.signs, sign.confirmed);
    if (this.#kept === null || newest >> 44n !== BigInt(this.#kept.generation))
      return Number.POSITIVE_INFINITY;
    return threadClock() - Number(newest & ((1n << 44n) - 1n));
  }

  /** To be called often by the server's thread: it goes on. */
  signOfLife(): void {
    Atomics.store(this.#data.signs, sign.alive, BigInt(threadClock()));
  }

  keep(name: string, incarnation: string): void {
    if (this.#kept?.incarnation === incarnation) return;
    this.#generation += 1;
    this.#kept = { name, incarnation, generation: this.#generation };
    this.#tell({ keep: this.#kept });
  }

  release(): void {
    this.#kept = null;
    this.#tell({ keep: null });
  }

  /** @param workers process ids of the media workers of the moment. */
  allow(milliseconds: number, workers: readonly number[]): void {
    this.#tell({ allow: { milliseconds, workers } });
  }

  async close(): Promise<void> {
    this.#closed = true;
    clearTimeout(this.#timer);
    await this.#worker?.terminate();
  }

  #tell(orders: KeeperOrders): void {
    this.#worker?.postMessage(orders);
  }

  #start(): void {
    const worker = new Worker(program, { workerData: this.#data });
    this.#worker = worker;
    worker.unref();
    let fault: unknown;
    worker.on('error', (error) => {
      fault = error;
    });
    // The server's thread keeps the lease meanwhile; the media workers end with their guard, and are begun anew as well.
    worker.on('exit', () => {
      if (this.#closed) return;
      this.#log.warn({ error: fault }, 'the keeper of the lease has ended, and is begun anew');
      this.#timer = setTimeout(() => this.#start(), restartPause);
    });
    if (this.#kept) this.#tell({ keep: this.#kept });
  }
}
