import type { MediaAnswers, MediaRequestData, MediaSource } from '@diemcau/shared/protocol/media.ts';
import { ok, type Result, refused } from '@diemcau/shared/result.ts';
import type { RtpParameters, WebRtcTransport } from 'mediasoup/types';
import { attempt, unchecked } from './attempt.ts';
import { encodingsLimit, keyFrameInterval, kindOf } from './codecs.ts';
import type { Peer, PeerHost } from './peer.ts';
import { SentTrack } from './sent-track.ts';
import type { Speakers } from './speakers.ts';

/** What one peer sends: at most one track of each source. */
export class Sending {
  readonly transport: WebRtcTransport;
  readonly #speakers: Speakers;
  readonly #host: PeerHost;
  readonly #peer: Peer;
  readonly #tracks = new Map<MediaSource, SentTrack>();

  constructor(transport: WebRtcTransport, speakers: Speakers, host: PeerHost, peer: Peer) {
    this.transport = transport;
    this.#speakers = speakers;
    this.#host = host;
    this.#peer = peer;
  }

  get tracks(): readonly SentTrack[] {
    return [...this.#tracks.values()];
  }

  /** Starts a track, held back from the first packet on where its owner has not the floor (SPK3). */
  async produce(data: MediaRequestData<'produce'>): Promise<Result<MediaAnswers['produce']>> {
    const { source, kind } = data;
    const rtpParameters: RtpParameters = unchecked(data.rtpParameters);
    const encodings: unknown = rtpParameters.encodings;
    if (kind !== kindOf(source)) return refused('mediaRequestFailed');
    if (Array.isArray(encodings) && encodings.length > encodingsLimit) return refused('mediaRequestFailed');
    const made = await attempt(this.#host.log, `sending ${source}`, () =>
      this.transport.produce({
        kind,
        rtpParameters,
        paused: !this.#host.mayBeHeard(this.#peer, source),
        keyFrameRequestDelay: keyFrameInterval,
      }),
    );
    if (!made.ok) return made;
    const producer = made.value;
    if (producer.closed) return refused('mediaRequestFailed');
    this.#tracks.get(source)?.producer.close();
    const track = new SentTrack(producer, this.#peer.opening.owner, source, this.#host.log);
    this.#tracks.set(source, track);
    producer.observer.once('close', () => {
      if (this.#tracks.get(source) === track) this.#tracks.delete(source);
      this.#host.trackEnded(track);
    });
    if (source === 'microphone') this.#speakers.add(track);
    // The floor may have moved while the worker was busy.
    await track.hold(this.#host.mayBeHeard(this.#peer, source) ? 'free' : 'held');
    if (producer.closed) return refused('mediaRequestFailed');
    this.#host.trackStarted(this.#peer, track);
    return ok({ producerId: track.id, held: track.info.held });
  }

  async mute(producerId: string, state: 'muted' | 'heard'): Promise<Result<Record<never, never>>> {
    const track = this.#find(producerId);
    if (track === undefined) return refused('mediaNotAllowed');
    if (await track.mute(state)) this.#host.trackChanged(track);
    return ok({});
  }

  end(producerId: string): Result<Record<never, never>> {
    const track = this.#find(producerId);
    if (track === undefined) return refused('mediaNotAllowed');
    track.producer.close();
    return ok({});
  }

  #find(producerId: string): SentTrack | undefined {
    return this.tracks.find((track) => track.id === producerId);
  }
}
