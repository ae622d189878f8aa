import type { MeetingId } from '@diemcau/shared/ids.ts';
import { type RefObject, useEffect } from 'react';
import type { TilePicture, TileStream, WallTile } from '../../media/wall-types.ts';
import { Observable } from '../../store/observable.ts';
import { leadingAlarm } from '../../store/wall-order.ts';
import { useReadable } from '../use-readable.ts';
import { useAlarms, useHeard, useSummary, useWall, useWallEntry } from './wall.ts';

export type { TileStream };

const none = new Observable<TilePicture>({ current: null, next: null, absence: 'waiting' });

/** A meeting's picture as its tile draws it; `why` says in a word why there is none. */
export interface ShownPicture {
  readonly current: TileStream | null;
  readonly next: TileStream | null;
  readonly why: NonNullable<TilePicture['absence']> | 'noMedia' | null;
  readonly shown: WallTile['shown'];
}

const nothing = () => undefined;

/** @returns the picture of a meeting's tile. */
export function usePicture(meeting: MeetingId): ShownPicture {
  const { media } = useWall();
  const attended = useWallEntry(meeting)?.attended === true;
  const tile = media?.tile(meeting) ?? null;
  const { current, next, absence } = useReadable(tile?.picture ?? none);
  const why =
    current !== null ? null : !attended ? 'unattended' : isBlind() ? 'noMedia' : (absence ?? 'waiting');
  return { current, next, why, shown: tile?.shown ?? nothing };
}

/** Whether the browser gives this page no pictures at all. */
function isBlind(): boolean {
  return !window.isSecureContext || typeof RTCPeerConnection !== 'function';
}

/** Tells the media how large the tile is while it is on screen, and how soon its picture is wanted. */
export function useShownTile(element: RefObject<HTMLElement | null>, meeting: MeetingId): void {
  const { media } = useWall();
  const heard = useHeard() === meeting;
  const alarmed = leadingAlarm(useAlarms(meeting)) !== null;
  const speaking = (useSummary(meeting)?.speaker ?? null) !== null;
  const priority = heard ? 'focus' : alarmed ? 'alarmed' : speaking ? 'speaking' : 'rest';
  useEffect(() => {
    media?.setPriority(meeting, priority);
  }, [media, meeting, priority]);
  useEffect(() => {
    const target = element.current;
    if (!target || media === null) return;
    let visible = false;
    const tell = () => {
      const { width, height } = target.getBoundingClientRect();
      const scale = window.devicePixelRatio || 1;
      media.setVisible(meeting, visible ? { width: width * scale, height: height * scale } : null);
    };
    const seen = new IntersectionObserver(([entry]) => {
      visible = entry?.isIntersecting ?? false;
      tell();
    });
    const resized = new ResizeObserver(tell);
    seen.observe(target);
    resized.observe(target);
    return () => {
      seen.disconnect();
      resized.disconnect();
      media.setVisible(meeting, null);
    };
  }, [element, media, meeting]);
}
