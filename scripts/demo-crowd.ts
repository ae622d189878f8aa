/**
 * `npm run demo:crowd -- --cell X --members N`: sends N members of a demonstration cell into its meeting, so that one person alone
 * can see a full one. `--cells M` fills M meetings at once, chairs included, for who watches from above. Ends with Ctrl-C, when
 * all leave, or with the meetings.
 */
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { type CrowdFigures, startCrowd } from '../tests/robots/crowd/crowd.ts';
import { type CrowdsFigures, startCrowds } from '../tests/robots/crowd/crowds.ts';
import { CrowdRefused, openDemoDoor } from '../tests/robots/crowd/demo-door.ts';
import { type Say, speaker } from '../tests/robots/crowd/texts.ts';
import { root } from './worker-path.mjs';

const helpText = `npm run demo:crowd -- [--cell <tên> | --cells <số>] [--members <số>] [--layers 1|2|3] [--url <địa chỉ>] [--lang vi|en]

  --cell <tên>     chi bộ (một phần tên, không cần dấu); không ghi thì lấy buổi đang diễn ra
                   cell (part of its name, accents don't matter); without it the meeting that is on
  --cells <số>     số chi bộ vào họp cùng lúc (1–16), có cả đồng chí chủ trì khai mạc; máy chủ cần DEMO_LIVE=all nếu hơn 4
                   cells to fill at once (1–16), with a chair who opens; more than 4 need a server with DEMO_LIVE=all
  --members <số>   số đảng viên vào họp (1–100, mặc định 10, với --cells mỗi chi bộ 3)
                   members to send in (1–100, 10 unless given; with --cells 3 of each)
  --layers <số>    số lớp hình mỗi người gửi; không ghi thì tùy số người
                   picture layers that each sends; without it, fewer the more there are
  --url <địa chỉ>  máy chủ (mặc định http://localhost:PORT)
                   server (http://localhost:PORT unless given)
  --lang vi|en     ngôn ngữ của các dòng in ra
                   language of what is printed`;

const CELLS_AT_MOST = 16;
const STATUS_EVERY = 500;
const QUIET_STATUS_EVERY = 10_000;

interface Wish {
  readonly cell: string | undefined;
  /** Null for one meeting alone. */
  readonly cells: number | null;
  readonly members: number;
  readonly layers: 1 | 2 | 3 | undefined;
  readonly url: string;
  readonly language: 'vi' | 'en';
}

/** Reads the arguments; a string is a fault to tell. */
function readWish(args: readonly string[]): Wish | string {
  let values: Partial<Record<'cell' | 'cells' | 'members' | 'layers' | 'url' | 'lang', string>>;
  try {
    const text = { type: 'string' } as const;
    const options = { cell: text, cells: text, members: text, layers: text, url: text, lang: text };
    values = parseArgs({ args: [...args], options }).values;
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
  const members = Number(values.members ?? (values.cells === undefined ? '10' : '3'));
  if (!Number.isInteger(members) || members < 1 || members > 100) {
    return `--members ${values.members}: cần một số từ 1 đến 100 / needs a number from 1 to 100`;
  }
  const cells = values.cells === undefined ? null : Number(values.cells);
  if (cells !== null && (!Number.isInteger(cells) || cells < 1 || cells > CELLS_AT_MOST)) {
    return `--cells ${values.cells}: cần một số từ 1 đến ${CELLS_AT_MOST} / needs a number from 1 to ${CELLS_AT_MOST}`;
  }
  if (cells !== null && values.cell !== undefined) {
    return '--cell, --cells: chỉ ghi một trong hai / only one of them';
  }
  const layers = ([1, 2, 3] as const).find((count) => String(count) === values.layers);
  if (values.layers !== undefined && layers === undefined) {
    return `--layers ${values.layers}: cần 1, 2 hoặc 3 / needs 1, 2 or 3`;
  }
  const url = values.url ?? `http://localhost:${process.env.PORT ?? '3000'}`;
  if (!URL.canParse(url)) return `--url ${url}: không phải là địa chỉ / is not an address`;
  if (values.lang !== undefined && values.lang !== 'vi' && values.lang !== 'en') {
    return `--lang ${values.lang}: cần vi hoặc en / needs vi or en`;
  }
  return {
    cell: values.cell,
    cells,
    members,
    layers,
    url: url.replace(/\/+$/, ''),
    language: values.lang ?? 'vi',
  };
}

/** One line at the bottom of a terminal that is rewritten, with sentences above it; elsewhere plain lines. */
function createPrinter() {
  const terminal = process.stdout.isTTY === true;
  let shown = '';
  return {
    terminal,
    tell(sentence: string): void {
      process.stdout.write(terminal ? `\r\u001b[K${sentence}\n${shown}` : `${sentence}\n`);
    },
    status(line: string): void {
      // A line that wraps can't be rewritten.
      const fitting = terminal ? line.slice(0, process.stdout.columns - 1) : line;
      if (fitting === shown) return;
      shown = fitting;
      process.stdout.write(terminal ? `\r\u001b[K${fitting}` : `${fitting}\n`);
    },
    end(): void {
      if (terminal && shown !== '') process.stdout.write('\n');
      shown = '';
    },
  };
}

function statusLine(say: Say, figures: CrowdFigures): string {
  const { speaker: name, vote } = figures;
  return say('line', {
    ...figures,
    speaker: name === null ? say('nobodySpeaks') : say('speakerIs', { name }),
    vote: vote === null ? say('noVote') : say('voteGoes', { ...vote }),
  });
}

/** One meeting's crowd or several, as this program runs them. */
interface Running {
  line(): string;
  readonly ended: Promise<'meetingOver' | 'nobodyInside'>;
  stop(): Promise<void>;
}

async function start(wish: Wish, say: Say, tell: (sentence: string) => void): Promise<Running> {
  const door = openDemoDoor(wish.url, wish.language, say);
  const { cells, ...rest } = wish;
  const options = { ...rest, random: Math.random, pace: 1, tell };
  if (cells === null) {
    const crowd = await startCrowd(door, options);
    return { line: () => statusLine(say, crowd.figures()), ended: crowd.ended, stop: () => crowd.stop() };
  }
  const crowds = await startCrowds(door, { ...options, cells });
  return { line: () => linesOf(say, crowds.figures()), ended: crowds.ended, stop: () => crowds.stop() };
}

function linesOf(say: Say, figures: CrowdsFigures): string {
  return say('manyLine', { ...figures });
}

/** A server on this machine may have a certificate of its own making; elsewhere certificates are checked. */
function trustOwnCertificate(url: string): void {
  const { protocol, hostname } = new URL(url);
  if (protocol !== 'https:' || !['localhost', '127.0.0.1', '[::1]'].includes(hostname)) return;
  process.env.NODE_TLS_REJECT_UNAUTHORIZED = '0';
  process.removeAllListeners('warning');
}

async function run(wish: Wish): Promise<number> {
  const say = speaker(wish.language);
  const printer = createPrinter();
  let crowd: Running;
  try {
    crowd = await start(wish, say, (sentence) => printer.tell(sentence));
  } catch (error) {
    if (!(error instanceof CrowdRefused)) throw error;
    console.error(error.message);
    return 1;
  }
  const interrupted = new Promise<'interrupted'>((resolve) => {
    process.once('SIGINT', () => resolve('interrupted'));
    process.once('SIGTERM', () => resolve('interrupted'));
  });
  const show = () => printer.status(crowd.line());
  const timer = setInterval(show, printer.terminal ? STATUS_EVERY : QUIET_STATUS_EVERY);
  const reason = await Promise.race([crowd.ended, interrupted]);
  clearInterval(timer);
  show();
  printer.end();
  if (reason !== 'interrupted') console.log(say(reason));
  await crowd.stop();
  return reason === 'nobodyInside' ? 1 : 0;
}

const args = process.argv.slice(2);
if (args.includes('--help') || args.includes('-h')) {
  console.log(helpText);
} else {
  const environment = join(root, '.env');
  if (existsSync(environment)) process.loadEnvFile(environment);
  const wish = readWish(args);
  if (typeof wish === 'string') {
    console.error(`${wish}\n\n${helpText}`);
    process.exitCode = 2;
  } else {
    trustOwnCertificate(wish.url);
    process.exitCode = await run(wish);
  }
}
