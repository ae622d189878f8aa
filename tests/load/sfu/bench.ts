import { spawnSync } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { setTimeout as delay } from 'node:timers/promises';
import { setLogEventListeners } from 'mediasoup';
import type { Worker } from 'mediasoup/types';
import { workerPath } from '../../../scripts/worker-path.mjs';
import { atMost, type BenchReport, median, rounded } from '../report.ts';
import { startCrew } from './crew.ts';
import { bareStage, productStage, type Stage } from './stages.ts';

const plan = { receivers: [20, 60], seconds: 4, settle: 1_500, runs: 3 } as const;

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

/** Microseconds of the worker's CPU for each packet that reached a receiver. */
async function costOf(receivers: number, open: typeof productStage): Promise<number> {
  const crew = startCrew();
  let stage: Stage | null = null;
  try {
    stage = await open(crew, receivers);
    await delay(plan.settle);
    const [cpu, { packets }] = [cpuOf(stage.pid), await crew.count()];
    await delay(plan.seconds * 1000);
    const [cpuAfter, after] = [cpuOf(stage.pid), await crew.count()];
    if (after.packets === packets) throw new Error('nothing was forwarded');
    return (cpuAfter - cpu) / 1000 / (after.packets - packets);
  } finally {
    await stage?.close();
    await crew.close();
  }
}

/** What forwarding costs: the product's engine beside bare mediasoup on the same program, in turn, with real DTLS and SRTP. */
export async function run(): Promise<BenchReport> {
  // Which cipher it is, on a stage that isn't measured: a worker that tells more works more.
  await costOf(1, (crew, receivers) => bareStage(crew, receivers, hearCipher));
  console.log(`cipher: ${cipher}; ${srtpBackend()}`);
  const figures: Record<string, number> = {};
  const baseline: Record<string, number> = {};
  const ratios: number[] = [];
  for (const receivers of plan.receivers) {
    const product: number[] = [];
    const bare: number[] = [];
    for (let round = 0; round < plan.runs; round += 1) {
      bare.push(await costOf(receivers, (crew, count) => bareStage(crew, count, async () => {})));
      product.push(await costOf(receivers, productStage));
    }
    figures[`cpu_us_per_packet_${receivers}`] = rounded(median(product));
    baseline[`cpu_us_per_packet_${receivers}`] = rounded(median(bare));
    ratios.push(median(product) / median(bare));
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
