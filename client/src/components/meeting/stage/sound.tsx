import { Button } from '@mantine/core';
import { IconVolume } from '@tabler/icons-react';
import { useEffect, useRef, useState } from 'react';
import { useMedia } from '../../../hooks/meeting/media.ts';
import { useText } from '../../../hooks/meeting/use-text.ts';
import { useReadable } from '../../../hooks/use-readable.ts';
import type { DeviceChoice } from '../../../media/local-media.ts';
import { Observable } from '../../../store/observable.ts';
import { Banner } from '../chrome/banner.tsx';

interface VoiceProps {
  readonly track: MediaStreamTrack;
  /** Raised by a touch that lets the browser play sound. */
  readonly touch: number;
  /** Null for the browser's own. */
  readonly speaker: string | null;
  readonly onRefused: () => void;
}

function Voice({ track, touch, speaker, onRefused }: VoiceProps) {
  const element = useRef<HTMLAudioElement>(null);
  useEffect(() => {
    const audio = element.current;
    if (!audio) return;
    audio.srcObject = new MediaStream([track]);
    return () => {
      audio.srcObject = null;
    };
  }, [track]);
  useEffect(() => {
    const audio = element.current;
    if (!audio || !('setSinkId' in audio)) return;
    // A speaker that is gone: better heard elsewhere than not at all.
    audio.setSinkId(speaker ?? '').catch(() => undefined);
  }, [speaker]);
  // biome-ignore lint/correctness/useExhaustiveDependencies: a touch is what asks to play again
  useEffect(() => {
    element.current?.play().catch((error: unknown) => {
      if (error instanceof DOMException && error.name === 'NotAllowedError') onRefused();
    });
  }, [touch, track, onRefused]);
  // biome-ignore lint/a11y/useMediaCaption: live speech of a meeting has no captions
  return <audio ref={element} autoPlay hidden />;
}

const nothingChosen = new Observable<DeviceChoice>({ camera: null, microphone: null, speaker: null });

/** Plays everybody's sound, whatever the stage shows; where the browser wants a touch first, it asks for one. */
export function Sound() {
  const { remote, local, why } = useMedia();
  const { speaker } = useReadable(local?.chosen ?? nothingChosen);
  const t = useText();
  const [blocked, setBlocked] = useState<'no' | 'yes'>('no');
  const [touch, setTouch] = useState(0);
  const refused = useRef(() => setBlocked('yes'));
  // A companion never sounds: the hall's loudspeaker does, and two of them in one room howl.
  if (why === 'companion') return null;
  return (
    <>
      {blocked === 'yes' && (
        <Banner
          tone="accent"
          icon={<IconVolume size={20} aria-hidden />}
          action={
            <Button
              mih={44}
              onClick={() => {
                setBlocked('no');
                setTouch((count) => count + 1);
              }}
            >
              {t('stage.hear')}
            </Button>
          }
        >
          {t('stage.play')}
        </Banner>
      )}
      {remote.map(({ producerId, source, track }) =>
        track !== null && (source === 'microphone' || source === 'screenAudio') ? (
          <Voice key={producerId} track={track} touch={touch} speaker={speaker} onRefused={refused.current} />
        ) : null,
      )}
    </>
  );
}
