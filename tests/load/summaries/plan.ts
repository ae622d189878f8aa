import type { MeetingId } from '@diemcau/shared/ids.ts';

/** An evening of 500 cells, and the superiors who watch it. */
export const plan = {
  meetings: 500,
  members: 16,
  superiors: 20,
  tiles: 16,
  /** Mean time between two things that happen in one meeting, milliseconds: a meeting of sixteen with votes and discussion. */
  pace: 2_000,
  /** How long each way of watching is measured, seconds. */
  seconds: 30,
} as const;

/** How superiors are kept up to date: not at all, by the product's wall, or by the whole state at each change. */
export type Way = 'nobody' | 'wall' | 'wholeState';

/** What happened, and when it was durable, milliseconds since 1970. */
export type Happening = readonly [meeting: MeetingId, seq: number, at: number];

/** What the host says of a measured time. */
export interface Measured {
  readonly happenings: readonly Happening[];
  /** Processor time of the host, milliseconds. */
  readonly cpu: number;
  /** Time that went by, milliseconds. */
  readonly wall: number;
  readonly events: number;
}

export interface Ready {
  readonly productUrl: string;
  readonly baselineUrl: string;
  readonly tokens: readonly string[];
  readonly meetings: readonly MeetingId[];
}

/** From the bench to the host, and back. */
export type Order = { readonly order: 'measure'; readonly seconds: number } | { readonly order: 'stop' };
export type Word =
  | { readonly word: 'ready'; readonly ready: Ready }
  | { readonly word: 'measured'; readonly measured: Measured };
