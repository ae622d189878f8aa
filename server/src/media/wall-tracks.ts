import type { MediaOwner } from '@diemcau/shared/protocol/media.ts';
import type { WallTracks } from '@diemcau/shared/protocol/wall-media.ts';
import { isSameOwner } from './owner.ts';
import type { SentTrack } from './sent-track.ts';
import type { WallView } from './wall-port.ts';

/**
 * What a wall may receive of a meeting at this moment.
 * @param tracks all that is sent there, oldest sender first.
 * @param own whose tracks are left out: nobody hears themself.
 */
export function wallTracksOf(
  view: WallView,
  tracks: readonly SentTrack[],
  own: MediaOwner,
): { readonly picture: SentTrack | null; readonly sounds: readonly SentTrack[] } {
  const others = tracks.filter((track) => !track.producer.closed && !isSameOwner(track.owner, own));
  const cameras = others.filter(({ source, info }) => source === 'camera' && !info.muted);
  const chosen = view.picture
    .map((owner) => cameras.find((camera) => isSameOwner(camera.owner, owner)))
    .find((camera) => camera !== undefined);
  const sounds =
    view.sounds === 'heard'
      ? others.filter(
          ({ source, info }) => (source === 'microphone' || source === 'screenAudio') && !info.held,
        )
      : [];
  return { picture: chosen ?? cameras[0] ?? null, sounds };
}

/** The same in the protocol's words. */
export function toWallTracks(view: WallView, tracks: ReturnType<typeof wallTracksOf>): WallTracks {
  return {
    meetingId: view.meetingId,
    picture: tracks.picture?.info ?? null,
    sounds: tracks.sounds.map(({ info }) => info),
  };
}
