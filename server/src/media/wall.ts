import type { MeetingId } from '@diemcau/shared/ids.ts';
import type {
  WallClosedReason,
  WallMediaAnswers,
  WallMediaNotice,
  WallMediaOffer,
  WallMediaRequestData,
} from '@diemcau/shared/protocol/wall-media.ts';
import { ok, type Result, refused } from '@diemcau/shared/result.ts';
import type { RtpCapabilities, WebRtcTransport } from 'mediasoup/types';
import { attempt, type MediaLog, toOpaque, unchecked } from './attempt.ts';
import { wallOutgoingStart } from './codecs.ts';
import type { MeetingMedia } from './meeting-media.ts';
import { offerOf } from './peer.ts';
import { tune } from './receiving.ts';
import type { WallOpening, WallPeerRequest, WallPeerRequestName, WallView } from './wall-port.ts';
import { WallReception } from './wall-reception.ts';
import type { WallRouter, WallRouters } from './wall-router.ts';

type Handlers = {
  [N in WallPeerRequestName]: (data: WallPeerRequest<N>['data']) => Promise<Result<WallMediaAnswers[N]>>;
};

/** What a wall asks of the engine. */
export interface WallHost {
  readonly routers: WallRouters;
  readonly log: MediaLog;
  meeting(meetingId: MeetingId): MeetingMedia;
  /** The wall's worker died. */
  died(wall: Wall): void;
}

/** Where the wall's media arrive. */
interface Stand {
  readonly place: WallRouter;
  readonly transport: WebRtcTransport;
}

/** One superior's wall: one transport on a router shared with other walls, and what is received of each meeting. */
export class Wall {
  readonly opening: WallOpening;
  readonly #host: WallHost;
  readonly #views = new Map<MeetingId, WallView>();
  readonly #receptions = new Map<MeetingId, WallReception>();
  #stand: Stand | null = null;
  #leave: () => void = () => {};
  #closed = false;

  constructor(opening: WallOpening, host: WallHost) {
    this.opening = opening;
    this.#host = host;
  }

  /** Makes the transport. Rejects when the worker dies or the wall is closed meanwhile; null without any worker. */
  async start(): Promise<WallMediaOffer | null> {
    const place = await this.#host.routers.enter();
    if (place === null) return null;
    this.#occupy(place);
    if (this.#closed) {
      this.#leave();
      throw new Error('the wall was closed while its router was made');
    }
    const transport = await place.router.createWebRtcTransport({
      webRtcServer: place.seat.server,
      enableUdp: true,
      enableTcp: true,
      preferUdp: true,
      initialAvailableOutgoingBitrate: wallOutgoingStart,
    });
    if (this.#closed) {
      transport.close();
      throw new Error('the wall was closed while its transport was made');
    }
    this.#stand = { place, transport };
    for (const view of this.#views.values()) this.#receive(view, this.#stand);
    return {
      routerRtpCapabilities: toOpaque(place.router.rtpCapabilities),
      receive: offerOf(transport),
      tracks: [...this.#receptions.values()].map(({ tracks }) => tracks),
    };
  }

  show(view: WallView): void {
    if (this.#closed) return;
    this.#views.set(view.meetingId, view);
    const stand = this.#stand;
    if (stand === null) return;
    const reception = this.#receptions.get(view.meetingId);
    if (reception !== undefined) reception.show(view);
    else this.#tell({ type: 'tracks', tracks: this.#receive(view, stand).tracks });
  }

  hide(meetingId: MeetingId, reason: WallClosedReason): void {
    if (!this.#views.delete(meetingId)) return;
    this.#receptions.get(meetingId)?.close();
    this.#receptions.delete(meetingId);
    this.#tell({ type: 'meetingClosed', meetingId, reason });
  }

  request<N extends WallPeerRequestName>(request: WallPeerRequest<N>): Promise<Result<WallMediaAnswers[N]>> {
    return this.#handlers[request.name](request.data);
  }

  /** Ends everything; a second call does nothing. */
  close(): void {
    if (this.#closed) return;
    this.#closed = true;
    for (const reception of this.#receptions.values()) reception.close();
    this.#receptions.clear();
    this.#stand?.transport.close();
    this.#leave();
  }

  #occupy(place: WallRouter): void {
    const died = () => {
      if (this.#closed) return;
      this.close();
      this.#host.died(this);
      this.#tell({ type: 'wallClosed', reason: 'workerDied' });
    };
    place.router.once('workerclose', died);
    this.#leave = () => {
      this.#leave = () => {};
      place.router.off('workerclose', died);
      place.leave();
    };
  }

  #receive(view: WallView, { place, transport }: Stand): WallReception {
    const reception = new WallReception(view, this.#host.meeting(view.meetingId), {
      place,
      transport,
      own: { kind: 'person', person: this.opening.person },
      log: this.#host.log,
      tell: (tracks) => this.#tell({ type: 'tracks', tracks }),
    });
    this.#receptions.set(view.meetingId, reception);
    return reception;
  }

  #tell(notice: WallMediaNotice): void {
    // Before the offer there is nobody who could make use of it, and the offer says it all.
    if (this.#stand === null) return;
    try {
      this.opening.notify(notice);
    } catch (error) {
      this.#host.log.error({ err: error }, 'media: a notice to a wall could not be handed on');
    }
  }

  async #onTransport<T>(
    transportId: string,
    what: string,
    work: (transport: WebRtcTransport) => Promise<T>,
  ): Promise<Result<T>> {
    const transport = this.#stand?.transport;
    if (transport === undefined || transport.id !== transportId) return refused('mediaNotAllowed');
    return attempt(this.#host.log, what, () => work(transport));
  }

  async #consume(data: WallMediaRequestData<'consume'>): Promise<Result<WallMediaAnswers['consume']>> {
    const rtpCapabilities: RtpCapabilities = unchecked(data.rtpCapabilities);
    const offers = await attempt(this.#host.log, 'consuming on a wall', () =>
      Promise.all(
        data.tracks.map(({ meetingId, producerId }) =>
          this.#receptions.get(meetingId)?.consume(producerId, rtpCapabilities),
        ),
      ),
    );
    if (!offers.ok) return offers;
    return ok({ consumers: offers.value.filter((offer) => offer !== null && offer !== undefined) });
  }

  async #standAhead(rtpCapabilities: RtpCapabilities): Promise<Result<WallMediaAnswers['stand']>> {
    const stand = this.#stand;
    if (stand === null) return refused('mediaNotAllowed');
    return attempt(this.#host.log, 'letting a wall’s line stand', async () => {
      const silence = await stand.place.silence();
      const { id, kind, rtpParameters } = await stand.transport.consume({
        producerId: silence.id,
        rtpCapabilities,
        paused: true,
      });
      return {
        consumer: { consumerId: id, producerId: silence.id, kind, rtpParameters: toOpaque(rtpParameters) },
      };
    });
  }

  /** Consumers that have ended, or end meanwhile, are passed over. */
  async #tune({ consumers }: WallMediaRequestData<'tune'>): Promise<Result<Record<never, never>>> {
    await Promise.all(
      consumers.map(async (tuning) => {
        const consumer = this.#consumer(tuning.consumerId);
        if (consumer === undefined) return;
        await attempt(this.#host.log, 'tuning a consumer of a wall', () => tune(consumer, tuning));
        if (tuning.state === 'running') await this.#flow(tuning.consumerId);
      }),
    );
    return ok({});
  }

  async #flow(consumerId: string): Promise<void> {
    for (const reception of this.#receptions.values()) {
      if (reception.consumer(consumerId) !== undefined) await reception.flow(consumerId);
    }
  }

  #consumer(consumerId: string) {
    for (const reception of this.#receptions.values()) {
      const consumer = reception.consumer(consumerId);
      if (consumer !== undefined) return consumer;
    }
    return undefined;
  }

  readonly #handlers: Handlers = {
    connectTransport: ({ transportId, dtlsParameters }) =>
      this.#onTransport(transportId, 'connecting a wall', async (transport) => {
        await transport.connect({ dtlsParameters: unchecked(dtlsParameters) });
        return {};
      }),
    restartIce: ({ transportId }) =>
      this.#onTransport(transportId, 'restarting ICE of a wall', async (transport) => ({
        iceParameters: toOpaque(await transport.restartIce()),
      })),
    stand: ({ rtpCapabilities }) => this.#standAhead(unchecked(rtpCapabilities)),
    consume: (data) => this.#consume(data),
    tune: (data) => this.#tune(data),
    closeConsumer: async ({ consumerId }) => {
      this.#consumer(consumerId)?.close();
      return ok({});
    },
  };
}
