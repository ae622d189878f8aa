import type { Producer, Router } from 'mediasoup/types';
import type { MediaLog } from './attempt.ts';
import { routerCodecs } from './codecs.ts';
import { silentSound } from './silent-sound.ts';
import { WallPipes } from './wall-pipes.ts';
import type { Seat, WorkerPool } from './worker-pool.ts';

export interface WallLimits {
  /** A router that feeds this many consumers takes no further wall. */
  readonly consumers: number;
  /** Milliseconds for which pipes, and a router without walls, stand after they were last needed. */
  readonly linger: number;
}

/** About what one worker can forward: the next wall gets a router on another one. */
export const wallLimits: WallLimits = { consumers: 400, linger: 5_000 };

/** A router that walls share, on one worker. */
export class WallRouter {
  readonly router: Router;
  readonly seat: Seat;
  readonly pipes: WallPipes;
  /** Consumers of all walls here, counted by the walls. */
  consumers = 0;
  #walls = 0;
  readonly #linger: number;
  #lingering: NodeJS.Timeout | undefined;
  #silence: Promise<Producer> | null = null;

  constructor(router: Router, seat: Seat, log: MediaLog, linger: number) {
    this.router = router;
    this.seat = seat;
    this.pipes = new WallPipes(router, log, linger);
    this.#linger = linger;
    router.observer.once('close', () => clearTimeout(this.#lingering));
  }

  enter(): void {
    clearTimeout(this.#lingering);
    this.#walls += 1;
    this.seat.load += 1;
  }

  /** A sound of nobody, without a packet, by which a wall's line can stand before it receives anything. Rejects when the worker dies. */
  silence(): Promise<Producer> {
    this.#silence ??= silentSound(this.router);
    return this.#silence;
  }

  leave(): void {
    this.#walls -= 1;
    this.seat.load -= 1;
    if (this.#walls > 0 || this.router.closed) return;
    clearTimeout(this.#lingering);
    this.#lingering = setTimeout(() => this.router.close(), this.#linger);
    this.#lingering.unref();
  }
}

/** The node's wall routers: one, and another where all that there are have enough to do. */
export class WallRouters {
  readonly #pool: WorkerPool;
  readonly #log: MediaLog;
  readonly #limits: WallLimits;
  #routers: readonly WallRouter[] = [];
  #coming: Promise<WallRouter | null> | null = null;

  constructor(pool: WorkerPool, log: MediaLog, limits: WallLimits) {
    this.#pool = pool;
    this.#log = log;
    this.#limits = limits;
  }

  /**
   * Finds a router with room, or makes one; walls that come meanwhile wait for the same one. Its `leave` is the caller's to
   * call, once. Rejects when the worker dies meanwhile; null without any worker.
   */
  async enter(): Promise<WallRouter | null> {
    const free = this.#routers.find(({ consumers }) => consumers < this.#limits.consumers);
    if (free !== undefined) {
      free.enter();
      return free;
    }
    this.#coming ??= this.#make().finally(() => {
      this.#coming = null;
    });
    const made = await this.#coming;
    if (made?.router.closed) throw new Error('the worker died while a wall was made');
    made?.enter();
    return made;
  }

  async #make(): Promise<WallRouter | null> {
    const seat = await this.#pool.claim();
    if (seat === null) return null;
    const giveBack = () => {
      seat.load -= 1;
    };
    const router = await seat.worker.createRouter({ mediaCodecs: routerCodecs }).catch((error: unknown) => {
      giveBack();
      throw error;
    });
    const made = new WallRouter(router, seat, this.#log, this.#limits.linger);
    this.#routers = [...this.#routers, made];
    router.observer.once('close', () => {
      giveBack();
      this.#routers = this.#routers.filter((other) => other !== made);
    });
    return made;
  }
}
