/** On a line slower than this, in Mbit/s, nothing is fetched that may never be needed. */
const narrow = 1;
/** From so many bytes on what has come says how fast the line is. */
const telling = 30_000;
/** So long what a line has shown is believed of the next visit, whose parts come from the browser's store; milliseconds. */
const remembered = 7 * 86_400_000;
const slot = 'diemcau.line';

/** A part of the page as the browser has timed it: bytes over the line, and milliseconds. */
interface Fetch {
  readonly transferSize: number;
  readonly startTime: number;
  readonly responseEnd: number;
}

/** @returns Mbit/s at which parts have come, by the time in which any of them was on its way; null where too little has come. */
export function rateOf(fetches: readonly Fetch[]): number | null {
  const came = fetches.filter(({ transferSize }) => transferSize > 0);
  const bytes = came.reduce((sum, { transferSize }) => sum + transferSize, 0);
  if (bytes < telling) return null;
  let [busy, until] = [0, 0];
  for (const { startTime, responseEnd } of came.toSorted((a, b) => a.startTime - b.startTime)) {
    busy += Math.max(0, responseEnd - Math.max(startTime, until));
    until = Math.max(until, responseEnd);
  }
  return (bytes * 8) / 1_000 / Math.max(1, busy);
}

function connection(name: 'saveData' | 'downlink'): unknown {
  const information: unknown = Reflect.get(navigator, 'connection');
  return typeof information === 'object' && information !== null ? Reflect.get(information, name) : undefined;
}

/** @returns whether the person has asked the browser to spare data. */
export function savesData(): boolean {
  return connection('saveData') === true;
}

function seenNow(): number | null {
  const entries = performance.getEntriesByType('resource');
  return rateOf(entries.filter((entry) => entry instanceof PerformanceResourceTiming));
}

function seenBefore(): number | null {
  try {
    const [rate, at] = (localStorage.getItem(slot) ?? '').split(' ').map(Number);
    return rate !== undefined && at !== undefined && Date.now() - at < remembered ? rate : null;
  } catch {
    return null;
  }
}

function remember(rate: number): void {
  try {
    localStorage.setItem(slot, `${rate.toFixed(3)} ${Date.now()}`);
  } catch {
    // The next visit then begins with what the browser believes.
  }
}

/** @returns whether the line has room for what may be needed later; before anything is known it is believed to have. */
export function hasRoom(): boolean {
  if (savesData()) return false;
  const now = seenNow();
  if (now !== null) remember(now);
  const downlink = connection('downlink');
  const rate = now ?? seenBefore() ?? (typeof downlink === 'number' ? downlink : null);
  return rate === null || rate >= narrow;
}
