/** The same for product and baseline: somebody enters a meeting in which others are seen already. */
export const plan = {
  /** Members whose pictures are there, each in three layers: with who enters, sixteen people in the room. */
  senders: 15,
  /** Entries a run. */
  joins: 12,
  runs: 3,
  /** Milliseconds between a page that is ready and the click: whatever it began on its own has ended. */
  settle: 400,
} as const;

/** Milliseconds from the click, of one entry. */
export interface JoinTimes {
  /** Until the meeting's state stands on the screen. */
  readonly state: number;
  /** Until the first remote frame is shown. */
  readonly frame: number;
}
