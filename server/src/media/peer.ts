import type { MediaAnswers, MediaNotice, TransportOffer } from '@diemcau/shared/protocol/media.ts';
import { ok, type Result, refused } from '@diemcau/shared/result.ts';
import type { WebRtcTransport } from 'mediasoup/types';
import { attempt, type MediaLog, toOpaque, unchecked } from './attempt.ts';
import { incomingLimit, outgoingStart } from './codecs.ts';
import type { PeerOffer, PeerOpening, PeerRequest, PeerRequestName } from './port.ts';
import { Receiving } from './receiving.ts';
import { Sending } from './sending.ts';
import type { SentTrack } from './sent-track.ts';
import type { Studio } from './studio.ts';

/** What a peer asks of its meeting. */
export interface PeerHost {
  readonly log: MediaLog;
  /** Tracks that this peer may receive: the meeting's, without its owner's own. */
  tracksFor(peer: Peer): readonly SentTrack[];
  mayBeHeard(peer: Peer, source: SentTrack['source']): boolean;
  trackStarted(peer: Peer, track: SentTrack): void;
  trackChanged(track: SentTrack): void;
  trackEnded(track: SentTrack): void;
}

type Handlers = {
  [N in PeerRequestName]: (data: PeerRequest<N>['data']) => Promise<Result<MediaAnswers[N]>>;
};

/** One connection in one meeting: at most one transport each way, what it sends and what it receives. */
export class Peer {
  readonly opening: PeerOpening;
  readonly #host: PeerHost;
  #closed = false;
  #studio: Studio | null = null;
  #transports: readonly WebRtcTransport[] = [];
  #sending: Sending | null = null;
  #receiving: Receiving | null = null;

  constructor(opening: PeerOpening, host: PeerHost) {
    this.opening = opening;
    this.#host = host;
  }

  get closed(): boolean {
    return this.#closed;
  }

  get id(): string {
    return this.opening.peerId;
  }

  get tracks(): readonly SentTrack[] {
    return this.#sending?.tracks ?? [];
  }

  /** Makes the transports. Rejects when the worker dies or the peer is closed meanwhile. */
  async start(studio: Studio): Promise<PeerOffer> {
    if (this.#closed) throw new Error('the peer left while its router was made');
    this.#studio = studio;
    studio.seat.load += 1;
    const { rights } = this.opening;
    const [receive, send] = await Promise.all([
      rights === 'sendOnly' ? null : this.#transport(studio, 'receive'),
      rights === 'receiveOnly' ? null : this.#transport(studio, 'send'),
    ]);
    this.#receiving = receive && new Receiving(receive, studio.router, this.#host, this);
    this.#sending = send && new Sending(send, studio.speakers, this.#host, this);
    return this.#offer(studio);
  }

  /**
   * Goes on with a device that had lost its line: ends what it no longer sends, and tells how the rest stands.
   * @returns the same transports with what others send by now; null where they were never whole or have gone.
   */
  resume(producers: readonly string[]): PeerOffer | null {
    const studio = this.#studio;
    if (this.#closed || studio === null || (this.#sending === null && this.#receiving === null)) return null;
    for (const track of this.tracks) if (!producers.includes(track.id)) track.producer.close();
    for (const { info } of this.tracks) this.tell({ type: 'producerChanged', producer: info });
    this.tell({ type: 'activeSpeaker', owner: studio.speakers.now });
    return this.#offer(studio);
  }

  request<N extends PeerRequestName>(request: PeerRequest<N>): Promise<Result<MediaAnswers[N]>> {
    return this.#handlers[request.name](request.data);
  }

  tell(notice: MediaNotice): void {
    try {
      this.opening.notify(notice);
    } catch (error) {
      this.#host.log.error({ err: error }, 'media: a notice could not be handed on');
    }
  }

  /** Closes everything that the peer has; the meeting hears of each track that ends. */
  close(): void {
    if (this.#closed) return;
    this.#closed = true;
    if (this.#studio !== null) this.#studio.seat.load -= 1;
    for (const transport of this.#transports) transport.close();
  }

  #offer({ router }: Studio): PeerOffer {
    const [receive, send] = [this.#receiving?.transport, this.#sending?.transport];
    return {
      routerRtpCapabilities: toOpaque(router.rtpCapabilities),
      send: send ? offerOf(send) : null,
      receive: receive ? offerOf(receive) : null,
      producers: this.#host.tracksFor(this).map((track) => track.info),
    };
  }

  async #transport(studio: Studio, direction: 'send' | 'receive'): Promise<WebRtcTransport> {
    const transport = await studio.router.createWebRtcTransport({
      webRtcServer: studio.seat.server,
      enableUdp: true,
      enableTcp: true,
      preferUdp: true,
      initialAvailableOutgoingBitrate: outgoingStart,
    });
    if (this.#closed) {
      transport.close();
      throw new Error('the peer left while its transports were made');
    }
    this.#transports = [...this.#transports, transport];
    if (direction === 'send') await transport.setMaxIncomingBitrate(incomingLimit);
    return transport;
  }

  #own(transportId: string): WebRtcTransport | null {
    return this.#transports.find((transport) => transport.id === transportId) ?? null;
  }

  async #onTransport<T>(
    transportId: string,
    what: string,
    work: (transport: WebRtcTransport) => Promise<T>,
  ): Promise<Result<T>> {
    const transport = this.#own(transportId);
    if (transport === null) return refused('mediaNotAllowed');
    return attempt(this.#host.log, what, () => work(transport));
  }

  async #withSending<T>(work: (sending: Sending) => Promise<Result<T>>): Promise<Result<T>> {
    return this.#sending === null ? refused('mediaNotAllowed') : work(this.#sending);
  }

  async #withReceiving<T>(work: (receiving: Receiving) => Promise<Result<T>>): Promise<Result<T>> {
    return this.#receiving === null ? refused('mediaNotAllowed') : work(this.#receiving);
  }

  readonly #handlers: Handlers = {
    connectTransport: ({ transportId, dtlsParameters }) =>
      this.#onTransport(transportId, 'connecting a transport', async (transport) => {
        await transport.connect({ dtlsParameters: unchecked(dtlsParameters) });
        return {};
      }),
    restartIce: ({ transportId }) =>
      this.#onTransport(transportId, 'restarting ICE', async (transport) => ({
        iceParameters: toOpaque(await transport.restartIce()),
      })),
    produce: (data) =>
      this.#withSending(async (sending) =>
        sending.transport.id === data.transportId ? sending.produce(data) : refused('mediaNotAllowed'),
      ),
    pauseProducer: ({ producerId }) => this.#withSending((sending) => sending.mute(producerId, 'muted')),
    resumeProducer: ({ producerId }) => this.#withSending((sending) => sending.mute(producerId, 'heard')),
    closeProducer: ({ producerId }) => this.#withSending(async (sending) => sending.end(producerId)),
    consume: (data) => this.#withReceiving((receiving) => receiving.consume(data)),
    tune: ({ consumers }) => this.#withReceiving((receiving) => receiving.tune(consumers)),
    closeConsumer: ({ consumerId }) =>
      this.#withReceiving(async (receiving) => {
        receiving.end(consumerId);
        return ok({});
      }),
  };
}

/** What a client needs to make its side of a transport. */
export function offerOf(transport: WebRtcTransport): TransportOffer {
  return {
    id: transport.id,
    iceParameters: toOpaque(transport.iceParameters),
    iceCandidates: transport.iceCandidates.map(toOpaque),
    dtlsParameters: toOpaque(transport.dtlsParameters),
  };
}
