import type { ForkOptions } from 'node:child_process';
import type { EveningSize } from '../evening/plan.ts';
import type { Tally } from '../evening/tally.ts';

/**
 * How many times as fast as an evening goes the benchmark goes: 1 takes a quarter of an hour for each of its two sizes. A
 * faster one is the harder load.
 */
const tempo = Number(process.env.PROVINCE_TEMPO ?? '1');
/** For a trial: a part of the province. */
const share = Number(process.env.PROVINCE_SHARE ?? '1');

/** The design load, and a tenth of it on the same evening. */
export const whole: EveningSize = sized(1);
export const tenth: EveningSize = sized(0.1);

function sized(part: number): EveningSize {
  return {
    meetings: Math.round(3_489 * share * part),
    members: Math.round(54_900 * share * part),
    superiors: 100,
  };
}

export const nodeNames = ['a', 'b', 'c'] as const;
export type NodeName = (typeof nodeNames)[number];

/** Seconds that each part of the evening takes. */
export const course = {
  arrival: 600 / tempo,
  rollCall: 120 / tempo,
  /** In which every meeting opens its one vote. */
  vote: 300 / tempo,
  /** Longest time that somebody takes to mark. */
  thought: 20,
  departure: 120 / tempo,
} as const;

/**
 * How a crowd's process is started: what measures shall seldom stand still to collect its own garbage, nor take the processors from
 * what is measured while it does; it has memory for a whole evening.
 */
export const crowdProcess: ForkOptions = {
  serialization: 'advanced',
  execArgv: ['--max-semi-space-size=32', '--initial-old-space-size=3072', '--max-old-space-size=4096'],
};

/** Tiles on a superior's screen. */
export const tiles = 16;

export const parts = ['watch', 'arrive', 'openMeetings', 'vote', 'depart'] as const;
export type Part = (typeof parts)[number];

/** What a crowd has done in a part of the evening. */
export interface PartReport {
  readonly tally: Tally;
  /** Members connected and in their meetings when the part ended. */
  readonly held: number;
  readonly seconds: number;
  /** Members that are in for the first time, and marks that were acknowledged. */
  readonly entered: number;
  readonly marks: number;
}

/** What a crowd is told at its start: it brings everybody whose meeting lives on one node. */
export interface CrowdTask {
  readonly size: EveningSize;
  readonly node: NodeName;
  readonly url: string;
}

export type Order = { readonly task: CrowdTask } | { readonly part: Part };
