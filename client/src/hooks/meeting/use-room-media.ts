import { useMemo } from 'react';
import type { DeviceFault } from '../../media/device-fault.ts';
import type { LocalState } from '../../media/local-media.ts';
import type { MediaOffReason, MediaState, RemoteTrack } from '../../media/media-state.ts';
import { useReadable } from '../use-readable.ts';
import type { MediaLine, NoMedia, OwnSource, RoomMedia, Switch } from './media.ts';
import type { LiveMeeting } from './use-live-meeting.ts';
import type { MediaMode } from './use-media-mode.ts';

/** What the person chose in the lobby. */
export type MediaWish = 'full' | 'audio' | 'data';

const lines: { readonly [K in MediaState['kind']]: MediaLine } = {
  off: 'off',
  connecting: 'connecting',
  live: 'up',
  recovering: 'lost',
};

/** @param seat a companion in a hall has no media by its nature, whatever else is said. */
function whyOff(reason: MediaOffReason | null, wish: MediaWish, seat: 'hall' | 'own'): NoMedia {
  switch (reason) {
    case 'insecureContext':
      return 'insecure';
    case 'unsupportedBrowser':
      return 'unsupported';
    case 'siteWins':
      return 'siteWins';
    case 'companionHasNoMedia':
      return 'companion';
    case 'replaced':
      return 'replaced';
    default:
      if (seat === 'hall') return 'companion';
      return wish === 'data' || reason === null ? 'dataOnly' : 'notAllowed';
  }
}

function switchOf(state: LocalState): Switch {
  switch (state.kind) {
    case 'on':
    case 'starting':
    case 'off':
      return state.kind;
    case 'muted':
      return 'off';
    case 'failed':
      return state.fault === 'permissionRefused' ? 'denied' : 'none';
  }
}

function isSound({ source }: RemoteTrack): boolean {
  return source === 'microphone' || source === 'screenAudio';
}

function faultOf(state: LocalState): DeviceFault | null {
  return state.kind === 'failed' ? state.fault : null;
}

/** @returns the meeting's picture and sound as its screens see them. */
export function useRoomMedia(
  { media, local }: LiveMeeting,
  { mode, change }: MediaMode,
  seat: 'hall' | 'own',
): RoomMedia {
  const state = useReadable(media.state);
  const remote = useReadable(media.remote);
  const activeSpeaker = useReadable(media.activeSpeaker);
  const held = useReadable(media.held);
  const own = useReadable(local.states);
  return useMemo(() => {
    const off = state.kind === 'off';
    const source = (name: OwnSource): Switch => {
      if (off || (name !== 'microphone' && mode === 'audio')) return 'none';
      return switchOf(own[name]);
    };
    return {
      line: lines[state.kind],
      why: off ? whyOff(state.reason, mode, seat) : null,
      // In sound only a shared screen is known of, and not loaded.
      remote:
        mode === 'full' ? remote : remote.map((item) => (isSound(item) ? item : { ...item, track: null })),
      own: {
        camera: source('camera'),
        microphone: source('microphone'),
        screen: source('screen'),
      },
      faults: {
        camera: faultOf(own.camera),
        microphone: faultOf(own.microphone),
        screen: faultOf(own.screen),
      },
      mode,
      changeMode: change,
      local: off ? null : local,
      quality: media.line,
      lines: media.lines,
      ownVideo: !off && own.camera.kind === 'on' ? own.camera.track : null,
      activeSpeaker,
      held: held.has('microphone') ? 'held' : 'free',
      turn: (name, to) => local.turn(name, to),
      show: media.show,
      seenElsewhere: media.seenElsewhere,
      retry: () => void media.open(),
    };
  }, [state, remote, activeSpeaker, held, own, mode, change, seat, media, local]);
}
