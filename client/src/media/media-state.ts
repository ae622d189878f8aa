import type { MediaSource, ProducerInfo } from '@diemcau/shared/protocol/media.ts';
import type { RefusalCode } from '@diemcau/shared/result.ts';

/** Why a meeting has no picture and sound here. */
export type MediaOffReason =
  | RefusalCode
  | 'insecureContext'
  | 'unsupportedBrowser'
  | 'notEntitled'
  | 'replaced';

/** What media is recovering from, by itself. */
export type MediaTrouble = 'workerDied' | 'transportFailed' | 'lineLost' | 'serverBusy';

/** `off` without a reason: not wanted, or not begun. */
export type MediaState =
  | { readonly kind: 'off'; readonly reason: MediaOffReason | null }
  | { readonly kind: 'connecting' }
  | { readonly kind: 'live' }
  | { readonly kind: 'recovering'; readonly reason: MediaTrouble };

/** Picture or sound of somebody else; `track` is null until it is received. */
export interface RemoteTrack extends ProducerInfo {
  readonly track: MediaStreamTrack | null;
}

/** Own sources that the server holds back now. */
export type HeldSources = ReadonlySet<MediaSource>;
