import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { setTimeout as pause } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { LightLine } from '../evening/line.ts';
import { addressFor, eachOf } from '../evening/members.ts';
import { type BurstTimes, openingAt, plan } from './plan.ts';

const serverFile = fileURLToPath(new URL('./baseline-server.ts', import.meta.url));

/** The bare libraries in a process of their own. */
export interface Baseline {
  /** Votes opened on bare `ws`, with the plan's members connected. */
  burst(): Promise<BurstTimes>;
  /** Everybody comes at once to bare Socket.IO, and goes again. @returns connections a second. */
  storm(): Promise<number>;
  close(): Promise<void>;
}

export async function startBaseline(): Promise<Baseline> {
  const folder = await mkdtemp(join(tmpdir(), 'burst-baseline-'));
  const server = spawn(process.execPath, [serverFile, join(folder, 'log.sqlite')], {
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  const [line] = (await once(createInterface(server.stdout), 'line')) as [string];
  const [, ws, socketIo] = line.split(' ');
  const hall = await fill(`http://127.0.0.1:${ws}`);
  return {
    burst: () => burst(hall),
    storm: () => storm(`http://127.0.0.1:${socketIo}`),
    close: async () => {
      for (const each of hall) for (const one of each.lines) one.close();
      server.stdin.end();
      await once(server, 'exit');
      await rm(folder, { recursive: true });
    },
  };
}

interface BareMeeting {
  readonly lines: LightLine[];
  /** Screens that lack the event that was sent last, and what to do when none does. */
  missing: number;
  done: () => void;
}

async function fill(url: string): Promise<readonly BareMeeting[]> {
  const hall = Array.from(
    { length: plan.meetings },
    (): BareMeeting => ({ lines: [], missing: 0, done() {} }),
  );
  await eachOf(places(plan.meetings * plan.members), plan.abreast, async (number) => {
    const meeting = number % plan.meetings;
    const bare = hall[meeting] as BareMeeting;
    const onEvent = () => {
      bare.missing -= 1;
      if (bare.missing === 0) bare.done();
    };
    const line = await LightLine.open({ url, auth: null, localAddress: addressFor(number) }, { onEvent });
    await line.request('join', { meeting });
    bare.lines.push(line);
  });
  return hall;
}

/** As long as what the product tells of a vote's opening: its question, and who is asked. */
const opening = {
  question: 'Thông qua nghị quyết tháng 11/2026?',
  electors: Array.from({ length: plan.members }, (_, place) => `nguoi-dang-vien-so-${place + 10}`),
};

function burst(hall: readonly BareMeeting[]): Promise<BurstTimes> {
  return Promise.all(
    hall.map(async (bare, meeting) => {
      await pause(openingAt(meeting));
      const sentAt = performance.now();
      const shown = new Promise<void>((resolve) => {
        bare.missing = bare.lines.length;
        bare.done = resolve;
      });
      await bare.lines[0]?.request('open', { meeting, data: opening });
      await shown;
      return performance.now() - sentAt;
    }),
  );
}

async function storm(url: string): Promise<number> {
  const lines: LightLine[] = [];
  const began = performance.now();
  await eachOf(places(plan.storm), plan.abreast, async (number) => {
    const line = await LightLine.open({ url, auth: null, localAddress: addressFor(number) });
    await line.request('join', { meeting: Math.floor(number / plan.members) });
    lines.push(line);
  });
  const seconds = (performance.now() - began) / 1_000;
  for (const line of lines) line.close();
  return plan.storm / seconds;
}

function places(count: number): readonly number[] {
  return Array.from({ length: count }, (_, number) => number);
}
