import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { type BenchReport, median, percentile, rounded } from '../report.ts';
import { type Measured, type Order, plan, type Way, type Word } from './plan.ts';
import { type Watcher, watchersOf } from './watchers.ts';

const hostFile = fileURLToPath(new URL('./host.ts', import.meta.url));

interface Found {
  readonly bytes: number;
  readonly messages: number;
  readonly p50: number;
  readonly p99: number;
  /** Processor time of the host in per cent of one core. */
  readonly cpu: number;
  readonly eventsPerSecond: number;
}

/**
 * Five hundred meetings that go their course, and twenty superiors with sixteen tiles each: what each gets, how long after
 * an event is durable its tile shows it, what it costs the server. The baseline sends the same tiles the whole state of a meeting
 * at each change, encoded once for all. Processor time is told as what watching adds to the meetings alone.
 */
export async function run(): Promise<BenchReport> {
  const folder = await mkdtemp(join(tmpdir(), 'summaries-'));
  const host = fork(hostFile, [folder], { stdio: ['ignore', 'inherit', 'inherit', 'ipc'] });
  try {
    const said = await wordOf(host);
    if (said.word !== 'ready') throw new Error(`the host said ${said.word}`);
    const { ready } = said;
    const alone = await measured(host, []);
    const wall = await watched(host, 'wall', watchersOf(ready, ready.productUrl));
    const whole = await watched(host, 'wholeState', watchersOf(ready, ready.baselineUrl));
    return report(found(alone, []), wall, whole);
  } finally {
    host.kill();
    if (host.exitCode === null && host.signalCode === null) await once(host, 'exit');
    await rm(folder, { recursive: true });
  }
}

async function watched(host: ChildProcess, way: Way, watchers: readonly Watcher[]): Promise<Found> {
  await Promise.all(
    watchers.map((watcher) => (way === 'wall' ? watcher.watchWall() : watcher.followStates())),
  );
  // What arrives at the beginning is no part of what goes on.
  await new Promise((resolve) => setTimeout(resolve, 3_000));
  for (const watcher of watchers) watcher.reset();
  const result = found(await measured(host, watchers), watchers);
  for (const { socket } of watchers) socket.disconnect();
  await new Promise((resolve) => setTimeout(resolve, 1_000));
  return result;
}

async function measured(host: ChildProcess, watchers: readonly Watcher[]): Promise<Measured> {
  host.send({ order: 'measure', seconds: plan.seconds } satisfies Order);
  const said = await wordOf(host);
  if (said.word !== 'measured') throw new Error(`the host said ${said.word}`);
  // The last of it is still on its way.
  if (watchers.length > 0) await new Promise((resolve) => setTimeout(resolve, 1_000));
  return said.measured;
}

async function wordOf(host: ChildProcess): Promise<Word> {
  const ended = once(host, 'exit').then(() => {
    throw new Error('the host has ended');
  });
  const [word] = (await Promise.race([once(host, 'message'), ended])) as [Word];
  return word;
}

function found({ happenings, cpu, wall, events }: Measured, watchers: readonly Watcher[]): Found {
  const delays = watchers.flatMap((watcher) => watcher.delays(happenings));
  const seconds = wall / 1_000;
  return {
    bytes: watchers.length === 0 ? 0 : median(watchers.map(({ bytes }) => bytes)) / seconds,
    messages: watchers.length === 0 ? 0 : median(watchers.map(({ messages }) => messages)) / seconds,
    p50: percentile(delays, 50),
    p99: percentile(delays, 99),
    cpu: (cpu / wall) * 100,
    eventsPerSecond: events / seconds,
  };
}

function report(alone: Found, wall: Found, whole: Found): BenchReport {
  const figures = {
    bytes_per_second_each: rounded(wall.bytes),
    batches_per_second_each: rounded(wall.messages),
    event_to_tile_p50_ms: rounded(wall.p50),
    event_to_tile_p99_ms: rounded(wall.p99),
    watching_cpu_percent: rounded(wall.cpu - alone.cpu),
    meetings_alone_cpu_percent: rounded(alone.cpu),
    events_per_second: rounded(wall.eventsPerSecond),
  };
  const baseline = {
    bytes_per_second_each: rounded(whole.bytes),
    batches_per_second_each: rounded(whole.messages),
    event_to_tile_p50_ms: rounded(whole.p50),
    event_to_tile_p99_ms: rounded(whole.p99),
    watching_cpu_percent: rounded(whole.cpu - alone.cpu),
  };
  const ratios = {
    bytes_vs_whole_state: rounded(wall.bytes / whole.bytes),
    cpu_vs_whole_state: rounded((wall.cpu - alone.cpu) / (whole.cpu - alone.cpu)),
  };
  return { bench: 'summaries', figures, baseline, ratios, aims: {} };
}
