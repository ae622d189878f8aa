/** Slows down whoever keeps failing, by a key of any kind. Kept in memory: a restart forgives. */
export interface Backoff {
  /** @returns whole seconds still to wait, 0 when an attempt is free. */
  waitSeconds(key: string): number;
  fail(key: string): void;
  /** Takes the last failure back: it was counted before the attempt was checked, and proved to be none. */
  forgive(key: string): void;
  succeed(key: string): void;
  /** @returns how many failures are counted. */
  failures(key: string): number;
}

export interface BackoffRules {
  /** Failures that cost nothing. */
  readonly free: number;
  /** Wait after the first failure beyond those; it doubles with each further one. */
  readonly firstWaitMs: number;
  readonly longestWaitMs: number;
  readonly now: () => number;
}

interface Entry {
  failures: number;
  until: number;
  last: number;
}

const ENTRIES_MAX = 20_000;

export function createBackoff(rules: BackoffRules): Backoff {
  const entries = new Map<string, Entry>();

  function forgetOld(): void {
    const now = rules.now();
    for (const [key, entry] of entries) {
      if (now - entry.last > 2 * rules.longestWaitMs) entries.delete(key);
    }
    // A flood of invented keys must not push out the memory of real ones that are being waited for.
    for (const [key, entry] of entries) {
      if (entries.size <= ENTRIES_MAX / 2) break;
      if (entry.until <= now) entries.delete(key);
    }
  }

  return {
    waitSeconds(key) {
      const entry = entries.get(key);
      return entry ? Math.max(0, Math.ceil((entry.until - rules.now()) / 1000)) : 0;
    },
    fail(key) {
      if (entries.size >= ENTRIES_MAX) forgetOld();
      const now = rules.now();
      const before = entries.get(key);
      const fresh = !before || now - before.last > 2 * rules.longestWaitMs;
      const failures = fresh ? 1 : before.failures + 1;
      const beyond = failures - rules.free;
      const wait = beyond <= 0 ? 0 : Math.min(rules.firstWaitMs * 2 ** (beyond - 1), rules.longestWaitMs);
      entries.set(key, { failures, until: now + wait, last: now });
    },
    forgive(key) {
      const entry = entries.get(key);
      if (!entry) return;
      if (entry.failures <= 1) entries.delete(key);
      else entries.set(key, { ...entry, failures: entry.failures - 1, until: rules.now() });
    },
    succeed(key) {
      entries.delete(key);
    },
    failures: (key) => entries.get(key)?.failures ?? 0,
  };
}
