import type { LineLevel, MediaRequestData } from './media.ts';

export type LineReport = MediaRequestData<'quality'>;

/** From these figures on a line counts as fair, or as poor. */
export const lineThresholds = {
  /** Milliseconds: talk begins to overlap, then conversation breaks. */
  roundTrip: { fair: 300, poor: 800 },
  /** Share of packets: the picture suffers, then the voice. */
  loss: { fair: 0.03, poor: 0.1 },
  /** Share of the sound that had to be made up. */
  concealed: { fair: 0.03, poor: 0.1 },
  /** Pictures that stood still since the last report. */
  freezes: { fair: 1, poor: 4 },
} as const;

/** @returns the worst of what the report says, in one word. */
export function lineLevelOf({ roundTrip, lossIn, lossOut, freezes, concealed }: LineReport): LineLevel {
  const { loss, ...limits } = lineThresholds;
  const measured: readonly (readonly [number | null, { readonly fair: number; readonly poor: number }])[] = [
    [roundTrip, limits.roundTrip],
    [lossIn, loss],
    [lossOut, loss],
    [concealed, limits.concealed],
    [freezes, limits.freezes],
  ];
  if (measured.some(([value, { poor }]) => (value ?? 0) >= poor)) return 'poor';
  return measured.some(([value, { fair }]) => (value ?? 0) >= fair) ? 'fair' : 'good';
}
