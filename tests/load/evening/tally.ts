/** What the robots of an evening have seen, to be put together over processes. */
export interface Tally {
  /** Milliseconds from a command's sending to its acknowledgement. */
  readonly acknowledged: number[];
  /** Milliseconds from a command's sending until the last of the meeting's screens had what came of it. */
  readonly fanout: number[];
  /** Events that a screen never got. */
  missed: number;
  /** Events that a screen got twice. */
  repeated: number;
  /** Commands without an answer, and refusals that nobody expected. */
  failed: number;
  /** Times that somebody was not let in at once. */
  turnedAway: number;
  /** Lines that ended by themselves. */
  lines: number;
  /** The first of what went wrong, for people. */
  readonly trouble: string[];
}

export function emptyTally(): Tally {
  return {
    acknowledged: [],
    fanout: [],
    missed: 0,
    repeated: 0,
    failed: 0,
    turnedAway: 0,
    lines: 0,
    trouble: [],
  };
}

/** Notes what went wrong; the first few are kept in words. */
export function note(tally: Tally, trouble: string): void {
  if (tally.trouble.length < 5) tally.trouble.push(trouble);
}

/** @returns all of them together. */
export function together(tallies: readonly Tally[]): Tally {
  const sum = emptyTally();
  for (const tally of tallies) {
    // Not as arguments: there are too many.
    for (const value of tally.acknowledged) sum.acknowledged.push(value);
    for (const value of tally.fanout) sum.fanout.push(value);
    sum.missed += tally.missed;
    sum.repeated += tally.repeated;
    sum.failed += tally.failed;
    sum.turnedAway += tally.turnedAway;
    sum.lines += tally.lines;
    for (const trouble of tally.trouble) note(sum, trouble);
  }
  return sum;
}
