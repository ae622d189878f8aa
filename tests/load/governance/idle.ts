import type { ClientCommand } from '@diemcau/shared/protocol/commands.ts';
import { protocolVersion } from '@diemcau/shared/protocol/version.ts';
import { io } from 'socket.io-client';
import { type Attendant, attend, makeCell } from '../../support/members.ts';
import { firstCodeOf, startProduct } from '../../support/product.ts';

const members = 50;
const minute = 60_000;

/** What a member who only listens receives in a minute of a meeting of 50, in bytes, media apart. */
export interface IdleTraffic {
  /** Nothing happens in the meeting. */
  readonly quiet: number;
  /** One vote in which everybody marks, and three speeches. */
  readonly lively: number;
}

/** Runs the product with fifty members and weighs every frame that one of them gets. */
export async function weighIdleMember(): Promise<IdleTraffic> {
  const product = await startProduct({ DEMO: '0', LOG_LEVEL: 'silent' });
  const cell = await makeCell(product, firstCodeOf(product), members);
  const people = cell.members.slice(0, -1).map(({ token }) => attend(product.url, token, cell.meetingId));
  const [chair] = people;
  const idle = cell.members.at(-1);
  if (!chair || !idle) throw new Error('nobody is there');
  let bytes = 0;
  const socket = io(product.url, {
    auth: { token: idle.token, protocol: protocolVersion, language: 'vi' },
    transports: ['websocket'],
    forceNew: true,
  });
  try {
    await join(chair, null);
    await give(chair, { type: 'summonMeeting' });
    for (const person of people) await join(person, { type: 'checkIn', place: { mode: 'remote' } });
    if (!socket.connected) await new Promise<void>((resolve) => socket.on('connect', resolve));
    await socket.emitWithAck('join', {
      meetingId: cell.meetingId,
      checkIn: { id: 'idle-check-in', command: { type: 'checkIn', place: { mode: 'remote' } } },
      media: 'unwanted',
    });
    await give(chair, { type: 'openMeeting' });
    await give(chair, { type: 'completeRollCall' });
    socket.io.engine.on('packet', (packet: { data?: unknown }) => {
      bytes += 2 + Buffer.byteLength(String(packet.data ?? ''));
    });
    await new Promise((resolve) => setTimeout(resolve, minute));
    const quiet = bytes;
    bytes = 0;
    const began = Date.now();
    await liveMinute(people, chair);
    await new Promise((resolve) => setTimeout(resolve, Math.max(0, minute - (Date.now() - began))));
    return { quiet, lively: bytes };
  } finally {
    socket.disconnect();
    for (const { connection } of people) connection.close();
    await product.stop();
  }
}

async function liveMinute(people: readonly Attendant[], chair: Attendant): Promise<void> {
  for (const person of people.slice(5, 8)) {
    await give(person, { type: 'askToSpeak', kind: 'speech' }, chair);
    const request = chair.client.state.get()?.speaking.queue[0]?.id;
    if (!request) throw new Error('nobody waits');
    await give(chair, { type: 'grantFloor', request, seconds: 180 });
    await give(chair, { type: 'endSpeech', request });
  }
  await give(chair, {
    type: 'openVote',
    item: null,
    question: 'Thông qua nghị quyết',
    rule: 'resolution',
    purpose: 'motion',
    despiteWaiting: false,
  });
  const vote = chair.client.state.get()?.openVote;
  if (!vote) throw new Error('no vote is open');
  for (const person of people) await give(person, { type: 'castMark', vote, choice: 'inFavour' });
}

async function join({ client }: Attendant, checkIn: ClientCommand | null): Promise<void> {
  const answer = await client.join({ ...(checkIn && { checkIn }), media: 'unwanted' });
  if (!answer.ok) throw new Error(`${answer.code}: ${answer.message}`);
}

/** Gives a command; the chair acts only on what has reached their screen. */
async function give({ client }: Attendant, command: ClientCommand, chair?: Attendant): Promise<void> {
  const answer = await client.command(command).answer;
  if (!answer.ok) throw new Error(`${command.type}: ${answer.code}: ${answer.message}`);
  const screen = (chair?.client ?? client).state;
  while ((screen.get()?.seq ?? 0) < answer.value.seq) await new Promise((resolve) => setTimeout(resolve, 2));
}
