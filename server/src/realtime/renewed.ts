/**
 * Takes plain JSON as it is now, with all that has not changed since `before` taken from there. What stays keeps its identity, so that
 * a comparison by identity tells what has changed; and of what is replaced every few seconds only the difference is new in memory:
 * all of it would be old to the collector of garbage by the time that it is replaced.
 *
 * @returns `before` itself when it says the same.
 */
export function renewed<T>(before: T, now: T): T {
  if (before === now) return before;
  if (Array.isArray(before) && Array.isArray(now)) return renewedArray(before, now) as T;
  if (isRecord(before) && isRecord(now)) return renewedRecord(before, now) as T;
  return now;
}

type Plain = { readonly [key: string]: unknown };

function isRecord(value: unknown): value is Plain {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function renewedArray(before: readonly unknown[], now: readonly unknown[]): readonly unknown[] {
  const parts = now.map((part, index) => renewed(before[index], part));
  return parts.length === before.length && parts.every((part, index) => part === before[index])
    ? before
    : parts;
}

function renewedRecord(before: Plain, now: Plain): Plain {
  const parts: { [key: string]: unknown } = { ...now };
  let same = Object.keys(before).length === Object.keys(now).length;
  for (const key in parts) {
    const part = Object.hasOwn(before, key) ? renewed(before[key], parts[key]) : parts[key];
    parts[key] = part;
    same &&= Object.hasOwn(before, key) && part === before[key];
  }
  return same ? before : parts;
}
