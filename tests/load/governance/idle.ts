import { protocolVersion } from '@diemcau/shared/protocol/version.ts';
import { io } from 'socket.io-client';
import {
  type Attendant,
  attend,
  enter,
  give,
  hasOnScreen,
  makeCell,
  openVote,
} from '../../support/members.ts';
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
    await enter(chair, null);
    await give(chair, { type: 'summonMeeting' });
    for (const person of people) await enter(person, { type: 'checkIn', place: { mode: 'remote' } });
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
    // The chair acts on what has reached their screen.
    await hasOnScreen(chair, await give(person, { type: 'askToSpeak', kind: 'speech' }));
    const request = chair.client.state.get()?.speaking.queue[0]?.id;
    if (!request) throw new Error('nobody waits');
    await give(chair, { type: 'grantFloor', request, seconds: 180 });
    await hasOnScreen(chair, await give(chair, { type: 'endSpeech', request }));
  }
  const vote = await openVote(chair);
  for (const person of people) await give(person, { type: 'castMark', vote, choice: 'inFavour' });
}
