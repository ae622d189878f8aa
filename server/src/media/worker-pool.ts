import { setTimeout as delay } from 'node:timers/promises';
import { createWorker, setLogEventListeners } from 'mediasoup';
import type { WebRtcServer, Worker } from 'mediasoup/types';
import type { MediaConfig } from '../config.ts';
import type { MediaLog } from './attempt.ts';
import { WorkerWatch } from './figures.ts';
import { listenInfos } from './listen.ts';
import { findWorkerBin } from './worker-bin.ts';

/** A running worker with its one UDP and one TCP port an address. */
export interface Seat {
  readonly index: number;
  readonly worker: Worker;
  readonly server: WebRtcServer;
  readonly watch: WorkerWatch;
  /** Peers on this worker, counted by the meetings that sit here. */
  load: number;
}

const respawnFirst = 100;
const respawnLongest = 30_000;
/** A worker that lived this long was no faulty start: its successor comes at once. */
const soundLife = 10_000;
/** How long a meeting waits for a worker that is being started again. */
const patience = 5_000;

/** The SFU's processes. A dead one is replaced; the pool with no living one is unavailable, never an error. */
export class WorkerPool {
  readonly #config: MediaConfig;
  readonly #log: MediaLog;
  readonly #seats = new Map<number, Seat>();
  readonly #starting = new Set<Promise<void>>();
  readonly #stop = new AbortController();
  #deaths = 0;

  constructor(config: MediaConfig, log: MediaLog) {
    this.#config = config;
    this.#log = log;
    setLogEventListeners({
      onwarn: (namespace, message) => log.warn({ namespace }, message),
      onerror: (namespace, message, error) => log.error({ namespace, err: error }, message),
    });
  }

  /** Workers that have died since the start. */
  get deaths(): number {
    return this.#deaths;
  }

  get seats(): readonly Seat[] {
    return [...this.#seats.values()];
  }

  /** Starts every worker; those that fail are said in the log. */
  async start(): Promise<void> {
    const indexes = Array.from({ length: this.#config.workers }, (_, index) => index);
    await Promise.all(indexes.map((index) => this.#seat(index)));
  }

  /**
   * Takes a place on the least loaded worker, after a short wait while one is being restarted. Counted at once, so that
   * meetings that begin together spread; who took it gives it back by lessening the load.
   * @returns null when there is no worker.
   */
  async claim(): Promise<Seat | null> {
    if (this.#seats.size === 0 && this.#starting.size > 0) {
      await Promise.race([
        ...this.#starting,
        delay(patience, undefined, { signal: this.#stop.signal }),
      ]).catch(() => undefined);
    }
    const [seat] = this.seats.toSorted((a, b) => a.load - b.load);
    if (seat === undefined) return null;
    seat.load += 1;
    return seat;
  }

  /** Ends all workers, and waits until their processes are gone and their ports free. */
  async close(): Promise<void> {
    if (this.#stop.signal.aborted) return;
    this.#stop.abort();
    await Promise.allSettled(this.#starting);
    await Promise.all(this.seats.map((seat) => ended(seat.worker)));
    this.#seats.clear();
  }

  async #seat(index: number): Promise<boolean> {
    try {
      const { worker, server } = await this.#spawn(index);
      if (this.#stop.signal.aborted) {
        worker.close();
        return false;
      }
      const since = performance.now();
      const watch = new WorkerWatch(index, worker);
      this.#seats.set(index, { index, worker, server, watch, load: 0 });
      worker.once('died', (error) => {
        this.#seats.delete(index);
        this.#deaths += 1;
        this.#log.error({ err: error, index }, 'media: a worker died and is started again');
        this.#replace(index, performance.now() - since > soundLife ? 0 : respawnFirst);
      });
      return true;
    } catch (error) {
      this.#log.error({ err: error, index }, 'media: a worker could not be started');
      return false;
    }
  }

  #replace(index: number, firstWait: number): void {
    const again = async () => {
      let wait = firstWait;
      while (!this.#stop.signal.aborted) {
        await delay(wait, undefined, { signal: this.#stop.signal }).catch(() => undefined);
        if (this.#stop.signal.aborted || (await this.#seat(index))) return;
        wait = Math.min(Math.max(wait, respawnFirst) * 2, respawnLongest);
      }
    };
    const starting = again().finally(() => this.#starting.delete(starting));
    this.#starting.add(starting);
  }

  async #spawn(index: number): Promise<{ worker: Worker; server: WebRtcServer }> {
    const workerBin = findWorkerBin(this.#config.workerBin);
    const worker = await createWorker({ logLevel: 'warn', ...(workerBin === null ? {} : { workerBin }) });
    try {
      return { worker, server: await this.#listen(worker, index) };
    } catch (error) {
      worker.close();
      throw error;
    }
  }

  /** A taken port must not cost a meeting its media: any free one serves where no firewall asks for a fixed one. */
  async #listen(worker: Worker, index: number): Promise<WebRtcServer> {
    const { portMin } = this.#config;
    const port = portMin === 0 ? 0 : portMin + index;
    try {
      return await worker.createWebRtcServer({ listenInfos: listenInfos(this.#config, port) });
    } catch (error) {
      if (port === 0) throw error;
      this.#log.warn({ err: error, port }, 'media: the port is taken, so the worker listens on any free one');
      return worker.createWebRtcServer({ listenInfos: listenInfos(this.#config, 0) });
    }
  }
}

async function ended(worker: Worker): Promise<void> {
  if (worker.subprocessClosed) return;
  const gone = new Promise<void>((resolve) => worker.once('subprocessclose', () => resolve()));
  worker.close();
  await Promise.race([gone, delay(2_000, undefined, { ref: false })]);
}
