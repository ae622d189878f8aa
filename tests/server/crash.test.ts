import { randomUUID } from 'node:crypto';
import { setTimeout as wait } from 'node:timers/promises';
import { asId, type CommandId, type MeetingId, type VoteId } from '@diemcau/shared/ids.ts';
import type { ClientCommand } from '@diemcau/shared/protocol/commands.ts';
import type { Answer, JoinAnswer, Receipt } from '@diemcau/shared/protocol/socket.ts';
import { protocolVersion } from '@diemcau/shared/protocol/version.ts';
import { verifyChain, webDigest } from '@diemcau/shared/record/verify.ts';
import { io, type Socket } from 'socket.io-client';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { makeCell } from '../support/members.ts';
import { firstCodeOf, type Product, startProduct } from '../support/product.ts';
import { storageOfProduct } from './support/storage.ts';

const kills = 5;
const choices = ['inFavour', 'against', 'noOpinion'] as const;

/** A member whose device repeats each command, with its id, until the server has answered it. */
class Persistent {
  readonly receipts = new Map<CommandId, Receipt>();
  readonly #socket: Socket;
  readonly #meetingId: MeetingId;
  #joined = false;

  constructor(url: string, token: string, meetingId: MeetingId) {
    this.#meetingId = meetingId;
    this.#socket = io(url, {
      auth: { token, protocol: protocolVersion, language: 'vi' },
      transports: ['websocket'],
      forceNew: true,
      reconnectionDelay: 20,
      reconnectionDelayMax: 100,
    });
    this.#socket.on('disconnect', () => {
      this.#joined = false;
    });
  }

  async give(command: ClientCommand): Promise<void> {
    const id = asId<CommandId>(randomUUID());
    for (;;) {
      const answer = await this.#attempt(id, command);
      if (answer?.ok) {
        this.receipts.set(id, answer.value);
        return;
      }
      const again = answer === null || ['tryAgain', 'notJoined', 'tooManyRequests'].includes(answer.code);
      if (!again) throw new Error(`${command.type} was refused: ${answer?.code}`);
      await wait(20);
    }
  }

  async snapshot(): Promise<JoinAnswer['snapshot']> {
    for (;;) {
      const answer: Answer<JoinAnswer> | null = await this.#ask('join', this.#entry());
      if (answer?.ok) return answer.value.snapshot;
      await wait(20);
    }
  }

  close(): void {
    this.#socket.disconnect();
  }

  async #attempt(id: CommandId, command: ClientCommand): Promise<Answer<Receipt> | null> {
    if (!this.#joined) this.#joined = (await this.#ask<JoinAnswer>('join', this.#entry()))?.ok === true;
    return this.#ask<Receipt>('command', { meetingId: this.#meetingId, id, command });
  }

  #entry() {
    return { meetingId: this.#meetingId, media: 'unwanted' };
  }

  /** @returns null when no answer came. */
  async #ask<T>(name: string, request: unknown): Promise<Answer<T> | null> {
    try {
      return await this.#socket.timeout(2_000).emitWithAck(name, request);
    } catch {
      return null;
    }
  }
}

describe('a server that is killed', () => {
  let product: Product;
  let storage: Awaited<ReturnType<typeof storageOfProduct>>;
  let people: Persistent[] = [];
  let meetingId: MeetingId;
  let vote: VoteId;

  beforeAll(async () => {
    storage = await storageOfProduct();
    product = await startProduct({ DEMO: '0', LOG_LEVEL: 'error', ...storage.env });
    const cell = await makeCell(product, firstCodeOf(product), 6);
    meetingId = cell.meetingId;
    people = cell.members.map(({ token }) => new Persistent(product.url, token, meetingId));
    const [chair, clerk] = people;
    if (!chair || !clerk) throw new Error('nobody came');
    for (const person of people) await person.give({ type: 'checkIn', place: { mode: 'remote' } });
    await chair.give({ type: 'openMeeting' });
    await clerk.give({ type: 'completeRollCall' });
    const question = 'Thông qua nghị quyết';
    const about = {
      item: null,
      question,
      rule: 'resolution',
      purpose: 'motion',
      despiteWaiting: false,
    } as const;
    await chair.give({ type: 'openVote', ...about });
    const { openVote } = await chair.snapshot();
    if (!openVote) throw new Error('no vote is open');
    vote = openVote;
  }, 240_000);

  afterAll(async () => {
    for (const person of people) person.close();
    await product?.stop();
  });

  test('VOTE11 at any moment has lost no acknowledged mark and doubled none; the chain holds', async () => {
    let over = false;
    const voting = people.map(async (person) => {
      for (let turn = 0; !over; turn++) {
        await person.give({ type: 'castMark', vote, choice: choices[turn % 3] ?? 'noOpinion' });
        await wait(40);
      }
    });
    for (let kill = 0; kill < kills; kill++) {
      await wait(100 + Math.random() * 500);
      await product.restart();
    }
    await wait(300);
    over = true;
    await Promise.all(voting);
    await product.kill();

    const log = storage.log(product.dataDir);
    await log.open();
    const stored = await log.read(meetingId, 0, Number.MAX_SAFE_INTEGER);
    await log.close();
    const records = stored.map((record) => ({ ...record, data: JSON.parse(record.data) }));
    const last = records.at(-1);
    expect(await verifyChain(records, webDigest)).toEqual({
      holds: true,
      head: { seq: last?.seq, hash: last?.hash },
    });

    const caused = Map.groupBy(
      records.filter(({ type }) => type === 'choiceRecorded'),
      ({ data }) => data.cause as CommandId,
    );
    const receipts = people.flatMap((person) => [...person.receipts]);
    const marks = receipts.filter(([id]) => caused.has(id));
    for (const [id, receipt] of receipts) {
      const event = records[receipt.seq - 1];
      expect(event).toMatchObject({ seq: receipt.seq, hash: receipt.hash, data: { cause: id } });
    }
    expect([...caused.values()].map(({ length }) => length)).toEqual(Array.from(caused, () => 1));
    expect(caused.size).toBe(marks.length);
    expect(marks.length).toBeGreaterThan(kills * people.length);

    await product.restart();
    const [chair] = people;
    expect((await chair?.snapshot())?.openVote).toBe(vote);
  }, 240_000);
});
