import { spawnSync } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { setTimeout as delay } from 'node:timers/promises';
import { setLogEventListeners } from 'mediasoup';
import type { Worker } from 'mediasoup/types';
import { workerPath } from '../../../scripts/worker-path.mjs';
import { atMost, type BenchReport, median, rounded } from '../report.ts';
import { type Crew, startCrew } from './crew.ts';
import { bareStage, productStage, type Stage } from './stages.ts';

const plan = { receivers: [20, 60], seconds: 4, settle: 1_500, runs: 5 } as const;

/** Nanoseconds of CPU that a process's threads have had. */
function cpuOf(pid: number): number {
  const tasks = `/proc/${pid}/task`;
  return readdirSync(tasks).reduce(
    (sum, task) => sum + Number(readFileSync(`${tasks}/${task}/schedstat`, 'utf8').split(' ')[0]),
    0,
  );
}

/** The SRTP library that the worker's program loads, and the one that ciphers for it. */
function srtpBackend(): string {
  const libraries = (path: string) => spawnSync('ldd', [path], { encoding: 'utf8' }).stdout ?? '';
  const own = libraries(workerPath() ?? '');
  const srtp = /(libsrtp\S*) => (\S+)/.exec(own);
  if (srtp === null) return 'libsrtp inside the program';
  const behind = libraries(srtp[2] ?? '');
  const cipher = /libcrypto/.test(behind) ? 'OpenSSL' : /libnss3/.test(behind) ? 'NSS' : 'its own';
  return `${srtp[1]}, ciphers by ${cipher}`;
}

let cipher = 'unknown';

/** Hears which cipher the worker and its receivers agreed on; it says so nowhere else. */
async function hearCipher(worker: Worker): Promise<void> {
  setLogEventListeners({
    ondebug: (_namespace, message) => {
      cipher = /chosen SRTP crypto suite: (\w+)/.exec(message)?.[1] ?? cipher;
    },
  });
  await worker.updateSettings({ logLevel: 'debug', logTags: ['srtp'] });
}

/** A stage with its receivers, ready to be looked at. */
interface Running {
  readonly stage: Stage;
  readonly crew: Crew;
}

async function start(
  receivers: number,
  open: (crew: Crew, receivers: number) => Promise<Stage>,
): Promise<Running> {
  const crew = startCrew();
  try {
    return { stage: await open(crew, receivers), crew };
  } catch (error) {
    await crew.close();
    throw error;
  }
}

async function stop({ stage, crew }: Running): Promise<void> {
  await stage.close();
  await crew.close();
}

/** CPU of the worker and packets that have reached receivers, so far. */
async function readingOf({ stage, crew }: Running) {
  const { packets } = await crew.count();
  return { cpu: cpuOf(stage.pid), packets };
}

/** Microseconds of the worker's CPU for each packet that reached a receiver. */
function costBetween(
  before: Awaited<ReturnType<typeof readingOf>>,
  after: Awaited<ReturnType<typeof readingOf>>,
): number {
  if (after.packets === before.packets) throw new Error('nothing was forwarded');
  return (after.cpu - before.cpu) / 1000 / (after.packets - before.packets);
}

/** Both stages at once for so many receivers each: whatever else the machine does, it does to both. */
async function compare(receivers: number): Promise<{ product: number[]; bare: number[] }> {
  const found = { product: [] as number[], bare: [] as number[] };
  const bare = await start(receivers, (crew, count) => bareStage(crew, count, async () => {}));
  try {
    const product = await start(receivers, productStage);
    try {
      await delay(plan.settle);
      for (let round = 0; round < plan.runs; round += 1) {
        const before = [await readingOf(product), await readingOf(bare)] as const;
        await delay(plan.seconds * 1000);
        const after = [await readingOf(product), await readingOf(bare)] as const;
        found.product.push(costBetween(before[0], after[0]));
        found.bare.push(costBetween(before[1], after[1]));
      }
    } finally {
      await stop(product);
    }
  } finally {
    await stop(bare);
  }
  return found;
}

/** What forwarding costs: the product's engine beside bare mediasoup on the same program, at once, with real DTLS and SRTP. */
export async function run(): Promise<BenchReport> {
  // Which cipher it is, on a stage that isn't measured: a worker that tells more works more.
  await stop(await start(1, (crew, count) => bareStage(crew, count, hearCipher)));
  console.log(`cipher: ${cipher}; ${srtpBackend()}`);
  const figures: Record<string, number> = {};
  const baseline: Record<string, number> = {};
  const ratios: number[] = [];
  for (const receivers of plan.receivers) {
    const { product, bare } = await compare(receivers);
    figures[`cpu_us_per_packet_${receivers}`] = rounded(median(product));
    baseline[`cpu_us_per_packet_${receivers}`] = rounded(median(bare));
    ratios.push(median(product.map((cost, round) => cost / (bare[round] ?? Number.NaN))));
  }
  const worst = rounded(Math.max(...ratios));
  return {
    bench: 'sfu',
    figures,
    baseline,
    ratios: { cpu_per_packet_vs_mediasoup: worst },
    aims: { 'ratios.cpu_per_packet_vs_mediasoup': atMost(worst, 1.1) },
  };
}
