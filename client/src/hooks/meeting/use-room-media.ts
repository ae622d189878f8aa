import { useEffect, useMemo, useState } from 'react';
import { LocalMedia, type LocalState } from '../../media/local-media.ts';
import type { MediaOffReason, MediaState } from '../../media/media-state.ts';
import { MeetingMedia } from '../../media/meeting-media.ts';
import type { CameraPurpose } from '../../media/quality.ts';
import type { MeetingClient } from '../../net/meeting-client.ts';
import { useReadable } from '../use-readable.ts';
import type { MediaLine, NoMedia, RoomMedia, Switch } from './media.ts';

/** This device's camera and microphone: from the lobby until the meeting is left. Null in the first rendering. */
export function useLocalMedia(purpose: CameraPurpose): LocalMedia | null {
  const [local, setLocal] = useState<LocalMedia | null>(null);
  useEffect(() => {
    const made = new LocalMedia(purpose);
    setLocal(made);
    return () => made.close();
  }, [purpose]);
  return local;
}

/** Media of a meeting, to be made before it is joined. Null in the first rendering. */
export function useMeetingMedia(client: MeetingClient | null, local: LocalMedia | null): MeetingMedia | null {
  const [media, setMedia] = useState<MeetingMedia | null>(null);
  useEffect(() => {
    if (client === null || local === null) return;
    const door = {
      membership: client.membership,
      media: client.media.bind(client),
      onMediaNotice: client.onMediaNotice.bind(client),
    };
    const made = new MeetingMedia(door, local);
    setMedia(made);
    return () => {
      made.close();
      setMedia(null);
    };
  }, [client, local]);
  return media;
}

/** @returns the meeting's media as the meeting's components use them. */
export function useRoomMedia(media: MeetingMedia): RoomMedia {
  const state = useReadable(media.state);
  const remote = useReadable(media.remote);
  const activeSpeaker = useReadable(media.activeSpeaker);
  const { camera, microphone, screen } = useReadable(media.local.states);
  const [sound, allowSound] = useSound();
  return useMemo(
    () => ({
      line: lines[state.kind],
      why: whyOf(state),
      remote,
      own: { camera: switchOf(camera), microphone: switchOf(microphone), screen: switchOf(screen) },
      ownVideo: camera.kind === 'on' ? camera.track : null,
      activeSpeaker,
      sound,
      turn: (source, to) => media.local.turn(source, to),
      show: media.show,
      allowSound,
    }),
    [media, state, remote, activeSpeaker, camera, microphone, screen, sound, allowSound],
  );
}

/** Browsers play sound on pages that have been touched once. */
function useSound(): readonly [RoomMedia['sound'], () => void] {
  const [sound, setSound] = useState<RoomMedia['sound']>(() =>
    navigator.userActivation?.hasBeenActive === false ? 'waitsForTouch' : 'playing',
  );
  useEffect(() => {
    if (sound === 'playing') return;
    const touched = () => playAll(() => setSound('playing'));
    window.addEventListener('pointerup', touched);
    window.addEventListener('keydown', touched);
    return () => {
      window.removeEventListener('pointerup', touched);
      window.removeEventListener('keydown', touched);
    };
  }, [sound]);
  const allow = useMemo(() => () => playAll(() => setSound('playing')), []);
  return [sound, allow];
}

function playAll(done: () => void): void {
  for (const element of document.querySelectorAll('audio')) element.play().catch(() => undefined);
  done();
}

const lines: Readonly<Record<MediaState['kind'], MediaLine>> = {
  off: 'off',
  connecting: 'connecting',
  live: 'up',
  recovering: 'lost',
};

const reasons: Partial<Readonly<Record<MediaOffReason, NoMedia>>> = {
  insecureContext: 'insecure',
  siteWins: 'siteWins',
  companionHasNoMedia: 'companion',
};

function whyOf(state: MediaState): NoMedia | null {
  if (state.kind !== 'off') return null;
  return state.reason === null ? 'dataOnly' : (reasons[state.reason] ?? 'notAllowed');
}

function switchOf(state: LocalState): Switch {
  switch (state.kind) {
    case 'on':
    case 'off':
    case 'starting':
      return state.kind;
    case 'muted':
      return 'off';
    case 'failed':
      return state.fault === 'permissionRefused' ? 'denied' : 'none';
    default:
      return state satisfies never;
  }
}
