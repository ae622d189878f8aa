import { refusalMessage } from '@diemcau/shared/protocol/refusal-text.ts';
import type { Answer, Language } from '@diemcau/shared/protocol/socket.ts';
import type { Refusal, Result } from '@diemcau/shared/result.ts';

/** A refusal as it is said to people. */
export interface SaidRefusal {
  readonly ok: false;
  readonly code: Refusal['code'];
  readonly message: string;
  readonly params?: NonNullable<Refusal['params']>;
}

/** Puts a refusal into the connection's language. */
export function say(refusal: Refusal, language: Language): SaidRefusal {
  const { code, params } = refusal;
  const message = refusalMessage(refusal, language);
  return params ? { ok: false, code, message, params } : { ok: false, code, message };
}

/** A result as it goes over the wire. */
export function answerOf<T>(result: Result<T>, language: Language): Answer<T> {
  return result.ok ? result : say(result.refusal, language);
}
