import type { Language } from '@diemcau/shared/protocol/socket.ts';
import { Api } from '../net/api.ts';
import type { Connection } from '../net/connection.ts';
import { SessionKeeper } from '../net/session-keeper.ts';
import { Observable, type Readable } from './observable.ts';
import { watchReturns } from './page-watch.ts';
import { fetchSteadily, sayMissed } from './parts.ts';
import { readSlot } from './slot.ts';

/** How long what opens the socket is not asked for again after it has not come, milliseconds. */
const rest = 30_000;

/** What the whole page works with: who is signed in, HTTP, and the one socket of this device. */
export interface App {
  readonly session: SessionKeeper;
  readonly api: Api;
  /** Null while nobody is signed in. */
  readonly connection: Readable<Connection | null>;
}

type Lines = typeof import('../net/connection.ts');

/** What opens the socket; the first page does without. */
export function loadConnection(): Promise<Lines> {
  return import('../net/connection.ts');
}

/** Fetches what opens the socket; while it doesn't come, that is told. @returns null once it is wanted no more. */
async function load(wanted: () => boolean): Promise<Lines | null> {
  while (wanted()) {
    try {
      return await fetchSteadily(loadConnection);
    } catch {
      if (!wanted()) return null;
      sayMissed();
      await new Promise((resolve) => setTimeout(resolve, rest));
    }
  }
  return null;
}

/** Builds the page's services. The socket is opened at sign-in, so that a meeting is entered without waiting for it. */
export function createApp(language: () => Language): App {
  const api = new Api({ url: '', language });
  const session = new SessionKeeper(api, readSlot);
  const connection = new Observable<Connection | null>(null);

  let who = '';
  const open = async (now: string) => {
    const lines = await load(() => who === now);
    if (lines === null || who !== now) return;
    const line = new lines.Connection({ url: '', token: session.token, language });
    line.state.subscribe(() => {
      const state = line.state.get();
      if (state.kind !== 'ended' || connection.get() !== line) return;
      if (state.code === 'sessionEnded' || state.code === 'unauthenticated') session.end(state.message);
    });
    connection.set(line);
    line.open();
  };
  const close = () => {
    const line = connection.get();
    connection.set(null);
    line?.close();
  };

  session.state.subscribe(() => {
    const state = session.state.get();
    const now = state.kind === 'signedIn' ? JSON.stringify(state.session) : '';
    if (now === who) return;
    who = now;
    close();
    if (now !== '') void open(now);
  });
  watchReturns(() => void connection.get()?.check());
  return { session, api, connection };
}
