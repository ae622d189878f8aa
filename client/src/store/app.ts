import type { Language } from '@diemcau/shared/protocol/socket.ts';
import { Api } from '../net/api.ts';
import { Connection } from '../net/connection.ts';
import { SessionKeeper } from '../net/session-keeper.ts';
import { Observable, type Readable } from './observable.ts';
import { watchReturns } from './page-watch.ts';
import { readSlot } from './slot.ts';

/** What the whole page works with: who is signed in, HTTP, and the one socket of this device. */
export interface App {
  readonly session: SessionKeeper;
  readonly api: Api;
  /** Null while nobody is signed in. */
  readonly connection: Readable<Connection | null>;
}

/** Builds the page's services. The socket is opened at sign-in, so that a meeting is entered without waiting for it. */
export function createApp(language: () => Language): App {
  const api = new Api({ url: '', language });
  const session = new SessionKeeper(api, readSlot);
  const connection = new Observable<Connection | null>(null);

  const open = () => {
    const line = new Connection({ url: '', token: session.token, language });
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

  let who = '';
  session.state.subscribe(() => {
    const state = session.state.get();
    const now = state.kind === 'signedIn' ? JSON.stringify(state.session) : '';
    if (now === who) return;
    who = now;
    close();
    if (now !== '') open();
  });
  watchReturns(() => void connection.get()?.check());
  return { session, api, connection };
}
