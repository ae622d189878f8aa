import type { MediaOwner } from '@diemcau/shared/protocol/media.ts';
import type { Answer } from '@diemcau/shared/protocol/socket.ts';
import type {
  WallClosedReason,
  WallMediaAnswers,
  WallMediaNotice,
  WallMediaRequestData,
  WallMediaRequestName,
} from '@diemcau/shared/protocol/wall-media.ts';
import type { Readable } from '../store/observable.ts';

/** Carries a request about the wall's media to the server. Never rejects. */
export type WallSignal = <N extends WallMediaRequestName>(
  name: N,
  data: WallMediaRequestData<N>,
) => Promise<Answer<WallMediaAnswers[N]>>;

/** What the wall's media need of the wall's connection. */
export interface WallMediaDoor {
  readonly request: WallSignal;
  /** @returns a function that ends the listening. */
  readonly onNotice: (listener: (notice: WallMediaNotice) => void) => () => void;
  /** `up` while the socket stands and its wall is watched; each way from `down` to `up` builds the media anew. */
  readonly line: Readable<'up' | 'down'>;
}

/** Who comes first when the line is too narrow for all. */
export type TilePriority = 'focus' | 'alarmed' | 'speaking' | 'rest';

/** A picture that a `<video>` can show, and whose it is. */
export interface TileStream {
  readonly stream: MediaStream;
  readonly owner: MediaOwner;
}

/**
 * Why a tile has no picture. `unattended`: this superior doesn't attend; `waiting`: on its way; `nobodySends`: no camera
 * is on there; else the server's reason for which nothing of the meeting is received any more.
 */
export type PictureAbsence = 'unattended' | 'waiting' | 'nobodySends' | WallClosedReason;

/**
 * A tile's picture. When the cell's speaker changes, `next` arrives beside `current`, which goes on: mount a second
 * `<video>` for `next` over or under the first, and call `shown(next.stream)` once it has a frame
 * (`requestVideoFrameCallback`, or `playing`); then `next` has become `current`. So nobody sees a black frame.
 */
export interface TilePicture {
  readonly current: TileStream | null;
  readonly next: TileStream | null;
  /** Null while there is a `current`. */
  readonly absence: PictureAbsence | null;
}

/** One meeting's place on the wall. The same object for as long as the session lives. */
export interface WallTile {
  readonly picture: Readable<TilePicture>;
  /** Says that a frame of this stream is on the screen; streams that are gone are passed over. */
  readonly shown: (stream: MediaStream) => void;
}

/** What the browser itself counts. */
export interface WallStatistics {
  /** Pairs of ICE and DTLS that receive: one, or none before anything is received. */
  readonly transports: number;
  /** Kilobits a second since the last asking; 0 at the first. */
  readonly ingress: number;
  /** By meeting, of the picture that is shown. */
  readonly tiles: ReadonlyMap<
    string,
    { readonly framesDecoded: number; readonly width: number; readonly height: number }
  >;
  /** Sound energy received since the beginning, summed over all sounds. */
  readonly soundEnergy: number;
}
