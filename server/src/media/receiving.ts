import type { ConsumerOffer, MediaAnswers, MediaRequestData } from '@diemcau/shared/protocol/media.ts';
import { ok, type Result } from '@diemcau/shared/result.ts';
import type { Consumer, Router, RtpCapabilities, WebRtcTransport } from 'mediasoup/types';
import { attempt, toOpaque, unchecked } from './attempt.ts';
import type { Peer, PeerHost } from './peer.ts';
import { Restraint } from './restraint.ts';
import type { SentTrack } from './sent-track.ts';

type Tuning = MediaRequestData<'tune'>['consumers'][number];

/** What one peer receives: at most one consumer of each producer, paused until the peer shows it. */
export class Receiving {
  readonly transport: WebRtcTransport;
  readonly #router: Router;
  readonly #host: PeerHost;
  readonly #peer: Peer;
  readonly #restraint: Restraint;
  readonly #consumers = new Map<string, Consumer>();

  constructor(transport: WebRtcTransport, router: Router, host: PeerHost, peer: Peer) {
    this.transport = transport;
    this.#router = router;
    this.#host = host;
    this.#peer = peer;
    this.#restraint = new Restraint(transport, host.log);
  }

  /** Leaves out what is gone, what is another meeting's, and what the client can't decode. */
  async consume(data: MediaRequestData<'consume'>): Promise<Result<MediaAnswers['consume']>> {
    const rtpCapabilities: RtpCapabilities = unchecked(data.rtpCapabilities);
    const wanted = new Set(data.producerIds);
    const tracks = this.#host.tracksFor(this.#peer).filter((track) => wanted.has(track.id));
    const offers = await Promise.all(tracks.map((track) => this.#consume(track, rtpCapabilities)));
    return ok({ consumers: offers.filter((offer) => offer !== null) });
  }

  /** Consumers that have ended meanwhile are passed over. */
  async tune(tunings: readonly Tuning[]): Promise<Result<Record<never, never>>> {
    const results = await Promise.all(
      tunings.map(async (tuning) => {
        const consumer = this.#consumers.get(tuning.consumerId);
        if (consumer === undefined) return ok({});
        return attempt(this.#host.log, 'tuning a consumer', async () => {
          try {
            await tune(consumer, tuning);
          } catch (error) {
            if (!this.#hasEnded(consumer)) throw error;
          }
          return {};
        });
      }),
    );
    return results.find((result) => !result.ok) ?? ok({});
  }

  /** The worker knows of a producer's end a moment before its consumers here do. */
  #hasEnded({ closed, producerId }: Consumer): boolean {
    return closed || !this.#host.tracksFor(this.#peer).some((track) => track.id === producerId);
  }

  end(consumerId: string): void {
    this.#consumers.get(consumerId)?.close();
    this.#consumers.delete(consumerId);
  }

  async #consume(track: SentTrack, rtpCapabilities: RtpCapabilities): Promise<ConsumerOffer | null> {
    const producerId = track.id;
    if (track.producer.closed || !this.#router.canConsume({ producerId, rtpCapabilities })) return null;
    const made = await attempt(this.#host.log, 'receiving', () =>
      this.transport.consume({ producerId, rtpCapabilities, paused: true, enableRtx: true }),
    );
    if (!made.ok || made.value.closed) return null;
    const consumer = made.value;
    for (const before of this.#consumers.values()) {
      if (before.producerId === producerId) this.end(before.id);
    }
    this.#consumers.set(consumer.id, consumer);
    consumer.on('score', ({ score }) => this.#restraint.scored(score));
    consumer.observer.once('close', () => this.#consumers.delete(consumer.id));
    return {
      consumerId: consumer.id,
      producerId,
      kind: consumer.kind,
      rtpParameters: toOpaque(consumer.rtpParameters),
    };
  }
}

/** Layer and priority first, so that the key frame that a resumed consumer asks for is of the right picture. */
export async function tune(consumer: Consumer, tuning: Tuning): Promise<void> {
  const { spatialLayer, priority, state } = tuning;
  if (consumer.kind === 'video') {
    if (spatialLayer !== undefined && consumer.type === 'simulcast') {
      await consumer.setPreferredLayers({ spatialLayer });
    }
    if (priority !== undefined) await consumer.setPriority(priority);
  }
  if (state === 'running' && consumer.paused) await consumer.resume();
  if (state === 'paused' && !consumer.paused) await consumer.pause();
}
