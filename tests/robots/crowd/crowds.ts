import { isPersonPresent } from '@diemcau/shared/domain/presence.ts';
import type { LayerCount } from '../robot-media.ts';
import { ChairRobot } from './chair-robot.ts';
import { type Crowd, candidates, layersFor, RunningCrowd, shuffled } from './crowd.ts';
import { type CrowdMeeting, CrowdRefused, type DemoDoor, findMeetings, lookInto } from './demo-door.ts';
import { MemberRobot, type Temper } from './member-robot.ts';

export interface CrowdsOptions extends Temper {
  /** How many cells whose meeting is on. */
  readonly cells: number;
  /** Members of each, without the chair. */
  readonly members: number;
  /** How much of each camera is sent; without it, less the more there are. */
  readonly layers?: LayerCount | undefined;
  readonly tell: (sentence: string) => void;
}

/** What all of them do at this moment. */
export interface CrowdsFigures {
  readonly meetings: number;
  readonly open: number;
  readonly members: number;
  readonly inside: number;
  readonly cameras: number;
  /** Meetings in which somebody speaks. */
  readonly speaking: number;
}

export interface Crowds {
  readonly crowds: readonly Crowd[];
  figures(): CrowdsFigures;
  /** Resolves when every meeting is over or empty. */
  readonly ended: Promise<'meetingOver' | 'nobodyInside'>;
  /** All leave; a second call does nothing more. */
  stop(): Promise<void>;
}

/**
 * Fills several meetings at once, each with a chair who opens it and members who speak real WebRTC. A chair who is there
 * already is left alone.
 * @throws CrowdRefused with a sentence when there is no such meeting or nobody to stand in for.
 */
export async function startCrowds(door: DemoDoor, options: CrowdsOptions): Promise<Crowds> {
  const meetings = await findMeetings(door, options.cells);
  if (meetings.length < options.cells) {
    options.tell(door.say('fewerCells', { count: meetings.length, wanted: options.cells }));
  }
  const layers = options.layers ?? layersFor(meetings.length * (options.members + 1));
  const crowds: Crowd[] = [];
  for (const meeting of meetings) {
    const crowd = await fill(door, meeting, { ...options, layers });
    if (crowd !== null) crowds.push(crowd);
  }
  if (crowds.length === 0)
    throw new CrowdRefused(door.say('nobodyLeft', { cell: meetings[0]?.cellName ?? door.say('theCell') }));
  return {
    crowds,
    figures: () => figuresOf(crowds),
    ended: Promise.all(crowds.map(({ ended }) => ended)).then((reasons) =>
      reasons.includes('meetingOver') ? 'meetingOver' : 'nobodyInside',
    ),
    stop: async () => {
      await Promise.all(crowds.map((crowd) => crowd.stop()));
    },
  };
}

async function fill(
  door: DemoDoor,
  meeting: CrowdMeeting,
  options: CrowdsOptions & { readonly layers: LayerCount },
): Promise<Crowd | null> {
  const state = await lookInto(door, meeting);
  const cell = meeting.cellName;
  const people = shuffled(candidates(state), options.random).slice(0, options.members);
  const chair = state.officers?.chair;
  const entry = chair === undefined || isPersonPresent(state, chair) ? undefined : state.roll[chair];
  if (entry === undefined) options.tell(door.say('noChair', { cell }));
  const robots = [
    ...(entry === undefined ? [] : [new ChairRobot(door, meeting, entry, options)]),
    ...people.map((person) => new MemberRobot(door, meeting, person, options)),
  ];
  if (robots.length === 0) return null;
  options.tell(door.say('entering', { cell, count: robots.length }));
  return new RunningCrowd(meeting, robots, options);
}

function figuresOf(crowds: readonly Crowd[]): CrowdsFigures {
  const all = crowds.map((crowd) => crowd.figures());
  const sum = (pick: (figures: (typeof all)[number]) => number) =>
    all.reduce((total, figures) => total + pick(figures), 0);
  return {
    meetings: crowds.length,
    open: crowds.filter(({ robots }) => robots.some(({ state }) => state?.phase === 'open')).length,
    members: sum(({ members }) => members),
    inside: sum(({ inside }) => inside),
    cameras: sum(({ cameras }) => cameras),
    speaking: sum(({ speaker }) => (speaker === null ? 0 : 1)),
  };
}
