import { relative } from 'node:path';
import { stripVTControlCharacters } from 'node:util';
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

const vitestFailures = z.object({
  testResults: z.array(
    z.object({
      name: z.string(),
      status: z.string(),
      message: z.string().default(''),
      assertionResults: z.array(
        z.object({
          fullName: z.string(),
          status: z.string(),
          failureMessages: z.array(z.string()).nullish(),
        }),
      ),
    }),
  ),
});

const playwrightReport = z.object({
  stats: z.object({ expected: z.number(), unexpected: z.number(), flaky: z.number(), skipped: z.number() }),
  errors: z.array(z.unknown()).default([]),
});

/** A test that failed: where it stands and what it is called, and the first lines of what it said. */
export type Failure = { name: string; reason: string };

type PlaywrightSuite = {
  file: string;
  specs: {
    title: string;
    ok: boolean;
    tests: { results: { errors: { message?: string | undefined }[] }[] }[];
  }[];
  suites?: PlaywrightSuite[] | undefined;
};

const playwrightSuite: z.ZodType<PlaywrightSuite> = z.lazy(() =>
  z.object({
    file: z.string(),
    specs: z.array(
      z.object({
        title: z.string(),
        ok: z.boolean(),
        tests: z.array(
          z.object({
            results: z.array(z.object({ errors: z.array(z.object({ message: z.string().optional() })) })),
          }),
        ),
      }),
    ),
    suites: z.array(playwrightSuite).optional(),
  }),
);

const playwrightFailures = z.object({ suites: z.array(playwrightSuite).default([]) });

/** So many lines of what a test said are repeated at the end of the run; all of them stand further up. */
const reasonLines = 6;

function firstLines(text: string): string {
  return stripVTControlCharacters(text).trim().split('\n').slice(0, reasonLines).join('\n');
}

/** The failed tests of Vitest's JSON report, and the files that could not be loaded. */
export function failuresOfVitest(report: unknown): Failure[] {
  return vitestFailures.parse(report).testResults.flatMap((file) => {
    const path = relative(process.cwd(), file.name);
    if (file.status === 'failed' && file.assertionResults.length === 0) {
      return [{ name: path, reason: firstLines(file.message) }];
    }
    return file.assertionResults
      .filter((test) => test.status === 'failed')
      .map((test) => ({
        name: `${path} › ${test.fullName}`,
        reason: firstLines(test.failureMessages?.[0] ?? ''),
      }));
  });
}

/** The failed tests of Playwright's JSON report, those that passed only when repeated among them. */
export function failuresOfPlaywright(report: unknown): Failure[] {
  const inSuite = (suite: PlaywrightSuite): Failure[] => [
    ...suite.specs.flatMap((spec) => {
      const errors = spec.tests.flatMap((test) => test.results.flatMap((result) => result.errors));
      if (spec.ok && errors.length === 0) return [];
      return [{ name: `${suite.file} › ${spec.title}`, reason: firstLines(errors[0]?.message ?? '') }];
    }),
    ...(suite.suites ?? []).flatMap(inSuite),
  ];
  return playwrightFailures.parse(report).suites.flatMap(inSuite);
}

/** What stands before the closing line: each failed test with its reason, since a long run has scrolled them away. */
export function failureLines(failures: readonly Failure[]): string[] {
  if (failures.length === 0) return [];
  const indented = (reason: string) => reason.split('\n').map((line) => `    ${line}`);
  return [
    'What failed:',
    ...failures.flatMap(({ name, reason }) => [`  ✗ ${name}`, ...(reason === '' ? [] : indented(reason))]),
  ];
}

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
