import type { MeetingId } from '@diemcau/shared/ids.ts';
import { IconEye, IconVideoOff } from '@tabler/icons-react';
import { useEffect, useRef } from 'react';
import { useDates } from '../../hooks/use-dates.ts';
import { type TileStream, usePicture, useShownTile } from '../../hooks/wall/use-tile.ts';
import { useWallText } from '../../hooks/wall/use-wall-text.ts';
import { useWall, useWatch } from '../../hooks/wall/wall.ts';
import classes from './tile.module.css';

interface StreamVideoProps {
  readonly source: TileStream;
  readonly place: 'front' | 'behind';
  readonly label: string;
  readonly onFrame: (stream: MediaStream) => void;
}

/** One stream; tells once that it has a frame. */
function StreamVideo({ source, place, label, onFrame }: StreamVideoProps) {
  const element = useRef<HTMLVideoElement>(null);
  const told = useRef(onFrame);
  told.current = onFrame;
  const { stream } = source;
  useEffect(() => {
    const video = element.current;
    if (!video) return;
    const tell = () => told.current(stream);
    video.srcObject = stream;
    // Refused while the page has not been touched: it plays by the next touch, being muted.
    video.play().catch(() => undefined);
    // Missing in Firefox before 132, where the first data must do for the first frame.
    const counts = Reflect.has(video, 'requestVideoFrameCallback');
    const handle = counts ? video.requestVideoFrameCallback(tell) : 0;
    if (!counts) video.addEventListener('loadeddata', tell, { once: true });
    return () => {
      if (counts) video.cancelVideoFrameCallback(handle);
      else video.removeEventListener('loadeddata', tell);
      video.srcObject = null;
    };
  }, [stream]);
  return (
    <video
      ref={element}
      className={classes.video}
      data-place={place}
      aria-label={label}
      autoPlay
      playsInline
      muted
    />
  );
}

/** Draws what the tile's video shows now; nothing where it shows nothing. */
function keepFrame(tile: HTMLElement | null, canvas: HTMLCanvasElement | null): void {
  const video = tile?.querySelector<HTMLVideoElement>('video[data-place="front"]');
  if (!canvas) return;
  canvas.width = video?.videoWidth ?? 0;
  canvas.height = video?.videoHeight ?? 0;
  if (video && video.videoWidth > 0) canvas.getContext('2d')?.drawImage(video, 0, 0);
}

interface TileVideoProps {
  readonly meeting: MeetingId;
  readonly cell: string;
  /** Whether the superior is a member of the cell: then they attend as such, elsewhere (SUP9). */
  readonly own?: 'yes' | 'no';
}

/**
 * A meeting's picture. When another one takes over it comes up behind the present one, and in front once it has a frame:
 * the same element all the time, so that nothing is black in between.
 */
export function TileVideo({ meeting, cell, own = 'no' }: TileVideoProps) {
  const t = useWallText();
  const { hour } = useDates();
  const watch = useWatch();
  const element = useRef<HTMLDivElement>(null);
  const { current, next, why, shown } = usePicture(meeting);
  useShownTile(element, meeting);
  const old = watch.kind === 'rewatching' ? watch.since : null;
  const last = useRef<HTMLCanvasElement>(null);
  const { client } = useWall();
  // With the line the pictures end, and browsers then show black: what was seen last is kept, before it goes.
  useEffect(
    () =>
      client.watchState.subscribe(() => {
        if (client.watchState.get().kind === 'rewatching') keepFrame(element.current, last.current);
      }),
    [client],
  );
  const Icon = why === 'unattended' ? IconEye : IconVideoOff;
  return (
    <div
      ref={element}
      className={classes.picture}
      data-old={old === null ? 'no' : 'yes'}
      data-testid="tile-picture"
    >
      {[current, next].map(
        (source) =>
          source !== null && (
            <StreamVideo
              key={source.stream.id}
              source={source}
              place={source === current ? 'front' : 'behind'}
              label={t('tile.picture', { cell })}
              onFrame={shown}
            />
          ),
      )}
      {why !== null && (
        <div className={classes.noPicture} data-why={why} data-own={own}>
          <Icon size={28} stroke={1.5} aria-hidden />
          <span>{t(own === 'yes' && why === 'unattended' ? 'tile.own' : `tile.absence.${why}`)}</span>
        </div>
      )}
      <canvas ref={last} className={classes.last} data-shown={old === null ? 'no' : 'yes'} aria-hidden />
      {old !== null && current !== null && (
        <span className={classes.oldPicture}>{t('line.oldPicture', { time: hour(old) })}</span>
      )}
    </div>
  );
}
