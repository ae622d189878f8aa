import { execFileSync } from 'node:child_process';
import { hasVote } from '@diemcau/shared/domain/presence.ts';
import type { MeetingState } from '@diemcau/shared/domain/state.ts';
import type { PersonId } from '@diemcau/shared/ids.ts';
import type { ClientCommand } from '@diemcau/shared/protocol/commands.ts';
import type { ProducerInfo } from '@diemcau/shared/protocol/media.ts';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Connection } from '../../client/src/net/connection.ts';
import { MeetingClient } from '../../client/src/net/meeting-client.ts';
import { until } from '../../client/src/store/observable.ts';
import { type Crowd, startCrowd } from '../robots/crowd/crowd.ts';
import { CrowdRefused, type DemoDoor, demoConnection, openDemoDoor } from '../robots/crowd/demo-door.ts';
import { speaker } from '../robots/crowd/texts.ts';
import { ParticipantMedia } from '../robots/participant-media.ts';
import { type Product, startProduct } from '../support/product.ts';

const MEMBERS = 6;

let server: Product;
let door: DemoDoor;

beforeAll(async () => {
  server = await startProduct();
  door = openDemoDoor(server.url, 'vi', speaker('vi'));
});

afterAll(() => server?.stop());

/** Robots that always take the middle: all vote, all in favour, and none waits long. */
const brisk = { random: () => 0.5, pace: 0.02, members: MEMBERS } as const;

/** The person who plays the chair, with ears and eyes but no camera. */
class Chair {
  readonly person: PersonId;
  readonly client: MeetingClient;
  readonly media: ParticipantMedia;
  readonly producers = new Map<string, ProducerInfo>();
  readonly #connection: Connection;

  constructor(person: PersonId, crowd: Crowd) {
    this.person = person;
    this.#connection = demoConnection(door, person);
    this.client = new MeetingClient(this.#connection, crowd.meeting.id);
    this.media = new ParticipantMedia(this.client, {
      camera: 'off',
      onTrouble: (sentence) => {
        throw new Error(sentence);
      },
    });
    this.client.onMediaNotice((notice) => {
      if (notice.type === 'producerAdded') this.producers.set(notice.producer.producerId, notice.producer);
    });
  }

  async enter(): Promise<void> {
    this.#connection.open();
    const answer = await this.client.join({
      checkIn: { type: 'checkIn', place: { mode: 'remote' } },
      media: 'wanted',
    });
    if (!answer.ok) throw new Error(answer.message);
    for (const producer of answer.value.media?.producers ?? [])
      this.producers.set(producer.producerId, producer);
  }

  async give(command: ClientCommand): Promise<void> {
    const answer = await this.client.command(command).answer;
    if (!answer.ok) throw new Error(`${command.type}: ${answer.message}`);
  }

  /** The state once something holds in it. */
  async when(holds: (state: MeetingState) => boolean): Promise<MeetingState> {
    const state = await until(this.client.state, (value) => value !== null && holds(value));
    if (!state) throw new Error('the meeting is not known');
    return state;
  }

  sources(source: ProducerInfo['source']): string[] {
    return [...this.producers.values()].filter((one) => one.source === source).map((one) => one.producerId);
  }

  async leave(): Promise<void> {
    this.media.close();
    await this.client.close();
    this.#connection.close();
  }
}

async function enterAsChair(crowd: Crowd): Promise<Chair> {
  const demo = await door.api.call('demo', {}, 'nobody');
  if (!demo.ok) throw new Error(demo.message);
  const entry = demo.value.groups.find(({ part }) => part === 'chair')?.entries[0]?.enterAs;
  if (entry?.kind !== 'person') throw new Error('the demonstration has no chair');
  const chair = new Chair(entry.personId, crowd);
  await chair.enter();
  return chair;
}

describe('a crowd of robots', () => {
  it('fills a meeting: comes in, is seen and heard, asks, speaks, votes, and ends with it', async () => {
    const told: string[] = [];
    const crowd = await startCrowd(door, { ...brisk, tell: (sentence) => told.push(sentence) });
    await expect
      .poll(() => crowd.figures(), { timeout: 10_000 })
      .toMatchObject({ inside: MEMBERS, cameras: MEMBERS });
    const chair = await enterAsChair(crowd);

    const pictures = await chair.media.watch(chair.sources('camera'));
    expect(pictures.length).toBe(MEMBERS);
    await expect.poll(() => pictures.every(({ frames }) => frames > 5), { timeout: 5000 }).toBe(true);

    await chair.give({ type: 'openMeeting' });
    await chair.give({ type: 'completeRollCall' });
    const asked = await chair.when(({ speaking }) => speaking.queue.length > 0);
    const request = asked.speaking.queue[0];
    expect(crowd.robots.map(({ person }) => person)).toContain(request?.person);
    if (!request) throw new Error('nobody asked');
    await chair.give({ type: 'grantFloor', request: request.id, seconds: null });
    await expect.poll(() => chair.sources('microphone').length, { timeout: 5000 }).toBe(1);
    const [voice] = await chair.media.watch(chair.sources('microphone'));
    await expect.poll(() => voice?.packets ?? 0, { timeout: 5000 }).toBeGreaterThan(5);
    await chair.when(({ speaking }) => speaking.speech === null);

    await chair.give({
      type: 'openVote',
      item: null,
      question: 'Thông qua chương trình buổi sinh hoạt?',
      rule: 'procedural',
      purpose: 'programme',
      despiteWaiting: true,
    });
    const official = crowd.robots
      .map(({ person }) => asked.roll[person])
      .filter((entry) => entry && hasVote(entry));
    expect(official.length).toBeGreaterThan(0);
    const voted = await chair.when(
      ({ openVote, votes }) =>
        openVote !== null && Object.keys(votes[openVote]?.marked ?? {}).length === official.length,
    );
    const marked = new Set(Object.keys(voted.openVote ? (voted.votes[voted.openVote]?.marked ?? {}) : {}));
    expect(marked).toEqual(new Set(official.map((entry) => entry?.person)));

    await chair.give({ type: 'interruptMeeting', reason: 'Mất điện' });
    expect(await crowd.ended).toBe('meetingOver');
    await crowd.stop();
    await crowd.stop();
    await chair.leave();
    expect(told.filter((sentence) => sentence.endsWith('đã điểm danh từ xa')).length).toBe(MEMBERS);
    expect(told.filter((sentence) => sentence.endsWith('đã biểu quyết')).length).toBe(official.length);
    expect(told.some((sentence) => sentence.endsWith('đang phát biểu'))).toBe(true);
  });

  it('leaves openly when it is stopped, and says so when a cell has fewer members than asked for', async () => {
    const told: string[] = [];
    const options = {
      ...brisk,
      cell: 'quan su',
      members: 50,
      tell: (sentence: string) => told.push(sentence),
    };
    const crowd = await startCrowd(door, options);
    expect(told[0]).toMatch(/^Chi bộ Quân sự xã Hòa Sơn chỉ còn \d+ đồng chí/);
    const all = crowd.robots.length;
    await expect.poll(() => crowd.figures().cameras, { timeout: 10_000 }).toBe(all);
    await crowd.stop();
    const again = await startCrowd(door, options);
    expect(again.robots.length).toBe(all);
    await again.stop();
  });

  it('comes back with its pictures after the server was killed', async () => {
    const crowd = await startCrowd(door, { ...brisk, cell: 'ban chang', tell: () => {} });
    const whole = { inside: MEMBERS, cameras: MEMBERS };
    await expect.poll(() => crowd.figures(), { timeout: 10_000 }).toMatchObject(whole);
    await server.kill();
    await expect.poll(() => crowd.figures().inside, { timeout: 5000 }).toBe(0);
    await server.restart();
    await expect.poll(() => crowd.figures(), { timeout: 20_000 }).toMatchObject(whole);
    const sent = () => crowd.robots.map(({ media }) => media.sentPackets);
    const before = sent();
    await expect
      .poll(() => sent().every((packets, n) => packets > (before[n] ?? 0)), { timeout: 5000 })
      .toBe(true);
    await crowd.stop();
  });

  it('gets its pictures back by itself when the media worker dies, and stays in the meeting', async () => {
    const crowd = await startCrowd(door, { ...brisk, cell: 'ban chang', tell: () => {} });
    const whole = { inside: MEMBERS, cameras: MEMBERS };
    await expect.poll(() => crowd.figures(), { timeout: 10_000 }).toMatchObject(whole);
    const worker = execFileSync('pgrep', ['-P', String(server.pid), '-f', 'mediasoup-worker']);
    process.kill(Number(String(worker).trim()), 'SIGKILL');
    await expect.poll(() => crowd.figures().cameras, { timeout: 5000, interval: 5 }).toBeLessThan(MEMBERS);
    await expect.poll(() => crowd.figures(), { timeout: 20_000 }).toMatchObject(whole);
    await crowd.stop();
  });

  it.each([
    ['a cell that nobody knows', 'trên trời', /Không có chi bộ nào khớp với “trên trời”/],
    ['a name that fits several cells', 'thon', /Đề nghị ghi rõ chi bộ/],
  ])('is refused in words for %s', async (_, cell, sentence) => {
    const start = startCrowd(door, { ...brisk, cell, tell: () => {} });
    await expect(start).rejects.toThrow(CrowdRefused);
    await expect(start).rejects.toThrow(sentence);
  });

  it('is refused in words where no server answers', async () => {
    const nowhere = openDemoDoor('http://127.0.0.1:9', 'en', speaker('en'));
    await expect(startCrowd(nowhere, { ...brisk, tell: () => {} })).rejects.toThrow(/Nothing answers at/);
  });
});
