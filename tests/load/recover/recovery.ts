import { setTimeout as delay } from 'node:timers/promises';
import { asId, type MeetingId } from '@diemcau/shared/ids.ts';
import type { MediaNotice, MediaOwner } from '@diemcau/shared/protocol/media.ts';
import { delayBefore } from '../../../client/src/net/backoff.ts';
import type { MediasoupEngine } from '../../../server/src/media/engine.ts';
import { RobotPeer } from '../../media/robot-peer.ts';
import { person, startEngine } from '../../media/studio.ts';

/** As the client waits before it asks for media again. */
const reopening = { first: 400, longest: 10_000 };

/** Somebody who comes back by himself when the media are gone, as the client does. */
class Attender {
  readonly #engine: MediasoupEngine;
  readonly #meetingId: MeetingId;
  readonly #owner: MediaOwner;
  readonly #part: 'sends' | 'watches';
  #peer: RobotPeer | null = null;
  #attempts = 0;
  #closed = false;
  /** `performance.now()` of the first whole frame since the last coming back; null while there is none. */
  #frameAt: () => number | null = () => null;
  #packets: () => number = () => 0;

  constructor(engine: MediasoupEngine, meetingId: MeetingId, name: string, part: 'sends' | 'watches') {
    this.#engine = engine;
    this.#meetingId = meetingId;
    this.#owner = person(name);
    this.#part = part;
  }

  get frameAt(): number | null {
    return this.#frameAt();
  }

  get packets(): number {
    return this.#packets();
  }

  async come(): Promise<void> {
    const peerId = `${this.#meetingId} ${JSON.stringify(this.#owner)}`;
    const notify = (notice: MediaNotice) => this.#hear(notice);
    const given = { meetingId: this.#meetingId, peerId, notify };
    const robotPeer = new RobotPeer(this.#engine, this.#owner, given);
    this.#peer = robotPeer;
    try {
      if (this.#part === 'sends') {
        await robotPeer.openSend();
        await robotPeer.robot.startCamera(3);
      } else {
        await robotPeer.openReceive();
        for (const { producerId } of robotPeer.peer.offer.producers) await this.#watch(producerId);
      }
      this.#attempts = 0;
    } catch {
      // The worker isn't back yet, or died again: the next attempt is later.
      if (this.#peer === robotPeer) this.#again();
    }
  }

  close(): void {
    this.#closed = true;
    this.#peer?.close();
  }

  #hear(notice: MediaNotice): void {
    if (notice.type === 'mediaClosed') this.#again();
    if (notice.type === 'producerAdded' && this.#part === 'watches')
      this.#watch(notice.producer.producerId).catch(() => this.#again());
  }

  async #watch(producerId: string): Promise<void> {
    const peer = this.#peer;
    if (peer === null) return;
    const watched = await peer.consume([producerId]);
    const [one] = watched;
    if (one === undefined) return;
    this.#frameAt = () => one.stream.firstFrameAt ?? null;
    this.#packets = () => one.stream.packets;
    await peer.tune(watched, 'running', 0);
  }

  #again(): void {
    const gone = this.#peer;
    this.#peer = null;
    this.#frameAt = () => null;
    gone?.robot.close();
    if (this.#closed || gone === null) return;
    const wait = delayBefore(this.#attempts, reopening, Math.random);
    this.#attempts += 1;
    setTimeout(() => {
      if (!this.#closed) void this.come();
    }, wait);
  }
}

export interface Recovery {
  /** Milliseconds from each kill to a whole picture at each viewer. */
  readonly back: readonly number[];
  /**
   * The longest time without a packet in the meeting on the other worker, in milliseconds, without what this process itself
   * stood still: it sends, receives and measures.
   */
  readonly otherGap: number;
}

/** Longest time between two arrivals, less the longest stop of this process within it. */
class GapWatch {
  readonly #packets: () => number;
  readonly #timer: NodeJS.Timeout;
  #lastCount: number;
  #lastChange = performance.now();
  #lastTick = performance.now();
  #stall = 0;
  longest = 0;

  constructor(packets: () => number) {
    this.#packets = packets;
    this.#lastCount = packets();
    this.#timer = setInterval(() => this.#tick(), 5);
  }

  stop(): number {
    clearInterval(this.#timer);
    return this.longest;
  }

  #tick(): void {
    const now = performance.now();
    this.#stall += Math.max(0, now - this.#lastTick - 10);
    this.#lastTick = now;
    const count = this.#packets();
    const gap = now - this.#lastChange - this.#stall;
    if (gap > this.longest) this.longest = gap;
    if (count === this.#lastCount) return;
    this.#lastCount = count;
    this.#lastChange = now;
    this.#stall = 0;
  }
}

async function until(what: string, holds: () => boolean, milliseconds = 20_000): Promise<void> {
  const end = performance.now() + milliseconds;
  while (!holds()) {
    if (performance.now() > end) throw new Error(`not within ${milliseconds} ms: ${what}`);
    await delay(10);
  }
}

/** Two meetings on two workers; the first's worker is killed, and the second looks on. */
async function measureKill(viewers: number): Promise<Recovery> {
  const engine = await startEngine(2);
  const [stricken, other] = [asId<MeetingId>('stricken'), asId<MeetingId>('other')];
  const watchers: Attender[] = [];
  const all: Attender[] = [];
  const add = async (meetingId: MeetingId, name: string, part: 'sends' | 'watches') => {
    const attender = new Attender(engine, meetingId, name, part);
    all.push(attender);
    await attender.come();
    return attender;
  };
  try {
    await add(stricken, 'sender', 'sends');
    // The first meeting alone says where it sits; the second then takes the other worker.
    const victim = engine.workers.find(({ load }) => load > 0)?.pid;
    if (victim === undefined) throw new Error('the meeting sits on no worker');
    for (let number = 0; number < viewers; number += 1)
      watchers.push(await add(stricken, `viewer ${number}`, 'watches'));
    await add(other, 'sender', 'sends');
    const bystander = await add(other, 'viewer', 'watches');
    await until('pictures everywhere', () =>
      [...watchers, bystander].every(({ frameAt }) => frameAt !== null),
    );
    await delay(500);
    const gaps = new GapWatch(() => bystander.packets);
    const killedAt = performance.now();
    process.kill(victim, 'SIGKILL');
    await until('the loss', () => watchers.every(({ frameAt }) => frameAt === null));
    await until('pictures again', () => watchers.every(({ frameAt }) => frameAt !== null));
    const back = watchers.map(({ frameAt }) => (frameAt ?? Number.POSITIVE_INFINITY) - killedAt);
    return { back, otherGap: gaps.stop() };
  } finally {
    for (const attender of all) attender.close();
    await engine.close();
  }
}

/** One kill after another, each of an SFU of its own. */
export async function measureRecovery(kills: number, viewers: number): Promise<Recovery> {
  const found: Recovery[] = [];
  for (let kill = 0; kill < kills; kill += 1) found.push(await measureKill(viewers));
  return {
    back: found.flatMap(({ back }) => back),
    otherGap: Math.max(...found.map(({ otherGap }) => otherGap)),
  };
}
