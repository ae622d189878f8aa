import type { PersonId } from '@diemcau/shared/ids.ts';
import type { LineTrial } from '@diemcau/shared/protocol/line-trial.ts';
import { ok, type Result, refused } from '@diemcau/shared/result.ts';
import type { Router } from 'mediasoup/types';
import { attempt, type MediaLog } from './attempt.ts';
import { offerOf } from './peer.ts';
import type { Reach } from './reach.ts';
import type { Seat, WorkerPool } from './worker-pool.ts';

/** Milliseconds for which an end waits to be reached: a page gives up earlier. */
const life = 20_000;
/** People whose lines are tried on one server at the same time. */
const atOnce = 32;

/**
 * Ends on a worker's own ports that answer whoever reaches them and carry nothing: to learn whether UDP or only TCP gets
 * through from where somebody is. One trial a person.
 */
export class LineTrials {
  readonly #pool: WorkerPool;
  readonly #log: MediaLog;
  readonly #reach: Reach;
  /** Ends a person's trial; there from its first moment, so that the bound holds while the worker is busy. */
  readonly #under = new Map<PersonId, () => void>();

  constructor(pool: WorkerPool, log: MediaLog, reach: Reach) {
    this.#pool = pool;
    this.#log = log;
    this.#reach = reach;
  }

  /** Begins a person's trial in place of an earlier one. Refuses with `mediaUnavailable` or `tooManyRequests`. */
  async open(person: PersonId): Promise<Result<LineTrial>> {
    this.#under.get(person)?.();
    if (this.#under.size >= atOnce) return refused('tooManyRequests', { seconds: life / 1000 });
    let router: Router | null = null;
    const timer = setTimeout(() => end(), life);
    timer.unref();
    const end = () => {
      clearTimeout(timer);
      if (this.#under.get(person) === end) this.#under.delete(person);
      router?.close();
    };
    this.#under.set(person, end);
    const made = await attempt(this.#log, 'trying a line', async () => {
      const seat = await this.#pool.claim();
      if (seat === null) return null;
      router = await routerOn(seat);
      if (this.#under.get(person) !== end) router.close();
      return trialOn(router, seat);
    });
    if (made.ok && made.value !== null) return ok(this.#reach.completeTrial(made.value));
    end();
    return made.ok ? refused('mediaUnavailable') : made;
  }
}

async function routerOn(seat: Seat): Promise<Router> {
  const router = await seat.worker.createRouter({ mediaCodecs: [] }).catch((error: unknown) => {
    seat.load -= 1;
    throw error;
  });
  router.observer.once('close', () => {
    seat.load -= 1;
  });
  return router;
}

async function trialOn(router: Router, { server }: Seat): Promise<LineTrial> {
  const [udp, tcp] = await Promise.all(
    (['udp', 'tcp'] as const).map((protocol) =>
      router.createWebRtcTransport({
        webRtcServer: server,
        enableUdp: protocol === 'udp',
        enableTcp: protocol === 'tcp',
      }),
    ),
  );
  if (udp === undefined || tcp === undefined) throw new Error('a trial without its ends');
  return { udp: offerOf(udp), tcp: offerOf(tcp) };
}
