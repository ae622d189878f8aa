import { fetchParts } from '../components/late.tsx';
import { loadSchemas } from '../net/api.ts';
import type { SessionState } from '../net/session-keeper.ts';
import { loadConnection } from '../store/app.ts';
import { hasRoom, savesData } from '../store/line-room.ts';
import type { Readable } from '../store/observable.ts';
import { until } from '../store/observable.ts';
import { whole } from '../store/parts.ts';

type Part = () => Promise<unknown>;

/** What somebody needs from the sign-in page into a meeting, in that order. */
const way: readonly Part[] = [loadSchemas, loadHome, loadConnection, loadMeeting];

export function loadHome() {
  return whole(import('./home-stage.ts'));
}

export function loadMeeting() {
  return whole(import('../views/meeting/meeting-page.tsx'));
}

let begun: Promise<void> | null = null;

/**
 * Fetches the pages up to a meeting's room before they are wanted, one after the other, so that on a narrow line the next one
 * never waits for a later one: whoever types a password, or reads, then enters without waiting, and on a line that has just gone.
 */
export function fetchAhead(): Promise<void> {
  begun ??= savesData() ? Promise.resolve() : inTurn(way);
  return begun;
}

async function inTurn(parts: readonly Part[]): Promise<void> {
  for (const fetchPart of parts) {
    // What didn't come is fetched again by whoever needs it.
    await fetchPart().catch(() => undefined);
  }
}

/** Once the first page stands: what comes next, then the page's own letters. A weak line keeps the device's letters. */
export async function fetchLater(session: Readable<SessionState>): Promise<void> {
  const { kind } = await until(session, (state) => state.kind !== 'restoring');
  await quietMoment();
  if (kind === 'signedOut') await fetchAhead();
  if (hasRoom()) await import('./fonts.css').catch(() => undefined);
}

/** What a room may yet open waits until picture and sound have found their place, longer on a narrow line: milliseconds. */
const settled = { wide: 3_000, narrow: 30_000 } as const;

/** Fetches what a meeting's room may yet open, once it stands. */
export async function fetchRoomParts(): Promise<void> {
  await fetchAhead();
  if (savesData()) return;
  const wait = settled[hasRoom() ? 'wide' : 'narrow'];
  await new Promise((resolve) => setTimeout(resolve, wait));
  await quietMoment();
  await fetchParts();
}

function quietMoment(): Promise<void> {
  return new Promise((resolve) => {
    if (typeof requestIdleCallback === 'function') requestIdleCallback(() => resolve(), { timeout: 3_000 });
    else setTimeout(resolve, 500);
  });
}
