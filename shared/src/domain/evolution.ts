import type { Attribution, EventData, EventType } from './events.ts';
import type { MeetingState } from './state.ts';

/** One step of the fold for each event of a part of the domain. `at`: milliseconds since 1970. */
export type Evolvers<T extends EventType> = {
  readonly [K in T]: (state: MeetingState, data: EventData[K] & Attribution, at: number) => MeetingState;
};

/**
 * A record keyed by identifiers. It has no prototype: an engine that derives its hidden classes from the names of fields (V8)
 * keeps such an object as a dictionary from the start. Otherwise the identifiers of a thousand meetings fill the table of
 * what `{}` can become, and every small object of the process, whatever made it, gets a hidden class of its own.
 *
 * @returns a record of the entries, in their order.
 */
export function keyed<K extends string, V>(entries: Iterable<readonly [K, V]>): { readonly [key in K]: V } {
  const record = nothing<V>();
  for (const [key, value] of entries) record[key] = value;
  return record as { readonly [key in K]: V };
}

/** @returns a copy of `record` with `value` under `key`. */
export function put<V>(
  record: { readonly [key: string]: V },
  key: string,
  value: V,
): { readonly [key: string]: V } {
  const copy = copyOf(record);
  copy[key] = value;
  return copy;
}

/** @returns a copy of `record` without `key`. */
export function drop<V>(record: { readonly [key: string]: V }, key: string): { readonly [key: string]: V } {
  const copy = copyOf(record);
  delete copy[key];
  return copy;
}

function nothing<V>(): { [key: string]: V } {
  return Object.create(null);
}

function copyOf<V>(record: { readonly [key: string]: V }): { [key: string]: V } {
  const copy = nothing<V>();
  // Half the time of Object.assign for dictionaries.
  for (const key in record) copy[key] = record[key] as V;
  return copy;
}

/** @returns the entries of a record keyed by a branded identifier, with the brand kept. */
export function entriesOf<K extends string, V>(record: { readonly [key in K]: V }): readonly [K, V][] {
  return Object.entries(record) as [K, V][];
}

/** @returns the keys of a record, with their brand kept. */
export function keysOf<K extends string, V>(record: { readonly [key in K]: V }): readonly K[] {
  return Object.keys(record) as K[];
}
