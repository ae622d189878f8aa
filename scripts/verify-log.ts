import { createReadStream } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import { parseArgs } from 'node:util';
import type { MeetingState } from '@diemcau/shared/domain/state.ts';
import { minutesFigures } from '@diemcau/shared/minutes/figures.ts';
import { minutesOfMeeting } from '@diemcau/shared/minutes/minutes.ts';
import {
  checkLog,
  type HeldAgainst,
  type LogFault,
  type LogVerdict,
} from '@diemcau/shared/record/check-log.ts';
import { webDigest } from '@diemcau/shared/record/verify.ts';
import { z } from 'zod';
import { linesOf, paperOf } from '../server/src/minutes/paper.ts';
import { type HeldPaper, plain, readPaper } from './minutes-paper.ts';

const usage =
  'Cách dùng / Usage: npm run verify-log -- FILE [--minutes BIEN-BAN.docx|FIGURES.json] [--head SEQ:HASH]\n' +
  '  FILE       nhật ký đã tải về (.jsonl) / the downloaded log (.jsonl)\n' +
  '  --minutes  biên bản đã tải về, hoặc số liệu của nó / the minutes, or their figures\n' +
  '  --head     số sự kiện và mã băm in ở chân biên bản / number and hash at the foot of the minutes';

const faults: { readonly [F in LogFault]: { readonly vi: string; readonly en: string } } = {
  empty: { vi: 'tệp không có nội dung', en: 'the file is empty' },
  notJson: { vi: 'dòng này không phải là JSON', en: 'the line is not JSON' },
  shape: { vi: 'dòng này không đúng mẫu của nhật ký', en: 'the line has not the form of a log' },
  notCanonical: {
    vi: 'dòng này không ở dạng chuẩn RFC 8785',
    en: 'the line is not in the canonical form of RFC 8785',
  },
  meeting: { vi: 'sự kiện thuộc buổi sinh hoạt khác', en: 'the event is another meeting’s' },
  order: {
    vi: 'số thứ tự không liền với sự kiện trước',
    en: 'the number does not follow on the event before',
  },
  time: { vi: 'thời điểm lùi lại so với sự kiện trước', en: 'the time goes back behind the event before' },
  data: {
    vi: 'nội dung sự kiện không khớp với mã băm của nội dung (dataHash)',
    en: 'what the event says does not match its dataHash',
  },
  hash: {
    vi: 'mã băm không nối tiếp sự kiện trước (hash)',
    en: 'the hash does not chain to the event before',
  },
  fold: { vi: 'sự kiện không đọc được', en: 'the event can’t be read' },
  head: {
    vi: 'mã băm không khớp với mã băm đã ghi trong phần đầu tệp, trong biên bản hoặc trên thiết bị',
    en: 'the hash is not the one that the header, the minutes or a device names',
  },
  minutes: {
    vi: 'biên bản ghi khác với nhật ký',
    en: 'the minutes say something else than the log gives',
  },
  figures: {
    vi: 'số liệu tính lại khác số liệu đã ghi',
    en: 'the figures folded anew differ from those stated',
  },
};

/** What the file with the minutes' figures may say: them alone, or with the event that they rest on. */
const minutesFile = z.union([
  z.object({ figures: minutesFigures, head: z.object({ seq: z.number(), hash: z.string() }).nullish() }),
  minutesFigures.transform((figures) => ({ figures, head: null })),
]);

interface Wish {
  readonly file: string;
  readonly against: HeldAgainst;
}

/** npm runs scripts in the project's folder; names of files are meant from where the person stands. */
function named(file: string): string {
  return resolve(process.env.INIT_CWD ?? '.', file);
}

/** @returns the first line in which the minutes in hand differ from those that the log gives. */
function differingLine(held: HeldPaper, state: MeetingState): string | null {
  const minutes = minutesOfMeeting(state, held.head, state.at);
  const ours = minutes
    ? linesOf(paperOf(minutes))
        .map(plain)
        .filter((line) => line !== '')
    : [];
  for (let index = 0; index < Math.max(ours.length, held.lines.length); index += 1) {
    const [mine, other] = [ours[index] ?? '', held.lines[index] ?? ''];
    if (mine !== other) return `“${other}” ≠ “${mine}”`;
  }
  return null;
}

/** Minutes as a DOCX (a ZIP begins with *PK*), or their figures as JSON. */
function heldMinutes(bytes: Buffer): HeldAgainst {
  if (bytes.toString('latin1', 0, 2) === 'PK') {
    const held = readPaper(bytes);
    return { head: held.head ?? undefined, compare: (state) => differingLine(held, state) };
  }
  const { figures, head } = minutesFile.parse(JSON.parse(bytes.toString('utf8')));
  return { figures, head: head ?? undefined };
}

async function readWish(): Promise<Wish | null> {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: { minutes: { type: 'string' }, head: { type: 'string' } },
  });
  const [file, ...rest] = positionals;
  const head = /^(\d+):([0-9a-f]{64})$/i.exec(values.head ?? '');
  if (file === undefined || rest.length > 0 || (values.head !== undefined && !head)) return null;
  const minutes = values.minutes === undefined ? {} : heldMinutes(await readFile(named(values.minutes)));
  const said = head ? { seq: Number(head[1]), hash: String(head[2]).toLowerCase() } : undefined;
  return { file: named(file), against: { ...minutes, head: said ?? minutes.head } };
}

function tell(verdict: LogVerdict): 0 | 1 {
  if (!verdict.holds) {
    const { line, seq, fault, detail } = verdict;
    const where = detail === '' ? '' : ` (${detail})`;
    const event = (word: string) => (seq === null ? '' : `, ${word} ${seq}`);
    console.log(`KHÔNG HỢP LỆ – dòng ${line}${event('sự kiện số')}: ${faults[fault].vi}${where}.`);
    console.log(`BROKEN – line ${line}${event('event')}: ${faults[fault].en}${where}. [${fault}]`);
    return 1;
  }
  const { header, events, withheld, figures } = verdict;
  console.log(`HỢP LỆ / HOLDS – ${header.cell}: ${header.title}`);
  console.log(
    `Sự kiện / Events: ${events}; không công khai nội dung với người tải / withheld from the reader: ${withheld}`,
  );
  console.log(`Mã băm cuối / Last hash: ${header.head.seq}:${header.head.hash}`);
  console.log('  (đối chiếu với chân biên bản / compare with the foot of the minutes)');
  console.log(`Có mặt / Present: ${figures.present}/${figures.summoned}`);
  console.log(
    `Đảng viên chính thức có mặt / Official members present: ${figures.officialPresent}/${figures.official}`,
  );
  for (const {
    question,
    inFavour,
    against,
    noOpinion,
    notVoted,
    denominator,
    need,
    passed,
  } of figures.decisions) {
    console.log(`Biểu quyết / Vote: ${question}`);
    console.log(
      `  tán thành / in favour ${inFavour}, không tán thành / against ${against}, ` +
        `không có ý kiến / no opinion ${noOpinion}, không biểu quyết / not voted ${notVoted}`,
    );
    console.log(
      `  ${inFavour}/${denominator}, cần / needed ${need}: ` +
        (passed ? 'được thông qua / passed' : 'không được thông qua / not passed'),
    );
  }
  return 0;
}

/** Lines end with a line feed and nothing else: what a text may hold (U+2028, a bare CR) ends none. */
async function* linesIn(chunks: AsyncIterable<Buffer>): AsyncGenerator<string> {
  let rest = Buffer.alloc(0);
  for await (const chunk of chunks) {
    let from = 0;
    for (let end = chunk.indexOf(10); end !== -1; end = chunk.indexOf(10, from)) {
      yield Buffer.concat([rest, chunk.subarray(from, end)]).toString('utf8');
      rest = Buffer.alloc(0);
      from = end + 1;
    }
    rest = Buffer.concat([rest, chunk.subarray(from)]);
  }
  if (rest.length > 0) yield rest.toString('utf8');
}

async function run(): Promise<0 | 1 | 2> {
  try {
    const wish = await readWish();
    if (wish === null) {
      console.error(usage);
      return 2;
    }
    return tell(await checkLog(linesIn(createReadStream(wish.file)), webDigest, wish.against));
  } catch (error) {
    console.error(
      `Không đọc được / Can't be read: ${error instanceof Error ? error.message : String(error)}`,
    );
    console.error(usage);
    return 2;
  }
}

process.exitCode = await run();
