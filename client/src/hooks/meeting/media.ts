import type { LineLevel, MediaOwner } from '@diemcau/shared/protocol/media.ts';
import { createContext, useContext } from 'react';
import type { DeviceFault } from '../../media/device-fault.ts';
import type { LocalMedia } from '../../media/local-media.ts';
import type { LineState, PictureFlow } from '../../media/media-state.ts';
import { Observable, type Readable } from '../../store/observable.ts';
import type { MediaWish } from './use-room-media.ts';

/** `lost`: it comes back by itself; `off`: `why` says why there is none. */
export type MediaLine = 'off' | 'connecting' | 'up' | 'lost';
export type NoMedia =
  | 'insecure'
  | 'unsupported'
  | 'siteWins'
  | 'companion'
  | 'replaced'
  | 'dataOnly'
  | 'notAllowed';
/** A device of one's own. */
export type Switch = 'on' | 'off' | 'starting' | 'none' | 'denied';
export type OwnSource = 'camera' | 'microphone' | 'screen';

/** Picture or sound of somebody else. */
export interface RemoteMedia {
  readonly producerId: string;
  readonly owner: MediaOwner;
  readonly source: 'camera' | 'microphone' | 'screen' | 'screenAudio';
  /** Null until its consumer runs. */
  readonly track: MediaStreamTrack | null;
  readonly held: boolean;
  readonly muted: boolean;
  readonly picture: PictureFlow;
}

/** Picture and sound around a meeting: a layer that may be missing. */
export interface RoomMedia {
  readonly line: MediaLine;
  readonly why: NoMedia | null;
  readonly remote: readonly RemoteMedia[];
  readonly own: { readonly [source in OwnSource]: Switch };
  /** Why an own device can't be used; null where it can or is off. */
  readonly faults: { readonly [source in OwnSource]: DeviceFault | null };
  /** With what this device takes part. */
  readonly mode: MediaWish;
  readonly changeMode: (mode: MediaWish) => void;
  /** The device's own cameras, microphones and speakers; null where the meeting has none. */
  readonly local: LocalMedia | null;
  /** How the own line is; null until it has been measured. */
  readonly quality: Readable<LineState | null>;
  /** Others' lines, for officers, by their key. */
  readonly lines: Readable<ReadonlyMap<string, LineLevel>>;
  readonly ownVideo: MediaStreamTrack | null;
  readonly activeSpeaker: MediaOwner | null;
  /** Whether the server holds one's own sound back now (SPK3). */
  readonly held: 'held' | 'free';
  readonly turn: (source: OwnSource, to: 'on' | 'off') => Promise<void>;
  /** Tells how large a tile is on screen, in pixels; null when it is not to be seen. `place` tells two tiles of one picture apart. */
  readonly show: (
    producerId: string,
    size: { readonly width: number; readonly height: number } | null,
    place: string,
  ) => void;
  /** Says that pictures are seen in another window, whatever becomes of this one. @returns a function that ends it. */
  readonly seenElsewhere: () => () => void;
  /** Takes picture and sound back to this device. */
  readonly retry: () => void;
}

const unmeasured = new Observable<LineState | null>(null);
const noLines = new Observable<ReadonlyMap<string, LineLevel>>(new Map());

/** A meeting without picture and sound. */
export function noMedia(why: NoMedia): RoomMedia {
  return {
    line: 'off',
    why,
    remote: [],
    own: { camera: 'none', microphone: 'none', screen: 'none' },
    faults: { camera: null, microphone: null, screen: null },
    mode: 'data',
    changeMode: () => undefined,
    local: null,
    quality: unmeasured,
    lines: noLines,
    ownVideo: null,
    activeSpeaker: null,
    held: 'free',
    turn: async () => undefined,
    show: () => undefined,
    seenElsewhere: () => () => undefined,
    retry: () => undefined,
  };
}

const MediaContext = createContext<RoomMedia>(noMedia('dataOnly'));
export const MediaProvider = MediaContext.Provider;

/** @returns picture and sound of the meeting around the component. */
export function useMedia(): RoomMedia {
  return useContext(MediaContext);
}

/** @returns whether both name the same person or hall. */
export function sameOwner(a: MediaOwner | null, b: MediaOwner | null): boolean {
  if (a === null || b === null) return false;
  if (a.kind === 'person') return b.kind === 'person' && a.person === b.person;
  return b.kind === 'site' && a.site === b.site;
}
