import { setTimeout as wait } from 'node:timers/promises';
import type { MeetingId } from '@diemcau/shared/ids.ts';
import type { Product } from '../../support/product.ts';
import { type MediaPair, showPicture } from '../bots/media-pair.ts';
import type { Finding } from '../checker/findings.ts';
import type { Seeded } from '../seeded.ts';
import type { ClusterStage } from '../stage/cluster.ts';
import type { Fault, Form } from '../stage/stage.ts';

/** How long Redis is away, in milliseconds. */
const away = (form: Form) => (form === 'short' ? 3_000 : 30_000);
/** By when a meeting must have another owner, in milliseconds. */
const takenOverWithin = 30_000;

/** kill -9 of a server of two: the other takes its meetings over. */
export const killOneNode: Fault<ClusterStage> = {
  name: 'node-kill',
  inflict: async (stage, { chance, form }) => {
    const times = form === 'short' ? 1 : 4;
    for (let time = 0; time < times; time += 1) {
      await wait(chance.between(100, 700));
      const { name, node } = await anOwner(stage, chance);
      await node.kill();
      await withoutMeetings(stage, name);
      await stage.crew.recovered();
      await node.restart();
    }
    return { note: `${times} times` };
  },
};

/** A server stands still past its lease and wakes up among those whom it believes to be its own. */
export const freezeNode: Fault<ClusterStage> = {
  name: 'node-frozen',
  inflict: async (stage, { chance, form }) => {
    const times = form === 'short' ? 1 : 4;
    const findings: Finding[] = [];
    let pictures = 0;
    for (let time = 0; time < times; time += 1) {
      await wait(chance.between(100, 700));
      const { name, node, meetingId } = await anOwner(stage, chance);
      const pair = await aPair(stage, meetingId);
      pictures += pair ? 1 : 0;
      process.kill(node.pid, 'SIGSTOP');
      try {
        await withoutMeetings(stage, name);
        if (pair && !(await pair.fallsSilent())) {
          findings.push({
            promise: 'order is one',
            detail: `${name} sends a picture after its lease ended`,
          });
        }
        await wait(chance.between(200, form === 'short' ? 800 : 5_000));
      } finally {
        process.kill(node.pid, 'SIGCONT');
      }
      await stage.crew.recovered();
      if ((await routersOf(node)) > 0 && !(await owns(stage, name))) {
        findings.push({
          promise: 'order is one',
          detail: `${name} still carries media after its lease ended`,
        });
      }
      pair?.close();
    }
    return { note: `${times} times, ${pictures} of them with a picture under way`, findings };
  },
};

/** kill -9 of Redis, which is started again, empty. */
export const killRedis: Fault<ClusterStage> = {
  name: 'redis-kill',
  inflict: async ({ cluster, crew }, { chance, form }) => {
    const times = form === 'short' ? 1 : 4;
    for (let time = 0; time < times; time += 1) {
      await wait(chance.between(100, 700));
      await cluster.redis.kill();
      await wait(chance.between(0, 1_500));
      await cluster.redis.start();
      await crew.recovered();
    }
    return { note: `${times} times` };
  },
};

/** Redis is away for a while, the second time without a word. */
export const redisAway: Fault<ClusterStage> = {
  name: 'redis-away',
  inflict: async ({ cluster, crew }, { form }) => {
    const findings: Finding[] = [];
    await untilAllServe(cluster);
    await cluster.redis.kill();
    await wait(away(form));
    findings.push(...(await thoseNotReady(cluster, 'gone')));
    await cluster.redis.start();
    await crew.recovered();
    await untilAllServe(cluster);
    cluster.redis.signal('SIGSTOP');
    await wait(away(form));
    findings.push(...(await thoseNotReady(cluster, 'standing still')));
    cluster.redis.signal('SIGCONT');
    await crew.recovered();
    return { note: `twice ${away(form) / 1000} s: killed, and standing still`, findings };
  },
};

/** A server that has only just begun anew rightly waits before it takes anything: here all know each other first. */
async function untilAllServe({ nodes }: ClusterStage['cluster']): Promise<void> {
  const deadline = Date.now() + takenOverWithin;
  for (const [name, { url }] of nodes) {
    while ((await fetch(`${url}/readyz`)).status !== 200) {
      if (Date.now() > deadline) throw new Error(`${name} does not become ready`);
      await wait(100);
    }
  }
}

/** Without Redis the servers go on: a proxy that asks whether they are ready must not take both for gone. */
async function thoseNotReady({ nodes }: ClusterStage['cluster'], how: string): Promise<readonly Finding[]> {
  const findings: Finding[] = [];
  for (const [name, { url }] of nodes) {
    const { status } = await fetch(`${url}/readyz`);
    if (status !== 200) {
      const detail = `${name} answers ${status} for ready while Redis is ${how}`;
      findings.push({ promise: 'the product comes back', detail });
    }
  }
  return findings;
}

interface Owner {
  readonly name: string;
  readonly node: Product;
  readonly meetingId: MeetingId;
}

/** @returns a server that holds at least one of the meetings. */
async function anOwner({ cluster, crew }: ClusterStage, chance: Seeded): Promise<Owner> {
  const { meetingId } = chance.pick(crew.meetings);
  for (;;) {
    const name = await cluster.placeOf(meetingId);
    if (name !== null) return { name, node: cluster.node(name), meetingId };
    await wait(50);
  }
}

async function owns({ cluster, crew }: ClusterStage, name: string): Promise<boolean> {
  const places = await Promise.all(crew.meetings.map(({ meetingId }) => cluster.placeOf(meetingId)));
  return places.includes(name);
}

async function withoutMeetings(stage: ClusterStage, name: string): Promise<void> {
  const deadline = Date.now() + takenOverWithin;
  while (await owns(stage, name)) {
    if (Date.now() > deadline) throw new Error(`nobody has taken the meetings of ${name} over`);
    await wait(50);
  }
}

/** Two of the people far away, one of whom sees the other: there is a router, and somebody who would hear of it. */
async function aPair({ crew, product }: ClusterStage, meetingId: MeetingId): Promise<MediaPair | null> {
  const [shows, sees] = crew.accounts.slice(-2);
  return shows && sees ? showPicture(product.url, meetingId, shows, sees) : null;
}

async function routersOf(node: Product): Promise<number> {
  const text = await (await fetch(`${node.url}/metrics`)).text();
  return Number(/^diemcau_media_routers (\d+)/m.exec(text)?.[1] ?? 0);
}
