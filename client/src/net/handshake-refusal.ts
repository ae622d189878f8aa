import { type RefusalCode, refusalCodes } from '@diemcau/shared/result.ts';

const known: ReadonlySet<string> = new Set(refusalCodes);

/** @returns whether the text is one of the closed set of refusals. */
export function isRefusalCode(text: unknown): text is RefusalCode {
  return typeof text === 'string' && known.has(text);
}

/** @returns what the server's door said no with (`error.data`), or null for a line that failed by itself. */
export function refusalOfHandshake(error: unknown): { code: RefusalCode; message: string | null } | null {
  if (!(error instanceof Error) || !('data' in error)) return null;
  const { data } = error;
  if (typeof data !== 'object' || data === null || !('code' in data) || !isRefusalCode(data.code))
    return null;
  const message = 'message' in data && typeof data.message === 'string' ? data.message : null;
  return { code: data.code, message };
}
