import { hasRoom } from '../store/line-room.ts';

/** Fetches the page's own letters once the first page stands; a weak line keeps the device's letters. */
export function fetchFontsLater(): void {
  const fetchNow = () => {
    if (hasRoom()) void import('./fonts.css').catch(() => undefined);
  };
  if (typeof requestIdleCallback === 'function') requestIdleCallback(fetchNow, { timeout: 3_000 });
  else setTimeout(fetchNow, 500);
}
