import { useNetwork } from '@mantine/hooks';
import type { ConnectionState } from '../net/connection.ts';
import { Observable } from '../store/observable.ts';
import { useConnection } from './use-app.ts';
import { useReadable } from './use-readable.ts';

const nobody = new Observable<ConnectionState>({ kind: 'connecting' });

/** @returns why the line has ended for good, in a sentence; null while it has not. */
export function useLineEnd(): string | null {
  const connection = useConnection();
  const state = useReadable(connection?.state ?? nobody);
  return state.kind === 'ended' ? state.message : null;
}

export type LineKind = ConnectionState['kind'] | 'offline';

/** @returns how the line to the server is; `offline` when the device itself says that it has no network. */
export function useLine(): LineKind {
  const connection = useConnection();
  const state = useReadable(connection?.state ?? nobody);
  const { online } = useNetwork();
  return state.kind !== 'online' && state.kind !== 'ended' && !online ? 'offline' : state.kind;
}
