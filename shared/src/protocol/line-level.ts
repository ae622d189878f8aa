import type { LineLevel, MediaRequestData } from './media.ts';

type Report = MediaRequestData<'quality'>;

/** From these on a line is no longer good, and from those on it is poor: milliseconds, and shares of 1. */
export const lineThresholds = {
  fair: { roundTrip: 300, loss: 0.03, concealed: 0.03 },
  poor: { roundTrip: 800, loss: 0.1, concealed: 0.1 },
} as const;

/** @returns how the line is: as bad as the worst that is known of it. A picture that stood still is at least fair. */
export function lineLevelOf(report: Report): LineLevel {
  if (reaches(report, lineThresholds.poor)) return 'poor';
  return report.freezes > 0 || reaches(report, lineThresholds.fair) ? 'fair' : 'good';
}

function reaches(
  { roundTrip, lossIn, lossOut, concealed }: Report,
  bound: (typeof lineThresholds)['fair' | 'poor'],
): boolean {
  return (
    (roundTrip ?? 0) >= bound.roundTrip ||
    (lossIn ?? 0) >= bound.loss ||
    (lossOut ?? 0) >= bound.loss ||
    (concealed ?? 0) >= bound.concealed
  );
}
