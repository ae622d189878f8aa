import { setTimeout as pause } from 'node:timers/promises';
import { chosenNode } from '../../../server/src/cluster/rendezvous.ts';
import { LightMeeting } from '../evening/light-meeting.ts';
import type { LightLine } from '../evening/line.ts';
import { addressFor, openLine } from '../evening/members.ts';
import { meetingsOf, superiorsOf } from '../evening/plan.ts';
import { emptyTally, note, type Tally } from '../evening/tally.ts';
import { tokenMint } from '../evening/tokens.ts';
import { type CrowdTask, course, nodeNames, type Order, type Part, type PartReport, tiles } from './plan.ts';

/**
 * Everybody of one node in a process of its own, since a process holds 20,000 connections: members of its meetings, and the
 * superiors' walls. Does the parts of the evening as its parent orders them, and reports after each.
 */
class Crowd {
  tally: Tally = emptyTally();
  entered = 0;
  marks = 0;
  readonly #task: CrowdTask;
  readonly #mint = tokenMint();
  readonly #meetings: readonly LightMeeting[];
  readonly #walls: LightLine[] = [];

  constructor(task: CrowdTask) {
    this.#task = task;
    const nodes = nodeNames.map((name) => ({ name }));
    this.#meetings = meetingsOf(task.size)
      .filter(({ meetingId }) => chosenNode(nodes, meetingId)?.name === task.node)
      .map((meeting) => new LightMeeting(meeting, task.url, { mint: this.#mint, tally: () => this.tally }));
  }

  get held(): number {
    return this.#meetings.reduce((sum, { present }) => sum + present, 0);
  }

  do(part: Part): Promise<void> {
    switch (part) {
      case 'watch':
        return this.#watch();
      case 'arrive':
        return this.#arrive();
      case 'openMeetings':
        return this.#openMeetings();
      case 'vote':
        return this.#vote();
      case 'depart':
        return this.#depart();
    }
  }

  /** This node's share of the superiors: each watches their own subtree from here, wherever its meetings live. */
  async #watch(): Promise<void> {
    const { size, node, url } = this.#task;
    const all = meetingsOf(size);
    for (const [index, superior] of superiorsOf(size).entries()) {
      if (nodeNames[index % nodeNames.length] !== node) continue;
      const line = await openLine(url, this.#mint(superior), addressFor(index));
      await this.#ask(line, 'watchWall', {});
      const own = all.filter(({ commune }) => superior.commune === null || commune === superior.commune);
      const meetings = own.slice(0, tiles).map(({ meetingId }) => meetingId);
      await this.#show(line, meetings);
      this.#walls.push(line);
    }
  }

  /** What other nodes hold is on the wall a moment after it is watched. */
  async #show(line: LightLine, meetings: readonly string[]): Promise<void> {
    for (let attempt = 0; attempt < 20; attempt += 1) {
      const answer = await line.request('showTiles', { meetings });
      if (answer.startsWith('[{"ok":true')) return;
      await pause(500);
    }
    await this.#ask(line, 'showTiles', { meetings });
  }

  async #ask(line: LightLine, name: string, data: object): Promise<void> {
    const answer = await line.request(name, data);
    if (answer.startsWith('[{"ok":true')) return;
    this.tally.failed += 1;
    note(this.tally, `${name}: ${answer.slice(0, 200)}`);
  }

  /** Everybody at a moment of their own. */
  async #arrive(): Promise<void> {
    await Promise.all(
      this.#meetings.flatMap((meeting) =>
        meeting.meeting.members.map(async (_, place) => {
          await pause(Math.random() * course.arrival * 1_000);
          try {
            if (await meeting.arrive(place)) this.entered += 1;
          } catch (error) {
            this.tally.failed += 1;
            note(this.tally, `arrival: ${error instanceof Error ? error.message : error}`);
          }
        }),
      ),
    );
  }

  #openMeetings(): Promise<void> {
    return this.#inEach(course.rollCall, async (meeting) => {
      await meeting.give(0, { type: 'openMeeting' });
      await meeting.give(1, { type: 'completeRollCall' });
    });
  }

  #vote(): Promise<void> {
    return this.#inEach(course.vote, async (meeting) => {
      const opened = await meeting.give(0, {
        type: 'openVote',
        item: null,
        question: 'Thông qua biên bản sinh hoạt tháng 11/2026?',
        rule: 'procedural',
        purpose: 'minutes',
        despiteWaiting: false,
      });
      if (!opened) return;
      // The chair's own screen has it a moment later.
      await pause(500);
      const { vote } = meeting;
      await Promise.all(
        meeting.meeting.members.map(async (_, place) => {
          await pause(Math.random() * course.thought * 1_000);
          const choice = place % 5 === 0 ? 'against' : 'inFavour';
          if (await meeting.give(place, { type: 'castMark', vote, choice })) this.marks += 1;
        }),
      );
      await meeting.give(1, { type: 'closeVote', vote, despiteUnreached: false });
      await meeting.give(0, { type: 'announceResult', vote });
    });
  }

  async #depart(): Promise<void> {
    await this.#inEach(course.departure, async (meeting) => {
      await meeting.give(0, { type: 'closeMeeting' });
      await pause(1_000);
      meeting.close();
    });
    for (const line of this.#walls) line.close();
  }

  async #inEach(seconds: number, work: (meeting: LightMeeting) => Promise<void>): Promise<void> {
    await Promise.all(
      this.#meetings.map(async (meeting) => {
        await pause(Math.random() * seconds * 1_000);
        await work(meeting);
      }),
    );
  }
}

let crowd: Crowd | null = null;

async function report(of: Crowd, part: Part): Promise<PartReport> {
  [of.tally, of.entered, of.marks] = [emptyTally(), 0, 0];
  const began = performance.now();
  await of.do(part);
  const seconds = (performance.now() - began) / 1_000;
  return { tally: of.tally, held: of.held, seconds, entered: of.entered, marks: of.marks };
}

process.on('message', (order: Order) => {
  if ('task' in order) {
    crowd = new Crowd(order.task);
    process.send?.('there');
    return;
  }
  if (!crowd) throw new Error('no task yet');
  report(crowd, order.part).then(
    (done) => process.send?.(done),
    (error: unknown) => {
      console.error(error);
      process.exit(1);
    },
  );
});
