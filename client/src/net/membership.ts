import type { Viewer } from '@diemcau/shared/domain/audience.ts';
import type { MediaOffer } from '@diemcau/shared/protocol/media.ts';
import type { JoinedAs, MediaRefusal } from '@diemcau/shared/protocol/socket.ts';
import type { RefusalCode } from '@diemcau/shared/result.ts';

/** What a device is in the meeting that it has joined. */
export interface Joined {
  readonly as: JoinedAs;
  readonly viewer: Viewer;
  /** Null without media: `mediaRefusal` says why. After a re-join the transports of before where these go on, else new ones. */
  readonly media: MediaOffer | null;
  readonly mediaRefusal: MediaRefusal | null;
}

/** Whether a device is in the meeting's room. In `rejoining` the last known state stays on the screen. */
export type Membership =
  | { readonly kind: 'outside' }
  | { readonly kind: 'joining' }
  | { readonly kind: 'joined'; readonly joined: Joined }
  | { readonly kind: 'rejoining'; readonly joined: Joined }
  | { readonly kind: 'refused'; readonly code: RefusalCode; readonly message: string };
