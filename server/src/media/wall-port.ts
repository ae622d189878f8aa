import type { MeetingId, PersonId } from '@diemcau/shared/ids.ts';
import type { MediaOwner } from '@diemcau/shared/protocol/media.ts';
import type {
  WallClosedReason,
  WallMediaAnswers,
  WallMediaNotice,
  WallMediaOffer,
  WallMediaRequestData,
  WallMediaRequestName,
} from '@diemcau/shared/protocol/wall-media.ts';
import type { Result } from '@diemcau/shared/result.ts';

/** What one wall may receive of one meeting. */
export interface WallView {
  readonly meetingId: MeetingId;
  /** Whose camera is the tile's picture, the first of them that sends one; after them anybody's. */
  readonly picture: readonly MediaOwner[];
  /** `heard`: all sound that has the floor; `none`: not a packet. */
  readonly sounds: 'heard' | 'none';
}

export interface WallOpening {
  readonly wallId: string;
  /** What this person sends themself is left out. */
  readonly person: PersonId;
  /** Called until the wall is closed; must not throw. */
  readonly notify: (notice: WallMediaNotice) => void;
}

/** `open` is no request to a wall: its seat answers it, for only the seat knows what may be received. */
export type WallPeerRequestName = Exclude<WallMediaRequestName, 'open'>;

/** A parsed request of a wall: the name decides the data. */
export type WallPeerRequest<N extends WallPeerRequestName = WallPeerRequestName> = {
  [K in N]: { readonly name: K; readonly data: WallMediaRequestData<K> };
}[N];

/**
 * Superiors' walls: one receiving transport each, through routers that a node's walls share. Decides nothing about a
 * meeting: a wall receives what it is shown and nothing else. Every failure is a {@link Result}; nothing here throws or rejects.
 */
export interface WallEngine {
  /**
   * Makes (or makes anew) a wall with these meetings; from the call on {@link show} and {@link hide} reach it.
   * Refuses with `mediaUnavailable` or `mediaRequestFailed`.
   */
  open(opening: WallOpening, views: readonly WallView[]): Promise<Result<WallMediaOffer>>;

  /** Answers a wall's request. Refuses with `mediaNotAllowed` (no such wall, or not its own) or `mediaRequestFailed`. */
  request<N extends WallPeerRequestName>(
    wallId: string,
    request: WallPeerRequest<N>,
  ): Promise<Result<WallMediaAnswers[N]>>;

  /** Lets a wall receive a meeting from now on, or in another way; tells the wall what it may consume. Unknown walls are no error. */
  show(wallId: string, view: WallView): void;

  /** Closes all that a wall receives of a meeting before it returns, and tells the wall why. */
  hide(wallId: string, meetingId: MeetingId, reason: WallClosedReason): void;

  /** Ends a wall silently. */
  close(wallId: string): void;
}
