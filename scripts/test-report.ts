import { z } from 'zod';

/** What a part of the test run counted. */
export type Counts = { passed: number; failed: number; skipped: number };

/** How a runner's process ended: its exit code, or undefined when it was killed or took too long. */
export type Ending = { exitCode: number | undefined };

const vitestReport = z.object({
  numPassedTests: z.number(),
  numFailedTests: z.number(),
  numPendingTests: z.number(),
  numTodoTests: z.number(),
  testResults: z.array(z.object({ status: z.string(), assertionResults: z.array(z.unknown()) })),
});

const playwrightReport = z.object({
  stats: z.object({ expected: z.number(), unexpected: z.number(), flaky: z.number(), skipped: z.number() }),
  errors: z.array(z.unknown()).default([]),
});

/** Counts Vitest's JSON report. A file that could not even be loaded has no tests and counts as one failure. */
export function countVitest(report: unknown): Counts {
  const read = vitestReport.parse(report);
  const broken = read.testResults.filter(
    (file) => file.status === 'failed' && file.assertionResults.length === 0,
  );
  return {
    passed: read.numPassedTests,
    failed: read.numFailedTests + broken.length,
    skipped: read.numPendingTests + read.numTodoTests,
  };
}

/** Counts Playwright's JSON report. A test that passed only when repeated counts as failed. */
export function countPlaywright(report: unknown): Counts {
  const { stats, errors } = playwrightReport.parse(report);
  return {
    passed: stats.expected,
    failed: stats.unexpected + stats.flaky + errors.length,
    skipped: stats.skipped,
  };
}

/** A check without tests of its own (lint, types) is one test. */
export function countCheck(ending: Ending): Counts {
  return ending.exitCode === 0 ? { passed: 1, failed: 0, skipped: 0 } : { passed: 0, failed: 1, skipped: 0 };
}

/**
 * Counts a runner by its report, and never believes in success that it did not see:
 * a runner that crashed, wrote no report or ran nothing is a failure of its own.
 */
export function countRunner(ending: Ending, report: unknown, count: (report: unknown) => Counts): Counts {
  const crashed = { passed: 0, failed: 1, skipped: 0 };
  if (report === undefined) return crashed;
  const counts = count(report);
  if (counts.failed > 0) return counts;
  if (ending.exitCode !== 0 || counts.passed === 0) return { ...counts, failed: 1 };
  return counts;
}

/** Sums up the parts of a run. */
export function total(parts: readonly Counts[]): Counts {
  return parts.reduce(
    (sum, part) => ({
      passed: sum.passed + part.passed,
      failed: sum.failed + part.failed,
      skipped: sum.skipped + part.skipped,
    }),
    { passed: 0, failed: 0, skipped: 0 },
  );
}

/** The last line of `npm test`. */
export function closingLine(counts: Counts): string {
  const line = `${counts.passed} passed, ${counts.failed} failed`;
  return counts.skipped === 0 ? line : `${line}, ${counts.skipped} skipped`;
}
