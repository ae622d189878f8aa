import type { PersonId } from '@diemcau/shared/ids.ts';

type Listener = (person: PersonId) => void;

/**
 * Says of whom an assignment as superior was given or ended, after it is written: who holds doors open for superiors looks
 * the right up anew. What was changed is not told, so that nobody decides by an old message.
 */
export class AssignmentChanges {
  readonly #listeners = new Set<Listener>();

  /** Tells everybody who listens. */
  changed(person: PersonId): void {
    for (const listener of [...this.#listeners]) listener(person);
  }

  /** @returns a function that stops the listening; calling it twice is no fault. */
  on(listener: Listener): () => void {
    this.#listeners.add(listener);
    return () => {
      this.#listeners.delete(listener);
    };
  }
}
