import canonicalize from 'canonicalize';

/** What an event may carry: JSON and nothing else. */
export type JsonValue = null | boolean | number | string | readonly JsonValue[] | JsonObject;
export interface JsonObject {
  readonly [key: string]: JsonValue | undefined;
}

/** Why a value can't stand in a record. */
export type UnfitForRecord = 'nulCharacter' | 'loneSurrogate' | 'notANumber';

/**
 * Says what keeps a value out of the record: U+0000 (PostgreSQL holds none), a lone surrogate (no UTF-8 for it), NaN or infinity.
 * Walks with its own stack, since the depth of the value is the sender's choice.
 * @returns null when the value may be recorded.
 */
export function unfitForRecord(value: unknown): UnfitForRecord | null {
  const waiting: unknown[] = [value];
  while (waiting.length > 0) {
    const next = waiting.pop();
    if (typeof next === 'string') {
      const fault = unfitText(next);
      if (fault) return fault;
    } else if (typeof next === 'number') {
      if (!Number.isFinite(next)) return 'notANumber';
    } else if (Array.isArray(next)) {
      for (const item of next) waiting.push(item);
    } else if (typeof next === 'object' && next !== null) {
      for (const [key, item] of Object.entries(next)) {
        const fault = unfitText(key);
        if (fault) return fault;
        waiting.push(item);
      }
    }
  }
  return null;
}

function unfitText(text: string): UnfitForRecord | null {
  if (text.includes('\u0000')) return 'nulCharacter';
  return text.isWellFormed() ? null : 'loneSurrogate';
}

/**
 * The one text of a JSON object (RFC 8785): keys sorted, numbers as ECMAScript writes them.
 * @throws on what isn't JSON or doesn't fit a record; callers ask `unfitForRecord` about what comes from outside.
 */
export function canonicalText(value: object): string {
  const fault = unfitForRecord(value);
  if (fault) throw new TypeError(`not fit for the record: ${fault}`);
  const text = canonicalize(value);
  if (text === undefined) throw new TypeError('not fit for the record: no JSON');
  return text;
}
