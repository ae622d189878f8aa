import { type RefusalCode, type RefusalParams, refusalCodes } from '@diemcau/shared/result.ts';

const known: ReadonlySet<string> = new Set(refusalCodes);

/** @returns whether the text is one of the closed set of refusals. */
export function isRefusalCode(text: unknown): text is RefusalCode {
  return typeof text === 'string' && known.has(text);
}

function isParams(value: unknown): value is RefusalParams {
  return (
    typeof value === 'object' &&
    value !== null &&
    Object.values(value).every((one) => typeof one === 'string' || typeof one === 'number')
  );
}

/** @returns the refusal that stands in the body of an answer over HTTP; null where none does. */
export function saidRefusal(body: unknown) {
  if (typeof body !== 'object' || body === null || !('code' in body) || !('message' in body)) return null;
  const { code, message } = body;
  if (!isRefusalCode(code) || typeof message !== 'string') return null;
  const params = 'params' in body && isParams(body.params) ? { params: body.params } : {};
  return { ok: false, code, message, ...params } as const;
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
