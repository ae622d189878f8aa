import { isOver } from '@diemcau/shared/domain/phase.ts';
import { attendanceOf, isExcluded, isPersonPresent } from '@diemcau/shared/domain/presence.ts';
import type { RollEntry } from '@diemcau/shared/domain/roster.ts';
import { voteProgress } from '@diemcau/shared/domain/selectors.ts';
import type { MeetingState } from '@diemcau/shared/domain/state.ts';
import type { LayerCount } from '../robot-media.ts';
import { type CrowdMeeting, CrowdRefused, type DemoDoor, findMeeting, lookInto } from './demo-door.ts';
import { MemberRobot, type Temper } from './member-robot.ts';

export interface CrowdOptions extends Temper {
  /** Part of a cell's name; without it the meeting that is on. */
  readonly cell?: string | undefined;
  readonly members: number;
  /** How much of each camera is sent; without it, less the more there are. */
  readonly layers?: LayerCount | undefined;
  readonly tell: (sentence: string) => void;
}

/** What the crowd does at this moment. */
export interface CrowdFigures {
  readonly members: number;
  readonly inside: number;
  readonly cameras: number;
  readonly waiting: number;
  readonly speaker: string | null;
  readonly vote: { readonly voted: number; readonly electors: number } | null;
}

export interface Crowd {
  readonly meeting: CrowdMeeting;
  readonly robots: readonly MemberRobot[];
  figures(): CrowdFigures;
  /** Resolves with the reason when the meeting is over or nobody is left in it. */
  readonly ended: Promise<'meetingOver' | 'nobodyInside'>;
  /** All leave the meeting; a second call does nothing more. */
  stop(): Promise<void>;
}

/** Robots that enter at the same time; more only make each other wait. */
const ENTER_TOGETHER = 4;
/** Requests of the crowd that wait in the queue at most: the people at the screens want to speak too. */
const WAITING_AT_MOST = 3;
const WATCH_EVERY = 1_000;

/** Who can be stood in for: on the roll, expected or away from the meeting, and no officer, whom a person plays. */
export function candidates(state: MeetingState): RollEntry[] {
  const officers = new Set([state.officers?.chair, state.officers?.deputyChair, state.officers?.clerk]);
  const responsible = new Set(Object.values(state.sites).map((site) => site.responsible));
  return Object.values(state.roll).filter(
    (entry) =>
      !isExcluded(entry) &&
      !officers.has(entry.person) &&
      !responsible.has(entry.person) &&
      !isPersonPresent(state, entry.person) &&
      attendanceOf(state, entry.person).presence.mode !== 'absentExcused',
  );
}

/** @returns how much of each camera to send, where so many are sent. */
export function layersFor(members: number): LayerCount {
  if (members <= 12) return 3;
  return members <= 30 ? 2 : 1;
}

/**
 * Sends members of one cell into its meeting.
 * @throws CrowdRefused with a sentence when there is no such meeting or nobody to stand in for.
 */
export async function startCrowd(door: DemoDoor, options: CrowdOptions): Promise<Crowd> {
  const meeting = await findMeeting(door, options.cell);
  const people = candidates(await lookInto(door, meeting));
  const cell = meeting.cellName;
  if (people.length === 0) throw new CrowdRefused(door.say('nobodyLeft', { cell }));
  const chosen = shuffled(people, options.random).slice(0, options.members);
  if (chosen.length < options.members) {
    options.tell(door.say('fewerMembers', { cell, count: chosen.length, wanted: options.members }));
  }
  options.tell(door.say('entering', { cell, count: chosen.length }));
  const layers = options.layers ?? layersFor(chosen.length);
  const robots = chosen.map((entry) => new MemberRobot(door, meeting, entry, { ...options, layers }));
  return new RunningCrowd(meeting, robots, options);
}

export function shuffled<T>(list: readonly T[], random: () => number): T[] {
  return list
    .map((item) => ({ item, place: random() }))
    .sort((a, b) => a.place - b.place)
    .map(({ item }) => item);
}

/** A crowd in one meeting, from its first member on. */
export class RunningCrowd implements Crowd {
  readonly meeting: CrowdMeeting;
  readonly robots: readonly MemberRobot[];
  readonly ended: Promise<'meetingOver' | 'nobodyInside'>;
  readonly #temper: Temper;
  readonly #watch: NodeJS.Timeout;
  #asking: NodeJS.Timeout | undefined;
  #end: (reason: 'meetingOver' | 'nobodyInside') => void = () => {};
  #stopped = false;

  constructor(meeting: CrowdMeeting, robots: readonly MemberRobot[], temper: Temper) {
    this.meeting = meeting;
    this.robots = robots;
    this.#temper = temper;
    this.ended = new Promise((resolve) => {
      this.#end = resolve;
    });
    this.#watch = setInterval(() => this.#look(), WATCH_EVERY);
    void this.#enterAll();
    this.#askLater();
  }

  figures(): CrowdFigures {
    const state = this.#state();
    const ours = new Set(this.robots.map(({ person }) => person));
    const inside = this.robots.filter(({ whereabouts }) => whereabouts === 'inside');
    const vote = state?.openVote ? state.votes[state.openVote] : undefined;
    const electors = vote?.units.flatMap((unit) => unit.electors).filter((person) => ours.has(person)) ?? [];
    const all = vote && voteProgress(vote);
    return {
      members: this.robots.length,
      inside: inside.length,
      cameras: inside.filter(({ camera }) => camera === 'on').length,
      waiting: state?.speaking.queue.filter(({ person }) => ours.has(person)).length ?? 0,
      speaker: state?.speaking.speech?.request.name ?? null,
      vote: all && electors.length > 0 ? { voted: all.voted, electors: all.electors } : null,
    };
  }

  async stop(): Promise<void> {
    if (this.#stopped) return;
    this.#stopped = true;
    clearInterval(this.#watch);
    clearTimeout(this.#asking);
    const over = this.#isOver();
    await Promise.all(this.robots.map((robot) => (over ? robot.end() : robot.leave())));
  }

  async #enterAll(): Promise<void> {
    const waiting = [...this.robots];
    const enterOneByOne = async () => {
      for (let robot = waiting.shift(); robot && !this.#stopped; robot = waiting.shift()) await robot.enter();
    };
    await Promise.all(Array.from({ length: ENTER_TOGETHER }, enterOneByOne));
  }

  #state(): MeetingState | null {
    return this.robots.find(({ whereabouts }) => whereabouts === 'inside')?.state ?? null;
  }

  #isOver(): boolean {
    return this.robots.some(
      ({ state }) => state !== null && (isOver(state) || state.phase === 'interrupted'),
    );
  }

  #look(): void {
    if (this.#isOver()) this.#end('meetingOver');
    else if (this.robots.every(({ whereabouts }) => whereabouts === 'gone')) this.#end('nobodyInside');
  }

  #askLater(): void {
    const wait = (8_000 + this.#temper.random() * 15_000) * this.#temper.pace;
    this.#asking = setTimeout(() => {
      this.#askOne();
      this.#askLater();
    }, wait);
  }

  #askOne(): void {
    const state = this.#state();
    if (state?.phase !== 'open' || state.openVote !== null) return;
    if (this.figures().waiting >= WAITING_AT_MOST) return;
    const busy = new Set([
      ...state.speaking.queue.map(({ person }) => person),
      state.speaking.speech?.request.person,
    ]);
    const free = this.robots.filter(
      ({ person, whereabouts }) => whereabouts === 'inside' && !busy.has(person),
    );
    void free[Math.floor(this.#temper.random() * free.length)]?.askToSpeak();
  }
}
