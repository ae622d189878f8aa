import { type BackoffRules, createBackoff } from './backoff.ts';
import type { Keys } from './keys.ts';

/** What is guessed at, each counted for itself. */
export type GuessedAt = 'passwordFromPlace' | 'passwordOfName' | 'pin' | 'hallCodeFromPlace' | 'hallCode';

/** What has come of guesses, as servers of a cluster tell each other. The key is a fingerprint: names and addresses go nowhere. */
export interface GuessOutcome {
  readonly at: GuessedAt;
  readonly key: string;
  readonly outcome: 'failed' | 'succeeded';
}

/** Counts failed attempts by a key of any kind, and says how long to wait before the next one. */
export interface Counter {
  /** @returns whole seconds still to wait, 0 when an attempt is free. */
  waitSeconds(key: string): number;
  /** An attempt begins: counted before it is checked, so that many at once gain nothing. */
  begin(key: string): void;
  /** The attempt was wrong. It stays counted, and counts on the other servers as well. */
  failed(key: string): void;
  /** It was right, and is taken back; the others stay counted. */
  forgive(key: string): void;
  /** It was right, and all is forgotten, on the other servers as well. */
  succeed(key: string): void;
}

/**
 * All that a server counts of wrong guesses; in memory, so a restart forgives. Of a cluster, each server tells the others what has
 * come of its own: whoever guesses has no more attempts for asking several. What is said while Redis is away is not said later.
 */
export class Guesses {
  readonly #parts: { readonly keys: Pick<Keys, 'fingerprint'>; readonly now: () => number };
  readonly #backoffs = new Map<GuessedAt, ReturnType<typeof createBackoff>>();
  #tell: (outcome: GuessOutcome) => void = () => undefined;

  constructor(parts: { readonly keys: Pick<Keys, 'fingerprint'>; readonly now: () => number }) {
    this.#parts = parts;
  }

  /** @param tell is told what has come of guesses on this server. */
  onOutcome(tell: (outcome: GuessOutcome) => void): void {
    this.#tell = tell;
  }

  /** What has come of a guess on another server. */
  note({ at, key, outcome }: GuessOutcome): void {
    const backoff = this.#backoffs.get(at);
    if (outcome === 'failed') backoff?.fail(key);
    else backoff?.succeed(key);
  }

  counter(at: GuessedAt, rules: Omit<BackoffRules, 'now'>): Counter {
    const { keys, now } = this.#parts;
    const backoff = createBackoff({ ...rules, now });
    this.#backoffs.set(at, backoff);
    const keyOf = (text: string) => keys.fingerprint(`${at} ${text}`);
    return {
      waitSeconds: (text) => backoff.waitSeconds(keyOf(text)),
      begin: (text) => backoff.fail(keyOf(text)),
      failed: (text) => this.#tell({ at, key: keyOf(text), outcome: 'failed' }),
      forgive: (text) => backoff.forgive(keyOf(text)),
      succeed: (text) => {
        const key = keyOf(text);
        // Who has only this attempt on the list is on no other server's.
        if (backoff.failures(key) > 1) this.#tell({ at, key, outcome: 'succeeded' });
        backoff.succeed(key);
      },
    };
  }
}
