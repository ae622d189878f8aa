import { hash } from 'node:crypto';

/** Tokens that are remembered at most: more than are connected to one server, a tenth of a kilobyte each. */
const most = 32_768;

interface Verified {
  readonly sid: string;
  /** Seconds since 1970, as the token says it. */
  readonly expiresAt: number;
}

/**
 * Access tokens whose signature was found good. A crowd that lost its lines comes back with tokens that were checked before, and to check
 * a signature is a good part of what a return costs. Whether the session still stands is looked up each time all the same. Kept by
 * their digest: what is in memory lets nobody in.
 */
export class VerifiedTokens {
  readonly #verified = new Map<string, Verified>();
  readonly #most: number;

  constructor(limit = most) {
    this.#most = limit;
  }

  /** @returns the session of a token that was verified before and has not expired; null for any other. `now`: seconds since 1970. */
  sidOf(token: string, now: number): string | null {
    const verified = this.#verified.get(digestOf(token));
    return verified && now < verified.expiresAt ? verified.sid : null;
  }

  /** The token's signature is good. */
  remember(token: string, { sid, expiresAt }: Verified): void {
    // The oldest are the first to expire.
    if (this.#verified.size >= this.#most) {
      const [oldest] = this.#verified.keys();
      if (oldest !== undefined) this.#verified.delete(oldest);
    }
    this.#verified.set(digestOf(token), { sid, expiresAt });
  }
}

function digestOf(token: string): string {
  return hash('sha256', token, 'base64url');
}
