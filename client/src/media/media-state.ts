import type {
  LineLevel,
  MediaRequestData,
  MediaSource,
  ProducerInfo,
} from '@diemcau/shared/protocol/media.ts';
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
  readonly picture: PictureFlow;
}

/**
 * Whether a picture moves. `rests`: this device doesn't ask for it now (not on screen, or more than the line carries);
 * `stands`: it was asked for and doesn't come.
 */
export type PictureFlow = 'moves' | 'rests' | 'stands';

/** What is told to the server about a line. */
export type LineReport = MediaRequestData<'quality'>;

/** How this device's own line is, with the figures behind the word. */
export interface LineState {
  readonly level: LineLevel;
  readonly figures: LineReport;
}

/** Own sources that the server holds back now. */
export type HeldSources = ReadonlySet<MediaSource>;
