import { asId, type CommandId, type MeetingId, type PersonId } from '@diemcau/shared/ids.ts';
import type { ClientCommand } from '@diemcau/shared/protocol/commands.ts';
import type { Answer, JoinAnswer } from '@diemcau/shared/protocol/socket.ts';
import { protocolVersion } from '@diemcau/shared/protocol/version.ts';
import { io, type Socket } from 'socket.io-client';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { makeCell, type RealCell } from '../support/members.ts';
import { firstCodeOf, type Product, startProduct } from '../support/product.ts';

const reason = 'Đi viện mổ ruột thừa';

/** A browser that keeps every frame its socket gets, whatever the page would make of it. */
class Curious {
  readonly frames: string[] = [];
  readonly socket: Socket;
  readonly #meetingId: MeetingId;
  #commands = 0;

  constructor(url: string, token: string, meetingId: MeetingId) {
    this.#meetingId = meetingId;
    this.socket = io(url, {
      auth: { token, protocol: protocolVersion, language: 'vi' },
      transports: ['websocket'],
      forceNew: true,
    });
    this.socket.io.engine?.on('packet', (packet: { data?: unknown }) =>
      this.frames.push(String(packet.data)),
    );
    this.socket.io.on('open', () =>
      this.socket.io.engine.on('packet', (packet: { data?: unknown }) =>
        this.frames.push(String(packet.data)),
      ),
    );
  }

  join(command?: ClientCommand): Promise<Answer<JoinAnswer>> {
    const checkIn = command && { id: this.#newId(), command };
    return this.socket.emitWithAck('join', {
      meetingId: this.#meetingId,
      ...(checkIn && { checkIn }),
      media: 'unwanted',
    });
  }

  give(command: ClientCommand): Promise<Answer<{ seq: number; hash: string }>> {
    return this.socket.emitWithAck('command', { meetingId: this.#meetingId, id: this.#newId(), command });
  }

  get everything(): string {
    return this.frames.join('\n');
  }

  #newId(): CommandId {
    this.#commands += 1;
    return asId<CommandId>(`${this.socket.id}-${this.#commands}`);
  }
}

describe('a curious browser that reads every frame its socket gets', () => {
  let product: Product;
  let cell: RealCell;
  let people: Curious[] = [];

  beforeAll(async () => {
    product = await startProduct({ DEMO: '0', LOG_LEVEL: 'silent' });
    cell = await makeCell(product, firstCodeOf(product), 6);
    people = cell.members.map(({ token }) => new Curious(product.url, token, cell.meetingId));
  }, 90_000);

  afterAll(async () => {
    for (const { socket } of people) socket.disconnect();
    await product?.stop();
  });

  function at(index: number): Curious {
    const found = people[index];
    if (!found) throw new Error(`nobody at ${index}`);
    return found;
  }

  async function done(answer: Promise<Answer<unknown>>): Promise<void> {
    expect(await answer).toMatchObject({ ok: true });
  }

  it('VOTE10 never sees another choice before closing, nor a reason of absence (ATT2)', async () => {
    const [chair, clerk, voter, curious] = [at(0), at(1), at(2), at(3)];
    await done(chair.join());
    await done(chair.give({ type: 'summonMeeting' }));
    for (const person of [chair, clerk, voter, curious]) {
      await done(person.join({ type: 'checkIn', place: { mode: 'remote' } }));
    }
    await done(chair.give({ type: 'openMeeting' }));
    const absent = cell.members[5]?.personId as PersonId;
    await done(
      clerk.give({ type: 'recordAttendance', person: absent, entry: { mode: 'absentExcused', reason } }),
    );
    await done(clerk.give({ type: 'completeRollCall' }));
    await done(
      chair.give({
        type: 'openVote',
        item: null,
        question: 'Thông qua nghị quyết',
        rule: 'resolution',
        purpose: 'motion',
        despiteWaiting: false,
      }),
    );
    const joined = await chair.join();
    const vote = joined.ok ? joined.value.snapshot.openVote : null;
    if (!vote) throw new Error('no vote is open');
    await done(voter.give({ type: 'castMark', vote, choice: 'against' }));
    // A late look: a snapshot must not tell more than the events did.
    const late = await curious.join();
    expect(late).toMatchObject({ ok: true, value: { snapshot: { openVote: vote } } });
    // An answer comes before the events that others are told of.
    await vi.waitFor(() => expect(voter.everything).toContain('"against"'), 5000);
    await vi.waitFor(() => expect(clerk.everything).toContain('choiceRecorded'), 5000);
    expect(curious.everything).toContain('voteMarked');
    expect(curious.everything).toContain('choiceRecorded');
    expect(curious.everything).not.toContain('"against"');
    expect(curious.everything).not.toContain(reason);
    expect(clerk.everything).toContain(reason);
    expect(clerk.everything).not.toContain('"choice":"against"');
  });
});
