import type { VoteId } from '@diemcau/shared/ids.ts';
import { workerPath } from '../../../scripts/worker-path.mjs';
import { chosenNode } from '../../../server/src/cluster/rendezvous.ts';
import { ParticipantMedia } from '../../robots/participant-media.ts';
import { type Front, startFront } from '../../support/front.ts';
import { type Attendant, attend, enter, give, openVote } from '../../support/members.ts';
import { eachOf } from '../evening/members.ts';
import { meetingsOf } from '../evening/plan.ts';
import { tokenMint } from '../evening/tokens.ts';
import { type Province, startProvince } from '../province/cluster.ts';
import { filmed, members, size, staying, stricken, viewers } from './plan.ts';
import { Viewer } from './viewer.ts';

export interface Member extends Attendant {
  readonly vote: VoteId;
}

/** Two nodes, and everybody of one of them in meetings that vote; some of them with picture. */
export interface Hall {
  readonly province: Province;
  readonly people: readonly Member[];
  readonly viewers: readonly Viewer[];
  close(): Promise<void>;
}

export async function openHall(): Promise<Hall> {
  const worker = workerPath();
  if (worker === undefined) throw new Error('this benchmark wants the SFU worker');
  const env = { MEDIASOUP_WORKER_BIN: worker, MEDIA_WORKERS: '1' };
  const province = await startProvince(size, [stricken, staying], env);
  const front = await startFront(new Map(Array.from(province.nodes, ([name, { url }]) => [name, url])));
  // Whoever comes first lands on the node that will be killed, as those do whose meetings live there.
  front.prefer(stricken);
  const people: Member[] = [];
  const watching: Viewer[] = [];
  const senders: ParticipantMedia[] = [];
  const nodes = [{ name: stricken }, { name: staying }];
  const own = meetingsOf(size).filter(({ meetingId }) => chosenNode(nodes, meetingId)?.name === stricken);
  const mint = tokenMint();
  let taken = 0;
  await eachOf(own, 4, async (meeting, index) => {
    const room = Math.min(meeting.members.length, members - taken);
    if (room < 2) return;
    taken += room;
    const attendants = meeting.members
      .slice(0, room)
      .map((member) => attend(front.url, mint(member), meeting.meetingId));
    const vote = await convene(attendants);
    people.push(...attendants.map((attendant) => ({ ...attendant, vote })));
    if (index >= filmed) return;
    const [chair, ...others] = attendants;
    if (!chair) return;
    senders.push(await send(chair));
    for (const other of others.slice(0, viewers)) {
      await withMedia(other);
      watching.push(new Viewer(other));
    }
  });
  return {
    province,
    people,
    viewers: watching,
    close: () => close(province, front, [people, watching, senders]),
  };
}

async function close(
  province: Province,
  front: Front,
  [people, watching, senders]: readonly [
    readonly Attendant[],
    readonly Viewer[],
    readonly ParticipantMedia[],
  ],
): Promise<void> {
  for (const each of [...watching, ...senders]) each.close();
  for (const { connection } of people) connection.close();
  await front.close();
  await province.stop();
}

async function convene(people: readonly Attendant[]): Promise<VoteId> {
  const [chair] = people;
  if (!chair) throw new Error('nobody is there');
  for (const person of people) await enter(person, { type: 'checkIn', place: { mode: 'remote' } });
  await give(chair, { type: 'openMeeting' });
  await give(chair, { type: 'completeRollCall' });
  return openVote(chair);
}

async function withMedia({ client }: Attendant): Promise<void> {
  const answer = await client.join({ media: 'wanted' });
  if (!answer.ok) throw new Error(`${answer.code}: ${answer.message}`);
  if (answer.value.media === null) throw new Error(`no media: ${answer.value.mediaRefusal}`);
}

async function send(chair: Attendant): Promise<ParticipantMedia> {
  const media = new ParticipantMedia(chair.client, { camera: 3, onTrouble() {} });
  await withMedia(chair);
  await media.settled;
  return media;
}
