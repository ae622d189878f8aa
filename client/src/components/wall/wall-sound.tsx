import { Button } from '@mantine/core';
import { IconVolume } from '@tabler/icons-react';
import { useEffect, useRef, useState } from 'react';
import { useReadable } from '../../hooks/use-readable.ts';
import { useWallText } from '../../hooks/wall/use-wall-text.ts';
import { useWall } from '../../hooks/wall/wall.ts';
import { Observable } from '../../store/observable.ts';
import { Banner } from '../meeting/chrome/banner.tsx';

const silence = new Observable<MediaStream | null>(null);

/** Plays the one meeting that is heard; where the browser wants a touch first, it asks for one. */
export function WallSound() {
  const { media } = useWall();
  const t = useWallText();
  const stream = useReadable(media?.sound ?? silence);
  const element = useRef<HTMLAudioElement>(null);
  const [blocked, setBlocked] = useState<'no' | 'yes'>('no');
  useEffect(() => {
    const audio = element.current;
    if (!audio) return;
    audio.srcObject = stream;
    if (stream === null) {
      setBlocked('no');
      return;
    }
    audio.play().catch((error: unknown) => {
      if (error instanceof DOMException && error.name === 'NotAllowedError') setBlocked('yes');
    });
    return () => {
      audio.srcObject = null;
    };
  }, [stream]);
  const hear = () => {
    setBlocked('no');
    element.current?.play().catch(() => setBlocked('yes'));
  };
  return (
    <>
      {blocked === 'yes' && (
        <Banner
          tone="accent"
          icon={<IconVolume size={20} aria-hidden />}
          action={
            <Button mih={44} onClick={hear}>
              {t('large.hear')}
            </Button>
          }
        >
          {t('large.play')}
        </Banner>
      )}
      {/* biome-ignore lint/a11y/useMediaCaption: live speech of a meeting has no captions */}
      <audio ref={element} autoPlay hidden />
    </>
  );
}
