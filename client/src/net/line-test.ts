/** What a test of the line has found; null where it could not be measured. */
export interface LineFigures {
  /** Median, milliseconds. */
  readonly trip: number | null;
  /** kbit/s. */
  readonly down: number | null;
  readonly up: number | null;
  readonly socket: 'stands' | 'blocked';
  readonly media: MediaTrial;
}

/**
 * Whether picture and sound get through, by which way, and the server's ports that it takes; or why that was not tried:
 * nobody is signed in, the server carries none, or the trial itself failed.
 */
export type MediaTrial =
  | { readonly kind: 'udp' | 'tcp' | 'relay' | 'none'; readonly ports: readonly number[] }
  | { readonly kind: 'signedOut' | 'unavailable' | 'untried' };

/** How good a measured part is. */
export type Grade = 'good' | 'fair' | 'poor' | 'none';

/** From these figures on a part is good, fair, or just enough for sound; sound alone takes some 40 kbit/s. */
export const lineNeeds = {
  trip: { good: 300, fair: 800 },
  down: { good: 1_000, fair: 300, poor: 60 },
  up: { good: 500, fair: 150, poor: 50 },
} as const;

/** @returns the grade of a round trip in milliseconds. */
export function gradeOfTrip(trip: number): Exclude<Grade, 'none'> {
  if (trip < lineNeeds.trip.good) return 'good';
  return trip < lineNeeds.trip.fair ? 'fair' : 'poor';
}

/** @returns the grade of a speed in kbit/s. */
export function gradeOfRate(direction: 'down' | 'up', rate: number): Grade {
  const { good, fair, poor } = lineNeeds[direction];
  if (rate >= good) return 'good';
  if (rate >= fair) return 'fair';
  return rate >= poor ? 'poor' : 'none';
}

/** `blocked`: the network lets neither picture nor sound through. */
export type Verdict = 'good' | 'fair' | 'poor' | 'blocked' | 'dataOnly' | 'offline';

/** @returns the whole in one word: as good as its worst part. */
export function verdictOf({ trip, down, up, media }: LineFigures, webRtc: 'there' | 'missing'): Verdict {
  if (trip === null || down === null || up === null) return 'offline';
  if (webRtc === 'missing') return 'dataOnly';
  if (media.kind === 'none') return 'blocked';
  const grades: readonly Grade[] = [gradeOfTrip(trip), gradeOfRate('down', down), gradeOfRate('up', up)];
  if (grades.includes('none') || grades.includes('poor')) return 'poor';
  const detour = media.kind === 'tcp' || media.kind === 'relay';
  return detour || grades.includes('fair') ? 'fair' : 'good';
}

const trips = 6;
/** Milliseconds that one part takes at most. */
const longest = 5_000;
/** Bytes that are sent up, one after the other, until one takes long enough to tell the speed. */
const uploads = [16_384, 65_536, 262_144] as const;
const tellingTime = 800;

const rateOf = (bytes: number, milliseconds: number) => Math.round((bytes * 8) / Math.max(1, milliseconds));

async function measureTrip(): Promise<number | null> {
  const times: number[] = [];
  for (let number = 0; number < trips; number += 1) {
    const from = performance.now();
    const answer = await fetch('/api/line/trip', { cache: 'no-store', signal: AbortSignal.timeout(longest) });
    if (!answer.ok) return null;
    times.push(performance.now() - from);
  }
  // The first one also opens the connection.
  const settled = times.slice(1).sort((a, b) => a - b);
  return Math.round(settled[Math.floor(settled.length / 2)] ?? 0);
}

async function measureDown(): Promise<number | null> {
  const stop = new AbortController();
  const timer = setTimeout(() => stop.abort(), longest);
  let bytes = 0;
  let from: number | null = null;
  let until = 0;
  try {
    for (let round = 0; round < 4; round += 1) {
      const answer = await fetch('/api/line/down', { cache: 'no-store', signal: stop.signal });
      const reader = answer.ok ? answer.body?.getReader() : undefined;
      if (reader === undefined) return null;
      from ??= performance.now();
      for (;;) {
        const { done, value } = await reader.read();
        if (done) break;
        bytes += value.byteLength;
        until = performance.now();
      }
      if (until - from > tellingTime) break;
    }
  } catch {
    // Cut off in the middle of a slow one: what came until then tells the speed.
  } finally {
    clearTimeout(timer);
  }
  return from === null || bytes === 0 ? null : rateOf(bytes, until - from);
}

async function measureUp(): Promise<number | null> {
  let rate: number | null = null;
  for (const size of uploads) {
    const body = new Uint8Array(size);
    for (let at = 0; at < size; at += 65_536) crypto.getRandomValues(body.subarray(at, at + 65_536));
    const from = performance.now();
    const answer = await fetch('/api/line/up', {
      method: 'POST',
      headers: { 'content-type': 'application/octet-stream' },
      body,
      signal: AbortSignal.timeout(longest * 2),
    });
    if (!answer.ok) return rate;
    const took = performance.now() - from;
    rate = rateOf(size, took);
    if (took > tellingTime) break;
  }
  return rate;
}

function trySocket(): Promise<'stands' | 'blocked'> {
  return new Promise((resolve) => {
    const address = new URL('/socket.io/?EIO=4&transport=websocket', location.href);
    address.protocol = address.protocol.replace('http', 'ws');
    const socket = new WebSocket(address);
    const end = (found: 'stands' | 'blocked') => {
      clearTimeout(timer);
      socket.close();
      resolve(found);
    };
    const timer = setTimeout(() => end('blocked'), longest);
    socket.addEventListener('message', () => end('stands'));
    socket.addEventListener('error', () => end('blocked'));
  });
}

const orNull = (measured: Promise<number | null>): Promise<number | null> => measured.catch(() => null);

/**
 * Measures one part after the other, so that none slows another down. Never rejects.
 * @param tryMedia finds out whether media get through; never rejects.
 */
export async function testLine(
  tell: (part: keyof LineFigures) => void,
  tryMedia: () => Promise<MediaTrial>,
): Promise<LineFigures> {
  tell('trip');
  const trip = await orNull(measureTrip());
  if (trip === null) return { trip, down: null, up: null, socket: 'blocked', media: { kind: 'untried' } };
  tell('socket');
  const socket = await trySocket();
  tell('media');
  const media = await tryMedia();
  tell('down');
  const down = await orNull(measureDown());
  tell('up');
  const up = await orNull(measureUp());
  return { trip, down, up, socket, media };
}
