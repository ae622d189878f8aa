import type { MeetingId } from '@diemcau/shared/ids.ts';
import { startTransition, useCallback, useRef, useState } from 'react';
import type { JoinWish } from '../../net/meeting-client.ts';
import type { LiveMeeting } from './use-live-meeting.ts';
import type { MediaWish } from './use-room-media.ts';

/** Milliseconds after which a wait is said; a shorter one would only flicker. */
const noticeable = 150;

const wishes: readonly MediaWish[] = ['full', 'audio', 'data'];

function keyOf(meetingId: MeetingId): string {
  return `diemcau.entrance.${meetingId}`;
}

/** @returns with what this tab was in the meeting before it was loaded anew; null where it was not. */
export function rememberedWish(meetingId: MeetingId): MediaWish | null {
  const kept = sessionStorage.getItem(keyOf(meetingId));
  return wishes.find((wish) => wish === kept) ?? null;
}

/** Keeps with what this tab is in the meeting, for when it is loaded anew. */
export function rememberWish(meetingId: MeetingId, wish: MediaWish): void {
  sessionStorage.setItem(keyOf(meetingId), wish);
}

/** Forgets the entrance, so that the lobby is shown next time. */
export function forgetEntrance(meetingId: MeetingId): void {
  sessionStorage.removeItem(keyOf(meetingId));
}

export interface EntranceState {
  /** Null while in the lobby. */
  readonly wish: MediaWish | null;
  readonly refusal: string | null;
  readonly busy: 'yes' | 'no';
  readonly enter: (wish: MediaWish, join: JoinWish) => Promise<void>;
}

/** The way from the lobby into the room; a refusal keeps the person in the lobby, with its sentence. */
export function useEntrance(live: LiveMeeting | null, meetingId: MeetingId): EntranceState {
  const [wish, setWish] = useState<MediaWish | null>(null);
  const [refusal, setRefusal] = useState<string | null>(null);
  const [busy, setBusy] = useState<'yes' | 'no'>('no');
  const entering = useRef(false);
  const enter = useCallback(
    async (chosen: MediaWish, join: JoinWish) => {
      if (live === null || entering.current) return;
      entering.current = true;
      const slow = setTimeout(() => setBusy('yes'), noticeable);
      setRefusal(null);
      // In the room sound is for who has the floor: the microphone that was tried in the lobby closes.
      void live.local.turn('microphone', 'off');
      live.media.expect(chosen === 'full' ? 'pictures' : 'soundOnly');
      const answer = await live.client.join(join);
      clearTimeout(slow);
      entering.current = false;
      if (!answer.ok) {
        setBusy('no');
        setRefusal(answer.message);
        return;
      }
      rememberWish(meetingId, chosen);
      // The room is drawn in slices, so that picture and sound go on being connected meanwhile.
      startTransition(() => {
        setBusy('no');
        setWish(chosen);
      });
    },
    [live, meetingId],
  );
  return { wish, refusal, busy, enter };
}
