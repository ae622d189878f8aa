import type { Attribution, EventData, EventType } from './events.ts';
import type { MeetingState } from './state.ts';

/** One step of the fold for each event of a part of the domain. `at`: milliseconds since 1970. */
export type Evolvers<T extends EventType> = {
  readonly [K in T]: (state: MeetingState, data: EventData[K] & Attribution, at: number) => MeetingState;
};

/** @returns a copy of `record` with `value` under `key`. */
export function put<V>(
  record: { readonly [key: string]: V },
  key: string,
  value: V,
): { readonly [key: string]: V } {
  return { ...record, [key]: value };
}

/** @returns a copy of `record` without `key`. */
export function drop<V>(record: { readonly [key: string]: V }, key: string): { readonly [key: string]: V } {
  const { [key]: _, ...rest } = record;
  return rest;
}

/** @returns the entries of a record keyed by a branded identifier, with the brand kept. */
export function entriesOf<K extends string, V>(record: { readonly [key in K]: V }): readonly [K, V][] {
  return Object.entries(record) as [K, V][];
}

/** @returns the keys of a record, with their brand kept. */
export function keysOf<K extends string, V>(record: { readonly [key in K]: V }): readonly K[] {
  return Object.keys(record) as K[];
}
