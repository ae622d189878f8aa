import { useRoute } from './use-route.ts';

/** Milliseconds between readings: a meeting that opens shows itself without a reload, and a province does not drum. */
const every = 45_000;

/** @returns what is on, what comes and what was, for the person who is signed in. */
export function useHome() {
  return useRoute('home', {}, every);
}
