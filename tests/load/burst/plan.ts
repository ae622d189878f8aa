import type { EveningSize } from '../evening/plan.ts';

/** The same for product and baseline. */
export const plan = {
  /** Those that open a vote within one second. */
  meetings: 300,
  members: 16,
  /** Milliseconds within which all votes are opened. */
  within: 1_000,
  runs: 5,
  /** Milliseconds of rest before each measurement: what the one before left behind is no part of it. */
  rest: 1_500,
  /** Who all come back at once. */
  storm: 5_000,
  /** Connections that are being opened at the same time. */
  abreast: 250,
} as const;

export const size: EveningSize = {
  meetings: Math.ceil(plan.storm / plan.members),
  members: plan.storm,
  superiors: 0,
};

/** Milliseconds from a vote's opening until the last of the meeting's screens has it, for each meeting. */
export type BurstTimes = readonly number[];

/** @returns after which milliseconds the n-th meeting opens its vote. */
export function openingAt(meeting: number): number {
  return (meeting * plan.within) / plan.meetings;
}
