import { asId, type MeetingId, type PersonId, type SiteId } from '@diemcau/shared/ids.ts';
import type { MediaNotice, MediaOffer, MediaOwner, MediaSource } from '@diemcau/shared/protocol/media.ts';
import type { Result } from '@diemcau/shared/result.ts';
import { observer } from 'mediasoup';
import type { Consumer, Producer, Router, Transport } from 'mediasoup/types';
import pino from 'pino';
import { workerPath } from '../../scripts/worker-path.mjs';
import type { MediaConfig } from '../../server/src/config.ts';
import { MediasoupEngine } from '../../server/src/media/engine.ts';
import type { PeerOpening } from '../../server/src/media/port.ts';
import { cameraParameters, microphoneParameters } from './rtp-samples.ts';

export const quiet = pino({ level: 'silent' });

/** Workers on free loopback ports. */
export function mediaConfig(workers: number): MediaConfig {
  return {
    portMin: 0,
    workers,
    listenIp: '127.0.0.1',
    announcedAddresses: [],
    turn: null,
    workerBin: workerPath() ?? null,
  };
}

export function startEngine(workers = 1): Promise<MediasoupEngine> {
  return MediasoupEngine.start(mediaConfig(workers), quiet);
}

export const meeting = asId<MeetingId>('meeting-1');
export const otherMeeting = asId<MeetingId>('meeting-2');
export const person = (name: string): MediaOwner => ({ kind: 'person', person: asId<PersonId>(name) });
export const site = (name: string): MediaOwner => ({ kind: 'site', site: asId<SiteId>(name) });

/** A peer whose notices are kept. */
export class TestPeer {
  readonly notices: MediaNotice[] = [];
  readonly engine: MediasoupEngine;
  readonly opening: PeerOpening;
  #offer: MediaOffer | null = null;
  #sending = '';

  constructor(engine: MediasoupEngine, owner: MediaOwner, given: Partial<PeerOpening> = {}) {
    this.engine = engine;
    const name = owner.kind === 'person' ? owner.person : owner.site;
    this.opening = {
      meetingId: meeting,
      peerId: `peer of ${name}`,
      owner,
      rights: 'sendAndReceive',
      notify: (notice) => this.notices.push(notice),
      ...given,
    };
  }

  get id(): string {
    return this.opening.peerId;
  }

  get offer(): MediaOffer {
    if (this.#offer === null) throw new Error('not open');
    return this.#offer;
  }

  async open(): Promise<this> {
    const rights = this.opening.rights === 'receiveOnly' ? 'receiveOnly' : 'sendAndReceive';
    this.#offer = granted(await this.engine.openPeer({ ...this.opening, rights }));
    this.#sending = this.#offer.send?.id ?? '';
    return this;
  }

  /** The means to send alone. */
  async openSender(): Promise<this> {
    const offer = granted(await this.engine.openSender({ ...this.opening, rights: 'sendOnly' }));
    this.#sending = offer.send.id;
    return this;
  }

  produce(
    source: MediaSource,
    rtpParameters = source === 'camera' ? cameraParameters() : microphoneParameters(),
  ) {
    return this.engine.request(this.id, {
      name: 'produce',
      data: {
        transportId: this.#sending,
        kind: source === 'camera' || source === 'screen' ? 'video' : 'audio',
        source,
        rtpParameters,
      },
    });
  }

  async consume(...producerIds: string[]) {
    const answer = await this.engine.request(this.id, {
      name: 'consume',
      data: { producerIds, rtpCapabilities: this.offer.routerRtpCapabilities },
    });
    return granted(answer).consumers;
  }

  /** Kinds of the notices so far, in order. */
  get heard(): string[] {
    return this.notices.map((notice) => notice.type);
  }
}

export function granted<T>(result: Result<T>): T {
  if (!result.ok) throw new Error(`refused: ${result.refusal.code}`);
  return result.value;
}

export function codeOf(result: Result<unknown>): string | null {
  return result.ok ? null : result.refusal.code;
}

/** What stands in the SFU itself, not what the engine says of it. */
export function watchSfu() {
  const routers: Router[] = [];
  const transports: Transport[] = [];
  const producers = new Map<string, Producer>();
  const consumers = new Map<string, Consumer>();
  /** Process ids of the workers, by router, and by producer. */
  const pids = new Map<string, number>();
  observer.on('newworker', (worker) =>
    worker.observer.on('newrouter', (router) => {
      routers.push(router);
      pids.set(router.id, worker.pid);
      router.observer.on('newtransport', (transport) => {
        transports.push(transport);
        transport.observer.on('newproducer', (producer) => {
          producers.set(producer.id, producer);
          pids.set(producer.id, worker.pid);
        });
        transport.observer.on('newconsumer', (consumer) => consumers.set(consumer.id, consumer));
      });
    }),
  );
  return { routers, transports, producers, consumers, pids };
}
