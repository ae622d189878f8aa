import { createContext, useContext } from 'react';
import type { Connection } from '../net/connection.ts';
import type { SessionState } from '../net/session-keeper.ts';
import type { App } from '../store/app.ts';
import { useReadable } from './use-readable.ts';

const AppContext = createContext<App | null>(null);
export const AppProvider = AppContext.Provider;

/** @returns the page's services. */
export function useApp(): App {
  const app = useContext(AppContext);
  if (app === null) throw new Error('useApp outside of the page');
  return app;
}

/** @returns who is signed in. */
export function useSession(): SessionState {
  return useReadable(useApp().session.state);
}

/** @returns this device's socket; null while nobody is signed in. */
export function useConnection(): Connection | null {
  return useReadable(useApp().connection);
}
