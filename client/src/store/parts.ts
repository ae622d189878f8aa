import { Observable } from './observable.ts';
import { stylesThere } from './styles.ts';

/** How often a part is asked for, and milliseconds in between. */
const attempts = 3;
const pause = 2_000;

/** How often a part has not come at all: each time that has to be said. */
export const missedParts = new Observable(0);

/** Has it said that a part did not come, and that loading the page again is the way on. */
export function sayMissed(): void {
  missedParts.update((times) => times + 1);
}

/** A part of the page's code, once its colours are there too. @throws when either doesn't come. */
export async function whole<T>(part: Promise<T>): Promise<T> {
  const came = await part;
  await stylesThere();
  return came;
}

/**
 * Fetches a part of the page, a few times where the line fails just then; without a network it waits for one.
 * @throws when it has not come, as an older page's parts don't once the server has newer ones: only loading the page again helps.
 */
export async function fetchSteadily<T>(fetchPart: () => Promise<T>): Promise<T> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await whole(fetchPart());
    } catch (error) {
      if (!navigator.onLine) {
        attempt = 0;
        await new Promise((resolve) => window.addEventListener('online', resolve, { once: true }));
      } else if (attempt >= attempts) throw error;
      await new Promise((resolve) => setTimeout(resolve, pause));
    }
  }
}
