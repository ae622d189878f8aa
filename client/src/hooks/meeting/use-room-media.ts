import { useMemo } from 'react';
import type { LocalState } from '../../media/local-media.ts';
import type { MediaOffReason, MediaState } from '../../media/media-state.ts';
import { useReadable } from '../use-readable.ts';
import type { MediaLine, NoMedia, OwnSource, RoomMedia, Switch } from './media.ts';
import type { LiveMeeting } from './use-live-meeting.ts';

/** What the person chose in the lobby. */
export type MediaWish = 'full' | 'audio' | 'data';

const lines: { readonly [K in MediaState['kind']]: MediaLine } = {
  off: 'off',
  connecting: 'connecting',
  live: 'up',
  recovering: 'lost',
};

function whyOff(reason: MediaOffReason | null): NoMedia {
  switch (reason) {
    case null:
      return 'dataOnly';
    case 'insecureContext':
      return 'insecure';
    case 'siteWins':
      return 'siteWins';
    case 'companionHasNoMedia':
      return 'companion';
    case 'replaced':
      return 'replaced';
    default:
      return 'notAllowed';
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

/** @returns the meeting's picture and sound as its screens see them. */
export function useRoomMedia({ media, local }: LiveMeeting, wish: MediaWish): RoomMedia {
  const state = useReadable(media.state);
  const remote = useReadable(media.remote);
  const activeSpeaker = useReadable(media.activeSpeaker);
  const held = useReadable(media.held);
  const own = useReadable(local.states);
  return useMemo(() => {
    const off = state.kind === 'off';
    const source = (name: OwnSource): Switch => {
      if (off || (name !== 'microphone' && wish === 'audio')) return 'none';
      return switchOf(own[name]);
    };
    return {
      line: lines[state.kind],
      why: off ? whyOff(state.reason) : null,
      remote: wish === 'audio' ? remote.filter(({ source: kind }) => kind !== 'camera') : remote,
      own: {
        camera: source('camera'),
        microphone: source('microphone'),
        screen: source('screen'),
      },
      ownVideo: !off && own.camera.kind === 'on' ? own.camera.track : null,
      activeSpeaker,
      held: held.has('microphone') ? 'held' : 'free',
      turn: (name, to) => local.turn(name, to),
      show: media.show,
      retry: () => void media.open(),
    };
  }, [state, remote, activeSpeaker, held, own, wish, media, local]);
}
