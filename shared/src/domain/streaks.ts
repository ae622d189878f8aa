/** How one past meeting went for a member; only meetings to which they were summoned stand here. */
export interface PastMeeting {
  /** Milliseconds since 1970. */
  readonly at: number;
  readonly outcome: 'present' | 'absentExcused' | 'absentUnexcused';
}

/** A word to the secretary, and never more: nothing is done to a member by itself (ATT6). */
export interface AbsenceStreak {
  readonly excusedInRow: number;
  readonly unexcusedInRow: number;
  /** Months of the year without a meeting attended and without good reason. */
  readonly monthsMissed: number;
  readonly level: 'none' | 'warning' | 'breach';
}

const vietnamOffset = 7 * 3_600_000;
const yearOf = (at: number) => new Date(at + vietnamOffset).getUTCFullYear();
const monthOf = (at: number) => new Date(at + vietnamOffset).getUTCMonth();

function inRow(meetings: readonly PastMeeting[], outcome: PastMeeting['outcome']): number {
  const broken = meetings.findIndex((meeting) => meeting.outcome !== outcome);
  return broken === -1 ? meetings.length : broken;
}

/** *Quá 3 lần liên tiếp/năm*: a warning at three in a row within the year, a breach at four; three months missed too. */
export function absenceStreak(meetings: readonly PastMeeting[], now: number): AbsenceStreak {
  const year = meetings.filter(({ at }) => yearOf(at) === yearOf(now)).sort((a, b) => b.at - a.at);
  const excusedInRow = inRow(year, 'absentExcused');
  const unexcusedInRow = inRow(year, 'absentUnexcused');
  const months = new Map<number, boolean>();
  for (const { at, outcome } of year) {
    const missed = outcome === 'absentUnexcused';
    months.set(monthOf(at), (months.get(monthOf(at)) ?? true) && missed);
  }
  const monthsMissed = [...months.values()].filter(Boolean).length;
  const longest = Math.max(excusedInRow, unexcusedInRow);
  const level = longest >= 4 ? 'breach' : longest === 3 || monthsMissed >= 3 ? 'warning' : 'none';
  return { excusedInRow, unexcusedInRow, monthsMissed, level };
}
