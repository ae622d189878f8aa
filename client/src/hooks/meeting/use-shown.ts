import { type RefObject, useEffect } from 'react';
import { useMedia } from './media.ts';

/** Tells the media layer how large a tile is while it is on screen, so that only what is seen is sent. */
export function useShown(element: RefObject<HTMLElement | null>, producerId: string | null): void {
  const { show } = useMedia();
  useEffect(() => {
    const target = element.current;
    if (!target || producerId === null) return;
    let visible = false;
    const tell = () => {
      const { width, height } = target.getBoundingClientRect();
      const scale = window.devicePixelRatio || 1;
      show(producerId, visible ? { width: width * scale, height: height * scale } : null);
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
      show(producerId, null);
    };
  }, [element, producerId, show]);
}
