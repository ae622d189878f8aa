import type { MediaOwner } from '@diemcau/shared/protocol/media.ts';
import { createContext, useContext } from 'react';

/** `lost`: it comes back by itself; `off`: `why` says why there is none. */
export type MediaLine = 'off' | 'connecting' | 'up' | 'lost';
export type NoMedia = 'insecure' | 'siteWins' | 'companion' | 'replaced' | 'dataOnly' | 'notAllowed';
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
}

/** Picture and sound around a meeting: a layer that may be missing. */
export interface RoomMedia {
  readonly line: MediaLine;
  readonly why: NoMedia | null;
  readonly remote: readonly RemoteMedia[];
  readonly own: { readonly [source in OwnSource]: Switch };
  readonly ownVideo: MediaStreamTrack | null;
  readonly activeSpeaker: MediaOwner | null;
  /** Whether the server holds one's own sound back now (SPK3). */
  readonly held: 'held' | 'free';
  readonly turn: (source: OwnSource, to: 'on' | 'off') => Promise<void>;
  /** Tells how large a tile is on screen, in pixels; null when it is not to be seen. */
  readonly show: (
    producerId: string,
    size: { readonly width: number; readonly height: number } | null,
  ) => void;
  /** Takes picture and sound back to this device. */
  readonly retry: () => void;
}

/** A meeting without picture and sound. */
export function noMedia(why: NoMedia): RoomMedia {
  return {
    line: 'off',
    why,
    remote: [],
    own: { camera: 'none', microphone: 'none', screen: 'none' },
    ownVideo: null,
    activeSpeaker: null,
    held: 'free',
    turn: async () => undefined,
    show: () => undefined,
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
