/** How long to wait between attempts: full jitter below a bound that doubles, in milliseconds. */
export interface Backoff {
  readonly first: number;
  readonly longest: number;
}

export const reconnectBackoff: Backoff = { first: 500, longest: 6_000 };
export const retryBackoff: Backoff = { first: 1_000, longest: 8_000 };

/**
 * Full jitter: a hall of thousands that lost the same server does not come back in one instant.
 * @param attempt 0 for the first one. @param random gives numbers in [0, 1).
 */
export function delayBefore(attempt: number, backoff: Backoff, random: () => number): number {
  const bound = Math.min(backoff.longest, backoff.first * 2 ** Math.min(attempt, 30));
  return Math.round(random() * bound);
}
