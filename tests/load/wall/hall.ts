import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import type { MeetingId } from '@diemcau/shared/ids.ts';
import { z } from 'zod';
import type { RobotMedia } from '../../robots/robot-media.ts';
import { bundledPage } from '../../support/bundled-page.ts';
import { HallLine } from '../../support/wall-robots.ts';
import { plan } from './plan.ts';

const serverFile = fileURLToPath(new URL('./server.ts', import.meta.url));
const spent = z.object({ workers: z.number(), node: z.number() });

/** A server of its own with the plan's meetings, a camera on in each. */
export interface BenchHall {
  readonly url: string;
  readonly meetings: readonly MeetingId[];
  /** CPU milliseconds that the server's processes have spent. */
  cpu(): Promise<number>;
  close(): Promise<void>;
}

export async function openBenchHall(): Promise<BenchHall> {
  const folder = await mkdtemp(join(tmpdir(), 'wall-bench-'));
  const script = join(folder, 'page.js');
  await writeFile(script, await bundledPage(new URL('../../support/wall-page/page.ts', import.meta.url)));
  const server: ChildProcess = spawn(process.execPath, [serverFile, script], {
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  const { stdin, stdout } = server;
  if (stdin === null || stdout === null) throw new Error('the server has no pipes');
  const lines = createInterface(stdout)[Symbol.asyncIterator]();
  const next = async () => {
    const line = await lines.next();
    if (line.done) throw new Error('the server ended');
    return line.value;
  };
  const url = (await next()).split(' ')[1] ?? '';
  const line = new HallLine(url);
  const meetings = await line.ask<MeetingId[]>('meetings', {});
  const robots: RobotMedia[] = [];
  for (const meetingId of meetings) robots.push(await line.member(meetingId, 'chair', plan.layers));
  return {
    url,
    meetings,
    cpu: async () => {
      stdin.write('\n');
      const { workers, node } = spent.parse(JSON.parse(await next()));
      return workers + node;
    },
    close: async () => {
      for (const robot of robots) robot.close();
      line.close();
      stdin.end();
      if (server.exitCode === null) await once(server, 'exit');
      await rm(folder, { recursive: true });
    },
  };
}
