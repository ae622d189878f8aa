import type { MeetingId } from '@diemcau/shared/ids.ts';
import type { ProducerInfo } from '@diemcau/shared/protocol/media.ts';
import type { WallTracks } from '@diemcau/shared/protocol/wall-media.ts';
import type { types } from 'mediasoup-client';
import { Observable, type Readable } from '../store/observable.ts';
import type { TileSize } from './quality.ts';
import type { PictureAbsence, TilePicture, TilePriority, TileStream, WallTile } from './wall-types.ts';

/** A consumer with the stream that shows it. */
export interface ShownConsumer extends TileStream {
  readonly consumer: types.Consumer;
}

/** One meeting on the wall: what it may be seen by, and the pictures that go and come. */
export class WallSlot implements WallTile {
  readonly meetingId: MeetingId;
  readonly #picture = new Observable<TilePicture>({ current: null, next: null, absence: 'unattended' });
  readonly #ended: (consumer: types.Consumer) => void;
  #tracks: WallTracks | null = null;
  #closed: PictureAbsence = 'unattended';
  #current: ShownConsumer | null = null;
  #next: ShownConsumer | null = null;
  /** Kept through rebuilding: the tiles don't say again what they have said. */
  size: TileSize | null = null;
  priority: TilePriority = 'rest';
  /** The producer that has been asked for, or left out by the server, and needs no asking again. */
  asked: string | null = null;

  /** @param ended is told of each picture that is shown no more. */
  constructor(meetingId: MeetingId, ended: (consumer: types.Consumer) => void) {
    this.meetingId = meetingId;
    this.#ended = ended;
  }

  get picture(): Readable<TilePicture> {
    return this.#picture;
  }

  get sounds(): readonly ProducerInfo[] {
    return this.#tracks?.sounds ?? [];
  }

  /** What is shown or about to be. */
  get pictures(): readonly ShownConsumer[] {
    return [this.#current, this.#next].flatMap((shown) => (shown?.consumer.closed === false ? [shown] : []));
  }

  get current(): ShownConsumer | null {
    return this.#current;
  }

  /** The picture that should be asked for; null when there is none, or it is on its way or here. */
  get wanted(): ProducerInfo | null {
    const picture = this.#tracks?.picture ?? null;
    if (picture === null || this.size === null || picture.producerId === this.asked) return null;
    return this.pictures.some(({ consumer }) => consumer.producerId === picture.producerId) ? null : picture;
  }

  /** The server says what may be received now. */
  follow(tracks: WallTracks): void {
    this.#tracks = tracks;
    const picture = tracks.picture?.producerId;
    if (this.asked !== picture) this.asked = null;
    if (picture === undefined) this.#drop();
    // Who spoke before speaks again while the other's picture was still coming.
    else if (this.#current?.consumer.producerId === picture) this.#setNext(null);
    else if (this.#next !== null && this.#next.consumer.producerId !== picture) this.#setNext(null);
    this.#publish();
  }

  /** A picture has been made ready; refused when it isn't the meeting's any more. */
  received(consumer: types.Consumer): 'taken' | 'stale' {
    const picture = this.#tracks?.picture;
    if (!picture || picture.producerId !== consumer.producerId) return 'stale';
    const shown = { consumer, owner: picture.owner, stream: new MediaStream([consumer.track]) };
    this.asked = null;
    if (this.#current === null) this.#current = shown;
    else this.#setNext(shown);
    this.#publish();
    return 'taken';
  }

  readonly shown = (stream: MediaStream): void => {
    const next = this.#next;
    if (next === null || next.stream !== stream) return;
    if (this.#current) this.#ended(this.#current.consumer);
    this.#current = next;
    this.#next = null;
    this.#publish();
  };

  /** Nothing of the meeting is received any more. */
  close(reason: PictureAbsence): void {
    this.#tracks = null;
    this.#closed = reason;
    this.asked = null;
    this.#drop();
    this.#publish();
  }

  /** The link is gone: the last frame stays where the browser keeps it, until a new picture has one. */
  interrupt(): void {
    this.#tracks = null;
    this.#closed = 'waiting';
    this.asked = null;
    this.#next = null;
    this.#publish();
  }

  #drop(): void {
    this.#setNext(null);
    if (this.#current) this.#ended(this.#current.consumer);
    this.#current = null;
  }

  #setNext(next: ShownConsumer | null): void {
    if (this.#next) this.#ended(this.#next.consumer);
    this.#next = next;
  }

  #publish(): void {
    const [current, next] = [this.#current, this.#next].map(
      (shown) => shown && { stream: shown.stream, owner: shown.owner },
    );
    const before = this.#picture.get();
    const absence = this.#current ? null : this.#absence();
    const same =
      before.current?.stream === current?.stream &&
      before.next?.stream === next?.stream &&
      before.absence === absence;
    if (!same) this.#picture.set({ current: current ?? null, next: next ?? null, absence });
  }

  #absence(): PictureAbsence {
    if (this.#tracks === null) return this.#closed;
    return this.#tracks.picture === null ? 'nobodySends' : 'waiting';
  }
}
