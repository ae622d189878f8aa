import { useSyncExternalStore } from 'react';
import type { Readable } from '../store/observable.ts';

/** @returns the observable's value, and renders again when it is another one. */
export function useReadable<T>(source: Readable<T>): T {
  return useSyncExternalStore(source.subscribe, source.get);
}
