/**
 * What may have broken the lines while the page could not notice: the network is another one, the device has slept,
 * the page was in the background. `offline`: there is no network at all.
 */
export type PageReturn = 'network' | 'woke' | 'front' | 'offline';

export type PageSight = 'shown' | 'hidden';

/** How often the clock is looked at, and from which gap on the device has slept, milliseconds. */
const tick = 1_000;
const slept = 6_000;

interface NetworkInformation extends EventTarget {
  readonly type?: string;
}

function networkInformation(): NetworkInformation | null {
  const information: unknown = Reflect.get(navigator, 'connection');
  return information instanceof EventTarget ? information : null;
}

/** @returns whether the page can be seen now. */
export function pageSight(): PageSight {
  return document.visibilityState === 'hidden' ? 'hidden' : 'shown';
}

/** Tells when the page comes into sight or goes out of it. @returns a function that stops listening. */
export function watchSight(listener: (sight: PageSight) => void): () => void {
  const changed = () => listener(pageSight());
  document.addEventListener('visibilitychange', changed);
  return () => document.removeEventListener('visibilitychange', changed);
}

/** Tells when the page is closed or left for good. @returns a function that stops listening. */
export function watchEnd(listener: () => void): () => void {
  const hidden = ({ persisted }: PageTransitionEvent) => {
    if (!persisted) listener();
  };
  window.addEventListener('pagehide', hidden);
  return () => window.removeEventListener('pagehide', hidden);
}

/** Tells when it is time to look whether the lines still stand. @returns a function that stops listening. */
export function watchReturns(listener: (what: PageReturn) => void): () => void {
  const network = () => listener('network');
  const information = networkInformation();
  let kind = information?.type;
  // The browser also tells of each new estimate of the speed; only another kind of network matters.
  const changed = () => {
    if (information?.type === kind) return;
    kind = information?.type;
    network();
  };
  let seenAt = Date.now();
  const timer = setInterval(() => {
    const now = Date.now();
    // Timers of hidden pages run seldom: there a gap proves nothing.
    if (now - seenAt > slept && pageSight() === 'shown') listener('woke');
    seenAt = now;
  }, tick);
  const unwatch = watchSight((sight) => {
    seenAt = Date.now();
    if (sight === 'shown') listener('front');
  });
  const offline = () => listener('offline');
  window.addEventListener('online', network);
  window.addEventListener('offline', offline);
  information?.addEventListener('change', changed);
  return () => {
    clearInterval(timer);
    unwatch();
    window.removeEventListener('online', network);
    window.removeEventListener('offline', offline);
    information?.removeEventListener('change', changed);
  };
}
