import { useCallback, useRef, useState } from 'react';
import { rememberWish } from './use-entrance.ts';
import type { LiveMeeting } from './use-live-meeting.ts';
import type { MediaWish } from './use-room-media.ts';

/** With what this device takes part, and how to change it while the meeting goes on. */
export interface MediaMode {
  readonly mode: MediaWish;
  readonly change: (mode: MediaWish) => void;
}

/** @param wish what was chosen before entering; another one starts anew. */
export function useMediaMode({ client, media, local }: LiveMeeting, wish: MediaWish): MediaMode {
  const [chosen, setChosen] = useState<{ readonly wish: MediaWish; readonly mode: MediaWish }>({
    wish,
    mode: wish,
  });
  if (chosen.wish !== wish) setChosen({ wish, mode: wish });
  const { mode } = chosen;
  const camera = useRef<'on' | 'off'>('off');
  const change = useCallback(
    (next: MediaWish) => {
      if (next === mode) return;
      setChosen({ wish, mode: next });
      rememberWish(client.meetingId, next);
      if (mode === 'full') camera.current = local.states.get().camera.kind === 'on' ? 'on' : 'off';
      media.expect(next === 'full' ? 'pictures' : 'soundOnly');
      if (next === 'data') {
        // The others are told first, so that nobody is left with a picture that stands still.
        local.letGo();
        void client.setMedia('unwanted');
        return;
      }
      if (next === 'audio') {
        void local.turn('camera', 'off');
        void local.turn('screen', 'off');
      } else if (camera.current === 'on') void local.turn('camera', 'on');
      if (mode === 'data') void client.setMedia('wanted');
    },
    [mode, wish, client, media, local],
  );
  return { mode, change };
}
