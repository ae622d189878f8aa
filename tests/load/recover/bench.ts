import { atMost, type BenchReport, percentile, rounded } from '../report.ts';
import { measureRecovery } from './recovery.ts';

/** An SFU worker is killed: until its viewers see a whole picture again, and what a meeting on another worker feels of it. */
export async function run(): Promise<BenchReport> {
  const { back, otherGap } = await measureRecovery(8, 4);
  const figures = {
    back_p50_ms: rounded(percentile(back, 50)),
    back_p95_ms: rounded(percentile(back, 95)),
    other_meeting_gap_ms: rounded(otherGap),
  };
  return {
    bench: 'recover',
    figures,
    baseline: {},
    ratios: {},
    aims: {
      'figures.back_p95_ms': atMost(figures.back_p95_ms, 5_000),
      'figures.other_meeting_gap_ms': atMost(figures.other_meeting_gap_ms, 100),
    },
  };
}
