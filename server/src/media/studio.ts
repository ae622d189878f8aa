import type { MediaOwner } from '@diemcau/shared/protocol/media.ts';
import type { Router } from 'mediasoup/types';
import type { MediaLog } from './attempt.ts';
import { routerCodecs } from './codecs.ts';
import { Speakers } from './speakers.ts';
import type { Seat } from './worker-pool.ts';

/** A meeting's place on a worker, for as long as it has peers and the worker lives. */
export interface Studio {
  readonly seat: Seat;
  readonly router: Router;
  readonly speakers: Speakers;
}

/** Makes a router on a claimed worker, and gives the place back with it. Rejects when the worker dies meanwhile. */
export async function createStudio(
  seat: Seat,
  log: MediaLog,
  tellSpeaker: (owner: MediaOwner | null) => void,
): Promise<Studio> {
  const router = await seat.worker.createRouter({ mediaCodecs: routerCodecs }).catch((error: unknown) => {
    seat.load -= 1;
    throw error;
  });
  router.observer.once('close', () => {
    seat.load -= 1;
  });
  try {
    return { seat, router, speakers: await Speakers.on(router, log, tellSpeaker) };
  } catch (error) {
    router.close();
    throw error;
  }
}
