import { describe, expect, it } from 'vitest';
import {
  closingLine,
  countCheck,
  countPlaywright,
  countRunner,
  countVitest,
  failureLines,
  failuresOfPlaywright,
  failuresOfVitest,
  total,
} from '../../scripts/test-report.ts';

const vitest = (
  passed: number,
  failed: number,
  files: { status: string; assertionResults: unknown[] }[] = [],
) => ({
  numPassedTests: passed,
  numFailedTests: failed,
  numPendingTests: 1,
  numTodoTests: 0,
  testResults: files,
});

describe('the closing line of npm test', () => {
  it('names what passed and failed, and what was skipped only when something was', () => {
    expect(closingLine({ passed: 12, failed: 0, skipped: 0 })).toBe('12 passed, 0 failed');
    expect(closingLine({ passed: 12, failed: 1, skipped: 2 })).toBe('12 passed, 1 failed, 2 skipped');
  });

  it('adds the parts up', () => {
    const parts = [
      countCheck({ exitCode: 0 }),
      countCheck({ exitCode: 2 }),
      { passed: 5, failed: 2, skipped: 1 },
    ];
    expect(total(parts)).toEqual({ passed: 6, failed: 3, skipped: 1 });
  });

  it('counts a check that was killed as failed', () => {
    expect(countCheck({ exitCode: undefined }).failed).toBe(1);
  });
});

describe('counting runners', () => {
  it('counts a test file that could not be loaded as one failure', () => {
    const report = vitest(3, 1, [
      { status: 'failed', assertionResults: [] },
      { status: 'failed', assertionResults: [{}] },
      { status: 'passed', assertionResults: [{}] },
    ]);
    expect(countVitest(report)).toEqual({ passed: 3, failed: 2, skipped: 1 });
  });

  it('counts a browser test that passed only when repeated as failed', () => {
    const report = { stats: { expected: 4, unexpected: 1, flaky: 1, skipped: 2 }, errors: [{}] };
    expect(countPlaywright(report)).toEqual({ passed: 4, failed: 3, skipped: 2 });
  });

  it.each([
    ['wrote no report', { exitCode: 0 }, undefined],
    ['crashed after its report', { exitCode: 1 }, vitest(3, 0)],
    ['was killed', { exitCode: undefined }, vitest(3, 0)],
    ['ran nothing', { exitCode: 0 }, vitest(0, 0)],
  ])('does not believe a runner that %s', (_name, ending, report) => {
    expect(countRunner(ending, report, countVitest).failed).toBe(1);
  });

  it('does not count the same failure twice', () => {
    expect(countRunner({ exitCode: 1 }, vitest(3, 2), countVitest).failed).toBe(2);
  });
});

describe('naming what failed, before the closing line', () => {
  it('says nothing where nothing failed', () => {
    expect(failureLines([])).toEqual([]);
  });

  it('names each failed test, and each file that could not be loaded, with its first lines', () => {
    const report = {
      testResults: [
        {
          name: `${process.cwd()}/tests/server/a.test.ts`,
          status: 'failed',
          message: '',
          assertionResults: [
            {
              fullName: 'a meeting opens',
              status: 'failed',
              failureMessages: ['\u001b[31mexpected 1\nat line 2'],
            },
            { fullName: 'a meeting closes', status: 'passed', failureMessages: [] },
          ],
        },
        {
          name: `${process.cwd()}/tests/server/b.test.ts`,
          status: 'failed',
          message: 'No such file',
          assertionResults: [],
        },
      ],
    };
    expect(failureLines(failuresOfVitest(report))).toEqual([
      'What failed:',
      '  ✗ tests/server/a.test.ts › a meeting opens',
      '    expected 1',
      '    at line 2',
      '  ✗ tests/server/b.test.ts',
      '    No such file',
    ]);
  });

  it('names browser tests of every depth, those among them that passed only when repeated', () => {
    const results = (...errors: string[]) => [
      { results: [{ errors: errors.map((message) => ({ message })) }] },
    ];
    const report = {
      suites: [
        {
          file: 'floor.spec.ts',
          specs: [{ title: 'a hall is heard', ok: true, tests: results() }],
          suites: [
            {
              file: 'floor.spec.ts',
              specs: [
                { title: 'a hall falls silent', ok: false, tests: results('Timed out') },
                { title: 'a hall comes back', ok: true, tests: results('Too slow at first') },
              ],
            },
          ],
        },
      ],
    };
    expect(failuresOfPlaywright(report)).toEqual([
      { name: 'floor.spec.ts › a hall falls silent', reason: 'Timed out' },
      { name: 'floor.spec.ts › a hall comes back', reason: 'Too slow at first' },
    ]);
  });
});
