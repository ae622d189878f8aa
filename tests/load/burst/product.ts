import { setTimeout as pause } from 'node:timers/promises';
import { LightMeeting } from '../evening/light-meeting.ts';
import { eachOf } from '../evening/members.ts';
import { type EveningNode, type StorageKind, startEvening } from '../evening/node.ts';
import { meetingsOf } from '../evening/plan.ts';
import { emptyTally } from '../evening/tally.ts';
import { tokenMint } from '../evening/tokens.ts';
import { type BurstTimes, openingAt, plan, size } from './plan.ts';

/** The product with its meetings open and everybody in them. */
export interface Hall {
  /** How many a second arrived for the first time: connected, in the room, their check-in durable. */
  readonly arrivals: number;
  burst(): Promise<BurstTimes>;
  /** Everybody's line is lost and everybody comes back at once. @returns members a second. */
  storm(): Promise<number>;
  close(): Promise<void>;
}

export async function openHall(kind: StorageKind): Promise<Hall> {
  const node = await startEvening(size, kind);
  const tally = emptyTally();
  const mint = tokenMint();
  const meetings = meetingsOf(size).map(
    (meeting) => new LightMeeting(meeting, node.url, { mint, tally: () => tally }),
  );
  const sound = () => {
    const wrong = tally.failed + tally.lines + tally.missed + tally.repeated;
    if (wrong > 0)
      throw new Error(`the load went wrong: ${JSON.stringify({ ...tally, acknowledged: [], fanout: [] })}`);
  };
  try {
    const arrivals = await arrive(meetings);
    for (const step of ['openMeeting', 'completeRollCall'])
      await eachOf(meetings, plan.abreast, async (meeting) => void (await meeting.give(0, { type: step })));
    sound();
    return {
      arrivals,
      burst: async () => {
        tally.fanout.length = 0;
        await Promise.all(meetings.slice(0, plan.meetings).map(openVote));
        await pause(500);
        const times = [...tally.fanout];
        await eachOf(meetings.slice(0, plan.meetings), plan.abreast, endVote);
        sound();
        return times;
      },
      storm: async () => {
        for (const meeting of meetings) meeting.close();
        await pause(plan.rest);
        const rate = await arrive(meetings);
        sound();
        return rate;
      },
      close: () => end(node, meetings),
    };
  } catch (error) {
    await end(node, meetings);
    throw error;
  }
}

async function end(node: EveningNode, meetings: readonly LightMeeting[]): Promise<void> {
  for (const meeting of meetings) meeting.close();
  await node.stop();
}

async function arrive(meetings: readonly LightMeeting[]): Promise<number> {
  const places = meetings.flatMap((meeting) =>
    meeting.meeting.members.map((_, place) => ({ meeting, place })),
  );
  const began = performance.now();
  await eachOf(places, plan.abreast, async ({ meeting, place }) => void (await meeting.arrive(place)));
  return (places.length * 1_000) / (performance.now() - began);
}

async function openVote(meeting: LightMeeting, index: number): Promise<void> {
  await pause(openingAt(index));
  await meeting.give(0, {
    type: 'openVote',
    item: null,
    question: 'Thông qua nghị quyết tháng 11/2026?',
    rule: 'resolution',
    purpose: 'motion',
    despiteWaiting: false,
  });
}

async function endVote(meeting: LightMeeting): Promise<void> {
  const { vote } = meeting;
  await meeting.give(0, { type: 'closeVote', vote, despiteUnreached: true });
  await meeting.give(0, { type: 'announceResult', vote });
}
