import { setTimeout as delay } from 'node:timers/promises';
import { z } from 'zod';
import { layerFor } from '../../../client/src/media/quality.ts';
import { RobotPeer, type Watched } from '../../media/robot-peer.ts';
import { meeting, person, startEngine, watchSfu } from '../../media/studio.ts';
import { atMost, type BenchReport, median, rounded } from '../report.ts';

/** A meeting of sixteen: one looks, the others send. */
const plan = { senders: 15, seconds: 3, settle: 1_500, runs: 3 } as const;

/** Device pixels of a tile on a computer of 1440 × 900: a page of sixteen, and four large ones. */
const tiles = { all: { width: 340, height: 191 }, four: { width: 700, height: 394 } } as const;

/** What a member of sixteen is sent with all tiles, four tiles and no tile on screen; paused means no packet at all. */
export async function run(): Promise<BenchReport> {
  const sfu = watchSfu();
  const engine = await startEngine(1);
  engine.setFloor(meeting, { kind: 'free' });
  const senders: RobotPeer[] = [];
  const cameras: string[] = [];
  const samples = { all: [] as number[], four: [] as number[], none: [] as number[], paused: [] as number[] };
  try {
    for (let number = 0; number < plan.senders; number += 1) {
      const sender = await new RobotPeer(engine, person(`sender ${number}`)).openSend();
      cameras.push(await sender.robot.startCamera(3));
      senders.push(sender);
    }
    const [speaker] = senders;
    const sound = await speaker?.robot.startMicrophone('speaking');
    const viewer = await new RobotPeer(engine, person('viewer')).openReceive();
    const transport = sfu.transports.find(({ id }) => id === viewer.peer.offer.receive.id);
    if (transport === undefined || sound === undefined) throw new Error('nobody receives');
    const voice = await viewer.consume([sound]);
    await viewer.tune(voice, 'running');
    const watched = await viewer.consume(cameras);
    const sent = async (): Promise<number> => {
      const all: unknown = await transport.getStats();
      return z.array(z.object({ bytesSent: z.number() })).parse(all)[0]?.bytesSent ?? 0;
    };
    const kbits = async () => {
      await delay(plan.settle);
      const before = await sent();
      const began = performance.now();
      await delay(plan.seconds * 1000);
      return (((await sent()) - before) * 8) / (performance.now() - began);
    };
    const packets = (of: readonly Watched[]) => of.reduce((sum, { stream }) => sum + stream.packets, 0);
    for (let round = 0; round < plan.runs; round += 1) {
      await viewer.tune(watched, 'running', layerFor(tiles.all));
      samples.all.push(await kbits());
      await viewer.tune(watched.slice(4), 'paused');
      await viewer.tune(watched.slice(0, 4), 'running', layerFor(tiles.four));
      await delay(plan.settle);
      const before = packets(watched.slice(4));
      samples.four.push(await kbits());
      samples.paused.push(packets(watched.slice(4)) - before);
      await viewer.tune(watched, 'paused');
      samples.none.push(await kbits());
    }
    viewer.close();
  } finally {
    for (const sender of senders) sender.close();
    await engine.close();
  }
  const figures = {
    all_kbits: rounded(median(samples.all)),
    four_kbits: rounded(median(samples.four)),
    none_kbits: rounded(median(samples.none)),
    paused_packets: Math.max(...samples.paused),
  };
  return {
    bench: 'egress',
    figures,
    baseline: {},
    ratios: {
      four_vs_all: rounded(figures.four_kbits / figures.all_kbits),
      none_vs_all: rounded(figures.none_kbits / figures.all_kbits),
    },
    aims: { 'figures.paused_packets': atMost(figures.paused_packets, 0) },
  };
}
