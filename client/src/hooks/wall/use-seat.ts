import { floorOf, hasFloor } from '@diemcau/shared/domain/floor.ts';
import type { MeetingState } from '@diemcau/shared/domain/state.ts';
import type { MeetingId, PersonId } from '@diemcau/shared/ids.ts';
import { useEffect, useMemo, useState } from 'react';
import { LocalMedia, type LocalState } from '../../media/local-media.ts';
import type { VoiceState, WallVoice } from '../../media/wall-voice.ts';
import { MeetingClient } from '../../net/meeting-client.ts';
import { Observable } from '../../store/observable.ts';
import { fetchSteadily, sayMissed } from '../../store/parts.ts';
import { noMedia, type RoomMedia, type Switch } from '../meeting/media.ts';
import { useConnection } from '../use-app.ts';
import { useReadable } from '../use-readable.ts';

/** The superior's ordinary seat in the meeting that is large: its whole state and commands, without its pictures. */
export interface Seat {
  readonly client: MeetingClient;
  readonly local: LocalMedia;
}

/** @returns the seat while the meeting is large; null until the connection is there. */
export function useSeat(meeting: MeetingId): Seat | null {
  const connection = useConnection();
  const [seat, setSeat] = useState<Seat | null>(null);
  useEffect(() => {
    if (connection === null) return;
    const client = new MeetingClient(connection, meeting);
    const local = new LocalMedia('person');
    setSeat({ client, local });
    void client.join({ media: 'unwanted' });
    return () => {
      setSeat(null);
      local.close();
      void client.close();
    };
  }, [connection, meeting]);
  return seat;
}

const silent = new Observable<VoiceState>('off');
const nothingHeld = new Observable<ReadonlySet<string>>(new Set());

/** @returns the voice, made when the floor is given: nobody else needs a way to send. */
function useVoice({ client, local }: Seat, floor: 'has' | 'hasNot'): WallVoice | null {
  const [voice, setVoice] = useState<WallVoice | null>(null);
  useEffect(() => {
    if (floor === 'hasNot') return;
    let made: WallVoice | null = null;
    let state: 'loading' | 'closed' = 'loading';
    fetchSteadily(() => import('../../media/wall-voice.ts')).then(
      (loaded) => {
        if (state === 'closed') return;
        made = new loaded.WallVoice(client, local);
        setVoice(made);
        void made.open();
      },
      () => {
        if (state !== 'closed') sayMissed();
      },
    );
    return () => {
      state = 'closed';
      setVoice(null);
      made?.close();
    };
  }, [client, local, floor]);
  return voice;
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

/** @returns the meeting's media as its parts see them on the wall: no pictures, and one's own microphone. */
export function useSeatMedia(
  seat: Seat,
  state: MeetingState,
  person: PersonId,
): { readonly media: RoomMedia; readonly voice: VoiceState } {
  const floor = hasFloor(floorOf(state), { kind: 'person', person }) ? 'has' : 'hasNot';
  const voice = useVoice(seat, floor);
  const voiceState = useReadable(voice?.state ?? silent);
  const held = useReadable<ReadonlySet<string>>(voice?.held ?? nothingHeld);
  const { microphone } = useReadable(seat.local.states);
  const media = useMemo(
    (): RoomMedia => ({
      ...noMedia('dataOnly'),
      line: 'up',
      why: window.isSecureContext ? null : 'insecure',
      own: {
        camera: 'none',
        microphone: window.isSecureContext ? switchOf(microphone) : 'none',
        screen: 'none',
      },
      held: held.has('microphone') ? 'held' : 'free',
      turn: async (source, to) => {
        if (to === 'on') void voice?.open();
        await seat.local.turn(source, to);
      },
    }),
    [seat, voice, microphone, held],
  );
  return { media, voice: voiceState };
}
