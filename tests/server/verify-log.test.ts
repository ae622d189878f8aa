import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { figuresOfMeeting } from '@diemcau/shared/minutes/figures.ts';
import { minutesOfMeeting } from '@diemcau/shared/minutes/minutes.ts';
import { checkLog } from '@diemcau/shared/record/check-log.ts';
import { canonicalText } from '@diemcau/shared/record/json.ts';
import { logFileLine } from '@diemcau/shared/record/log-file.ts';
import { verifyChain, webDigest } from '@diemcau/shared/record/verify.ts';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { digest } from '../../server/src/meeting/log/digest.ts';
import { docxOf } from '../../server/src/minutes/docx.ts';
import { type Paper, paperOf } from '../../server/src/minutes/paper.ts';
import { logOf, tamperings } from '../support/example-log.ts';
import { playHalf, playWhole } from '../support/example-meeting.ts';

const whole = playWhole();
const half = playHalf();
const chairs = logOf(whole, 'chair');

async function* given(lines: readonly string[]): AsyncGenerator<string> {
  yield* lines;
}

describe('MIN3 a downloaded log is checked line by line', () => {
  test.each(['chair', 'clerk', 'nghia', 'duc', 'cap-tren'])('what %s downloads holds', async (reader) => {
    for (const play of [whole, half]) {
      const verdict = await checkLog(given(logOf(play, reader)), webDigest);
      expect(verdict).toMatchObject({
        holds: true,
        events: play.entries.length,
        figures: figuresOfMeeting(play.state),
        header: { head: play.head },
      });
    }
  });

  test('VOTE10 readers get their own choice and nobody else’s', () => {
    const choices = logOf(whole, 'nghia').filter((line) => line.includes('"choiceRecorded"'));
    const known = choices.filter((line) => line.includes('"data"'));
    expect(choices.length).toBeGreaterThan(known.length);
    expect(known).toHaveLength(3);
    for (const line of known) expect(line).toContain('"person":"nghia"');
    const withheld = choices.filter((line) => !line.includes('"data"'));
    for (const line of withheld) expect(line).not.toMatch(/"salt"|inFavour|against|noOpinion/);
  });

  test.each(tamperings(chairs))('$what is found on line $line: $fault', async ({ line, fault, spoil }) => {
    const verdict = await checkLog(given(spoil([...chairs])), webDigest);
    expect(verdict).toMatchObject({ holds: false, line, fault });
  });

  test('an event that is chained and makes no sense is named, not thrown', async () => {
    const first = JSON.parse(chairs[1] ?? '');
    const data = { by: { kind: 'system' }, cause: null };
    const dataHash = digest(canonicalText({ data, salt: first.salt }));
    const { meetingId, seq, type, at } = first;
    const hash = digest('0'.repeat(64) + canonicalText({ meetingId, seq, type, at, dataHash }));
    const forged = canonicalText({ ...first, data, dataHash, hash });
    const verdict = await checkLog(given([chairs[0] ?? '', forged]), webDigest);
    expect(verdict).toMatchObject({ holds: false, line: 2, seq: 1, fault: 'fold' });
  });

  test('minutes of an earlier moment are compared at that moment', async () => {
    const seq = whole.entries.findIndex(({ record }) => record.type === 'resultAnnounced') + 1;
    const hash = whole.entries[seq - 1]?.record.hash ?? '';
    const early = {
      ...figuresOfMeeting(whole.state),
      decisions: figuresOfMeeting(whole.state).decisions.slice(0, 1),
    };
    const at = (against: Parameters<typeof checkLog>[2]) => checkLog(given(chairs), webDigest, against);
    expect(await at({ figures: early, head: { seq, hash } })).toMatchObject({ holds: true });
    expect(await at({ figures: early })).toMatchObject({ fault: 'figures', detail: 'decisions[1]' });
    expect(await at({ head: { seq, hash: '0'.repeat(64) } })).toMatchObject({
      fault: 'head',
      line: seq + 1,
      seq,
    });
    expect(await at({ head: { seq: 9_999, hash } })).toMatchObject({ fault: 'head' });
  });
});

describe('MIN3 npm run verify-log', () => {
  const script = fileURLToPath(new URL('../../scripts/verify-log.ts', import.meta.url));
  let folder: string;
  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'diemcau-verify-'));
  });
  afterAll(() => rmSync(folder, { recursive: true }));

  function file(name: string, content: string): string {
    const path = join(folder, name);
    writeFileSync(path, content);
    return path;
  }
  const run = (...args: string[]) => {
    const { status, stdout, stderr } = spawnSync(process.execPath, [script, ...args], { encoding: 'utf8' });
    return { status, stdout, stderr };
  };
  const text = (lines: readonly string[]) => lines.map((line) => `${line}\n`).join('');

  test('a log that holds: its figures, its last hash, and 0', () => {
    const log = file('whole.jsonl', text(chairs));
    const minutes = file(
      'minutes.json',
      JSON.stringify({ figures: figuresOfMeeting(whole.state), head: whole.head }),
    );
    const { status, stdout } = run(
      log,
      '--minutes',
      minutes,
      '--head',
      `${whole.head.seq}:${whole.head.hash}`,
    );
    expect(stdout).toContain('HỢP LỆ / HOLDS – Chi bộ thôn Hưng Kiều 2');
    expect(stdout).toContain(`${whole.head.seq}:${whole.head.hash}`);
    expect(stdout).toContain('Có mặt / Present: 13/15');
    expect(stdout).toContain('8/13, cần / needed 7: được thông qua / passed');
    expect(stdout).toContain('6/13, cần / needed 7: không được thông qua / not passed');
    expect(status).toBe(0);
  });

  test('texts may hold what other programs take for the end of a line', () => {
    const play = playHalf();
    play.words('conclusion', 'một\u2028hai\u2029ba\r\nbốn\u0085năm');
    expect(run(file('lines.jsonl', text(logOf(play, 'clerk')))).status).toBe(0);
  });

  test('a broken log: the first broken line in both languages, and 1', () => {
    const vote = tamperings(chairs).find(({ fault }) => fault === 'data');
    const log = file('broken.jsonl', text(vote?.spoil([...chairs]) ?? []));
    const { status, stdout } = run(log);
    expect(stdout).toContain(
      `KHÔNG HỢP LỆ – dòng ${vote?.line}, sự kiện số ${(vote?.line ?? 0) - 1}: nội dung sự kiện không khớp`,
    );
    expect(stdout).toContain(
      `BROKEN – line ${vote?.line}, event ${(vote?.line ?? 0) - 1}: what the event says`,
    );
    expect(status).toBe(1);
  });

  test('minutes with another figure: the figure, and 1', () => {
    const log = file('whole.jsonl', text(chairs));
    const minutes = file('other.json', JSON.stringify({ ...figuresOfMeeting(whole.state), present: 15 }));
    const { status, stdout } = run(log, '--minutes', minutes);
    expect(stdout).toContain('(present)');
    expect(status).toBe(1);
  });

  test.each([
    ['the sealed minutes', whole],
    ['a draft of the same meeting’s half', half],
  ])('minutes as a DOCX say what the log gives: %s', async (_, play) => {
    const log = file('log.jsonl', text(logOf(play, 'nghia')));
    const minutes = minutesOfMeeting(play.state, play.head, play.state.at);
    if (!minutes) throw new Error('there are no minutes');
    const paper = paperOf(minutes);
    const bytes = await docxOf(paper);
    writeFileSync(join(folder, 'minutes.docx'), bytes);
    expect(run(log, '--minutes', join(folder, 'minutes.docx'))).toMatchObject({ status: 0 });
    const bent: Paper = JSON.parse(JSON.stringify(paper).replace('11/11 đồng chí', '12/12 đồng chí'));
    writeFileSync(join(folder, 'bent.docx'), await docxOf(bent));
    const { status, stdout } = run(log, '--minutes', join(folder, 'bent.docx'));
    expect(stdout).toContain('biên bản ghi khác với nhật ký (“Kết quả: 12/12 đồng chí');
    expect(status).toBe(1);
  });

  test.each([
    ['no file named', []],
    ['a file that isn’t there', ['nowhere.jsonl']],
    ['a head that is none', ['nowhere.jsonl', '--head', '12']],
    ['an option that isn’t one', ['nowhere.jsonl', '--force']],
  ])('%s: how it is used, and 2', (_, args) => {
    const { status, stderr } = run(...args);
    expect(stderr).toContain('npm run verify-log -- FILE');
    expect(status).toBe(2);
  });
});

describe('docs/log-format.md', () => {
  const page = readFileSync(new URL('../../docs/log-format.md', import.meta.url), 'utf8');
  const block = (name: string) => {
    const found = new RegExp(`\`\`\`\\w+ ${name}\\n([\\s\\S]*?)\\n\`\`\``).exec(page)?.[1];
    if (found === undefined) throw new Error(`the page has no block ${name}`);
    return found;
  };
  const records = (name: string) =>
    block(name)
      .split('\n')
      .map((line) => ({ line, record: logFileLine.parse(JSON.parse(line)) }));

  test('MIN3 the example’s hashes are those of the texts it shows', () => {
    for (const [index, { record }] of records('whole').entries()) {
      expect(digest(block(`dataHash ${index + 1}`))).toBe(record.dataHash);
      expect(digest(block(`hash ${index + 1}`))).toBe(record.hash);
      expect(page).toContain(`\`${record.dataHash}\``);
      expect(page).toContain(`\`${record.hash}\``);
    }
    const [first] = records('whole');
    expect(first && 'data' in first.record ? first.record.data : null).toEqual(JSON.parse(block('data 1')));
  });

  test.each(['whole', 'withheld'])(
    'MIN3 the example’s lines hold by the product’s own check: %s',
    async (name) => {
      const lines = records(name);
      for (const { line, record } of lines) expect(canonicalText(record)).toBe(line);
      const verdict = await verifyChain(
        lines.map(({ record }) => record),
        webDigest,
      );
      expect(verdict).toMatchObject({ holds: true, head: { seq: 2 } });
    },
  );
});
