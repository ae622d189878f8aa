import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { figuresOfMeeting } from '@diemcau/shared/minutes/figures.ts';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { logOf, tamperings } from '../support/example-log.ts';
import { playHalf, playWhole } from '../support/example-meeting.ts';

const script = fileURLToPath(new URL('fixtures/verify_log.py', import.meta.url));
const hasPython = spawnSync('python3', ['--version']).status === 0;
const why = hasPython ? '' : ' (python3 is not installed here, so this was not tried)';

const whole = playWhole();
const chairs = logOf(whole, 'chair');
let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'diemcau-python-'));
});
afterAll(() => rmSync(folder, { recursive: true }));

/** One run for all: starting Python takes longer than checking. */
function check(logs: readonly (readonly string[])[]) {
  const paths = logs.map((lines, index) => {
    const path = join(folder, `${index}.jsonl`);
    writeFileSync(path, lines.map((line) => `${line}\n`).join(''));
    return path;
  });
  const { status, stdout, stderr } = spawnSync('python3', [script, ...paths], { encoding: 'utf8' });
  if (stderr !== '') throw new Error(stderr);
  const verdicts: unknown[] = stdout
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line));
  return { status, verdicts };
}

describe.skipIf(!hasPython)(
  `MIN3 a verifier in another language, from docs/log-format.md alone${why}`,
  () => {
    test('finds that what each reader downloads holds, and the same figures', () => {
      const plays = [whole, playHalf()];
      const logs = plays.flatMap((play) =>
        ['chair', 'nghia', 'cap-tren'].map((reader) => logOf(play, reader)),
      );
      const figures = plays.flatMap((play) => Array(3).fill(figuresOfMeeting(play.state)));
      expect(check(logs)).toEqual({
        status: 0,
        verdicts: figures.map((expected) => ({ line: null, fault: null, figures: expected })),
      });
    });

    test('finds the same fault on the same line wherever a log was tampered with', () => {
      const ways = tamperings(chairs);
      const { status, verdicts } = check(ways.map(({ spoil }) => spoil([...chairs])));
      const found = verdicts.map((verdict, index) => ({ what: ways[index]?.what, verdict }));
      expect(status).toBe(1);
      expect(found).toEqual(
        ways.map(({ what, line, fault }) => ({ what, verdict: { line, fault, figures: null } })),
      );
    });
  },
);
