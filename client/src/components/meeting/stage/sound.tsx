import { Button } from '@mantine/core';
import { IconVolume } from '@tabler/icons-react';
import { useEffect, useRef, useState } from 'react';
import { useMedia } from '../../../hooks/meeting/media.ts';
import { useText } from '../../../hooks/meeting/use-text.ts';
import { Banner } from '../chrome/banner.tsx';

interface VoiceProps {
  readonly track: MediaStreamTrack;
  /** Raised by a touch that lets the browser play sound. */
  readonly touch: number;
  readonly onRefused: () => void;
}

function Voice({ track, touch, onRefused }: VoiceProps) {
  const element = useRef<HTMLAudioElement>(null);
  useEffect(() => {
    const audio = element.current;
    if (!audio) return;
    audio.srcObject = new MediaStream([track]);
    return () => {
      audio.srcObject = null;
    };
  }, [track]);
  // biome-ignore lint/correctness/useExhaustiveDependencies: a touch is what asks to play again
  useEffect(() => {
    element.current?.play().catch((error: unknown) => {
      if (error instanceof DOMException && error.name === 'NotAllowedError') onRefused();
    });
  }, [touch, track, onRefused]);
  // biome-ignore lint/a11y/useMediaCaption: live speech of a meeting has no captions
  return <audio ref={element} autoPlay hidden />;
}

/** Plays everybody's sound, whatever the stage shows; where the browser wants a touch first, it asks for one. */
export function Sound() {
  const { remote } = useMedia();
  const t = useText();
  const [blocked, setBlocked] = useState<'no' | 'yes'>('no');
  const [touch, setTouch] = useState(0);
  const refused = useRef(() => setBlocked('yes'));
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
          <Voice key={producerId} track={track} touch={touch} onRefused={refused.current} />
        ) : null,
      )}
    </>
  );
}
