import { useEffect, useRef } from 'react';
import classes from './stage.module.css';

interface VideoProps {
  readonly track: MediaStreamTrack;
  /** One's own picture is shown as in a mirror. */
  readonly orientation?: 'plain' | 'mirrored';
  readonly fit?: 'cover' | 'contain';
  readonly label: string;
}

/** A picture. Its sound, if any, is played elsewhere. */
export function Video({ track, orientation = 'plain', fit = 'cover', label }: VideoProps) {
  const element = useRef<HTMLVideoElement>(null);
  useEffect(() => {
    const video = element.current;
    if (!video) return;
    video.srcObject = new MediaStream([track]);
    // Refused while the page has not been touched: it plays by the next touch, being muted.
    video.play().catch(() => undefined);
    return () => {
      video.srcObject = null;
    };
  }, [track]);
  return (
    <video
      ref={element}
      className={classes.video}
      data-orientation={orientation}
      data-fit={fit}
      aria-label={label}
      autoPlay
      playsInline
      muted
    />
  );
}
