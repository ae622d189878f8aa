import { readFileSync } from 'node:fs';
import { createInterface } from 'node:readline';
import pino from 'pino';
import { MediasoupEngine } from '../../../server/src/media/engine.ts';
import { wallLimits } from '../../../server/src/media/wall-router.ts';
import { mediaConfig } from '../../media/studio.ts';
import { openWallHall } from '../../support/wall-hall.ts';
import { plan } from './plan.ts';

/**
 * The product's media and rooms in a process of their own, so that what they cost can be told from what robots cost. Prints
 * `listening URL`, answers each line of its standard input with the CPU milliseconds spent so far, and ends with it.
 */
const [script] = process.argv.slice(2);
if (script === undefined) throw new Error('usage: server.ts PAGE_SCRIPT');
const engine = await MediasoupEngine.start(
  mediaConfig(plan.workers),
  pino({ level: 'error' }, pino.destination(2)),
  {
    ...wallLimits,
    linger: plan.linger,
  },
);
const hall = await openWallHall({ engine, meetings: plan.meetings, page: readFileSync(script, 'utf8') });
console.log(`listening ${hall.url}`);

/** User and system time of a process, in hundredths of a second, as Linux counts it. */
function ticksOf(pid: number): number {
  const [, rest = ''] = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ');
  const fields = rest.split(' ');
  return Number(fields[11]) + Number(fields[12]);
}

for await (const _ of createInterface(process.stdin)) {
  const workers = engine.workers.reduce((sum, { pid }) => sum + ticksOf(pid), 0);
  const { user, system } = process.cpuUsage();
  console.log(JSON.stringify({ workers: workers * 10, node: (user + system) / 1000 }));
}
await hall.close();
await engine.close();
