import type { PersonId } from '@diemcau/shared/ids.ts';
import type { DirectoryDatabase } from './database.ts';

/** Whose rights over cells have changed; null where many people's may have. */
type Listener = (person: PersonId | null) => void;

const listeners = new WeakMap<DirectoryDatabase, Set<Listener>>();

/** Told after each change of who is a superior of what, so that it acts at once. @returns a function that stops telling. */
export function onRightsChange(db: DirectoryDatabase, listener: Listener): () => void {
  const told = listeners.get(db) ?? new Set();
  told.add(listener);
  listeners.set(db, told);
  return () => told.delete(listener);
}

/** Tells who listens. Called after the write, outside of transactions. */
export function rightsChanged(db: DirectoryDatabase, person: PersonId | null): void {
  for (const listener of listeners.get(db) ?? []) listener(person);
}
