import { createHmac, createSecretKey, type KeyObject, randomInt } from 'node:crypto';

/** Keys derived from the installation's one secret, each for one use. */
export interface Keys {
  /** Signs access tokens. Made once: the library tries the bytes as a public key first, at each token, and that is dear. */
  readonly jwt: KeyObject;
  /** The form in which a code or token is stored: useless to who reads the database alone. */
  fingerprint(text: string): string;
  /** The refresh token that follows `token`: the same each time, and known only to who has the key. */
  successorOf(token: string): string;
  /** Signs what a site shows for a few seconds (ATT4). */
  presence(text: string): string;
}

export function deriveKeys(secret: string): Keys {
  const derive = (purpose: string) => createHmac('sha256', secret).update(purpose).digest();
  const fingerprintKey = derive('fingerprint');
  const refreshKey = derive('refresh');
  const presenceKey = derive('presence');
  return {
    jwt: createSecretKey(derive('access').toString('base64url'), 'utf8'),
    fingerprint: (text) => createHmac('sha256', fingerprintKey).update(text).digest('base64url'),
    presence: (text) => createHmac('sha256', presenceKey).update(text).digest('base64url'),
    successorOf: (token) => createHmac('sha256', refreshKey).update(token).digest('base64url'),
  };
}

// Without 0 and O, 1, I and L: the codes are read from paper.
const PAPER_ALPHABET = '23456789ABCDEFGHJKMNPQRSTUVWXYZ';

/** A code to be printed: twelve letters and digits in three groups, some 59 bits. */
export function paperCode(): string {
  const letters = Array.from({ length: 12 }, () => PAPER_ALPHABET.charAt(randomInt(PAPER_ALPHABET.length)));
  return [0, 4, 8].map((start) => letters.slice(start, start + 4).join('')).join('-');
}

/** A code to be read out and typed on a keypad: eight digits. */
export function siteCode(): string {
  return randomInt(100_000_000).toString().padStart(8, '0');
}

/** A code as it was meant, however it was typed. */
export function tidyCode(text: string): string {
  return text.toUpperCase().replace(/[^0-9A-Z]/g, '');
}
