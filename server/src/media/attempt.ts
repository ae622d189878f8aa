import type { Opaque } from '@diemcau/shared/protocol/media.ts';
import { ok, type Result, refused } from '@diemcau/shared/result.ts';
import type { Logger } from 'pino';

/** Where the media layer says what people need not be told. */
export type MediaLog = Pick<Logger, 'info' | 'warn' | 'error'>;

/**
 * Runs a piece of work on mediasoup, which throws on bad input and on everything that has closed meanwhile.
 * @returns its value, or `mediaRequestFailed` with the cause in the log.
 */
export async function attempt<T>(log: MediaLog, what: string, work: () => Promise<T>): Promise<Result<T>> {
  try {
    return ok(await work());
  } catch (error) {
    log.warn({ err: error }, `media: ${what} failed`);
    return refused('mediaRequestFailed');
  }
}

/** Hands a client's structure to mediasoup, which validates every one before it uses it. */
export function unchecked<T>(value: Opaque): T {
  return value as T;
}

/** Shows one of mediasoup's structures in the protocol's opaque form. */
export function toOpaque(value: object): Opaque {
  return { ...value };
}
