import { type RefObject, useEffect, useId } from 'react';
import { useMedia } from './media.ts';

/** Tells the media layer how large a tile is while it is on screen, so that only what is seen is sent. */
export function useShown(element: RefObject<HTMLElement | null>, producerId: string | null): void {
  const { show } = useMedia();
  const place = useId();
  useEffect(() => {
    const target = element.current;
    if (!target || producerId === null) return;
    // The television's window watches by its own screen.
    const view = target.ownerDocument.defaultView ?? window;
    let visible = false;
    const tell = () => {
      const { width, height } = target.getBoundingClientRect();
      const scale = view.devicePixelRatio || 1;
      show(producerId, visible ? { width: width * scale, height: height * scale } : null, place);
    };
    const seen = new view.IntersectionObserver((entries) => {
      visible = entries.at(-1)?.isIntersecting ?? false;
      tell();
    });
    const resized = new view.ResizeObserver(tell);
    seen.observe(target);
    resized.observe(target);
    return () => {
      seen.disconnect();
      resized.disconnect();
      show(producerId, null, place);
    };
  }, [element, producerId, show, place]);
}
