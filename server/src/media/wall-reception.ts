import type { MediaOwner } from '@diemcau/shared/protocol/media.ts';
import type { WallConsumerOffer, WallTracks } from '@diemcau/shared/protocol/wall-media.ts';
import type { Consumer, RtpCapabilities, WebRtcTransport } from 'mediasoup/types';
import { attempt, type MediaLog, toOpaque } from './attempt.ts';
import type { MeetingMedia } from './meeting-media.ts';
import type { SentTrack } from './sent-track.ts';
import type { PipedTrack } from './wall-pipes.ts';
import type { WallView } from './wall-port.ts';
import type { WallRouter } from './wall-router.ts';
import { toWallTracks, wallTracksOf } from './wall-tracks.ts';

/** Pictures of one meeting that a wall may receive at once: the one that goes, and the one that comes. */
const picturesAtOnce = 2;

interface Received {
  readonly consumer: Consumer;
  readonly piped: PipedTrack;
  readonly track: SentTrack;
}

/** Where a meeting's media go, and whose wall it is. */
export interface ReceptionParts {
  readonly transport: WebRtcTransport;
  readonly place: WallRouter;
  readonly own: MediaOwner;
  readonly log: MediaLog;
  /** Called when what may be consumed has become another. */
  readonly tell: (tracks: WallTracks) => void;
}

/** What one wall receives of one meeting, as long as the meeting shows the superior. */
export class WallReception {
  readonly #parts: ReceptionParts;
  readonly #meeting: MeetingMedia;
  readonly #unwatch: () => void;
  readonly #received = new Map<string, Received>();
  #view: WallView;
  #told: string;
  #due = false;
  #closed = false;

  constructor(view: WallView, meeting: MeetingMedia, parts: ReceptionParts) {
    this.#view = view;
    this.#meeting = meeting;
    this.#parts = parts;
    this.#told = JSON.stringify(this.tracks);
    this.#unwatch = meeting.watch(() => this.#lookSoon());
  }

  /** What may be consumed now. */
  get tracks(): WallTracks {
    return toWallTracks(this.#view, this.#offered());
  }

  consumer(consumerId: string): Consumer | undefined {
    return this.#received.get(consumerId)?.consumer;
  }

  /** The consumer runs from now on: its pipe carries the track, and asks for the key frame that it waits for. */
  async flow(consumerId: string): Promise<void> {
    await this.#received.get(consumerId)?.piped.flow();
  }

  /** Changes the order of the picture, or whether sound is heard; sound that may no longer be ends before this returns. */
  show(view: WallView): void {
    this.#view = view;
    if (view.sounds === 'none') {
      for (const { consumer } of [...this.#received.values()])
        if (consumer.kind === 'audio') consumer.close();
    }
    this.#look();
  }

  /** @returns null for what may not be received, is gone, or can't be decoded. */
  async consume(producerId: string, rtpCapabilities: RtpCapabilities): Promise<WallConsumerOffer | null> {
    const track = this.#find(producerId);
    if (track === undefined) return null;
    const { place, transport, log } = this.#parts;
    const piped = await place.pipes.hold(track, () => this.#meeting.router());
    if (piped === null) return null;
    const { producer, release } = piped;
    if (
      this.#find(producerId) !== track ||
      !place.router.canConsume({ producerId: producer.id, rtpCapabilities })
    ) {
      release();
      return null;
    }
    const made = await attempt(log, 'receiving on a wall', () =>
      transport.consume({ producerId: producer.id, rtpCapabilities, paused: true, enableRtx: true }),
    );
    if (!made.ok || made.value.closed || this.#find(producerId) !== track) {
      release();
      if (made.ok) made.value.close();
      return null;
    }
    const consumer = made.value;
    this.#keep({ consumer, track, piped });
    const { id: consumerId, kind, rtpParameters } = consumer;
    const { meetingId } = this.#view;
    return { meetingId, consumerId, producerId, kind, rtpParameters: toOpaque(rtpParameters) };
  }

  /** Ends all of it before this returns. */
  close(): void {
    if (this.#closed) return;
    this.#closed = true;
    this.#unwatch();
    for (const { consumer } of [...this.#received.values()]) consumer.close();
  }

  #keep(received: Received): void {
    const { consumer, track, piped } = received;
    const { place } = this.#parts;
    for (const before of [...this.#received.values()]) if (before.track === track) before.consumer.close();
    this.#received.set(consumer.id, received);
    place.consumers += 1;
    consumer.observer.once('close', () => {
      this.#received.delete(consumer.id);
      place.consumers -= 1;
      piped.release();
    });
    const pictures = [...this.#received.values()].filter((each) => each.consumer.kind === 'video');
    for (const { consumer: old } of pictures.slice(0, -picturesAtOnce)) old.close();
  }

  /** Looked up anew at every step: what was allowed when it began may not be any more. */
  #find(producerId: string): SentTrack | undefined {
    if (this.#closed) return undefined;
    const { picture, sounds } = this.#offered();
    return [picture, ...sounds].find((track) => track?.id === producerId) ?? undefined;
  }

  #offered() {
    return wallTracksOf(this.#view, this.#meeting.tracks, this.#parts.own);
  }

  /** Many tracks may end or begin in one turn, as when a worker dies: told once. */
  #lookSoon(): void {
    if (this.#due) return;
    this.#due = true;
    queueMicrotask(() => {
      this.#due = false;
      this.#look();
    });
  }

  #look(): void {
    if (this.#closed) return;
    const { tracks } = this;
    const text = JSON.stringify(tracks);
    if (text === this.#told) return;
    this.#told = text;
    this.#parts.tell(tracks);
  }
}
