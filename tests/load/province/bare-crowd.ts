import { setTimeout as pause } from 'node:timers/promises';
import { LightLine } from '../evening/line.ts';
import { addressFor, eachOf } from '../evening/members.ts';

/** What a crowd of the baseline is told: how many it brings, and over how many seconds they mark once each. */
export interface BareTask {
  readonly url: string;
  readonly members: number;
  readonly seconds: number;
}

export interface BareReport {
  readonly held: number;
  /** Until everybody was connected and in their room. */
  readonly seconds: number;
  readonly acknowledged: readonly number[];
}

const abreast = 200;
const membersOfMeeting = 16;

/** A third of the province on one process of bare Socket.IO: all come at once, then each marks once. `here` is said in between. */
async function carryOut({ url, members, seconds }: BareTask): Promise<void> {
  const lines: LightLine[] = [];
  const began = performance.now();
  await eachOf(Array.from({ length: members }), abreast, async (_, number) => {
    const line = await LightLine.open({ url, auth: null, localAddress: addressFor(number) });
    await line.request('join', { meeting: Math.floor(number / membersOfMeeting) });
    lines[number] = line;
  });
  const connected = (performance.now() - began) / 1_000;
  const acknowledged: number[] = [];
  await Promise.all(
    lines.map(async (line, number) => {
      await pause(Math.random() * seconds * 1_000);
      const sentAt = performance.now();
      await line.request('mark', { meeting: Math.floor(number / membersOfMeeting), choice: 'inFavour' });
      acknowledged.push(performance.now() - sentAt);
    }),
  );
  const report: BareReport = { held: lines.length, seconds: connected, acknowledged };
  process.send?.(report);
}

process.once('message', (task: BareTask) => {
  carryOut(task).catch((error: unknown) => {
    console.error(error);
    process.exit(1);
  });
});
