import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import type { EveningSize } from '../evening/plan.ts';
import { processorSeconds, residentBytes } from '../evening/process-figures.ts';
import { type Tally, together } from '../evening/tally.ts';
import { weigh } from '../evening/weigh.ts';
import { type Province, startProvince } from './cluster.ts';
import { type CrowdTask, course, crowdProcess, type Order, type Part, type PartReport } from './plan.ts';

const crowdFile = fileURLToPath(new URL('./crowd.ts', import.meta.url));

/** What an evening of one size has shown. */
export interface Found {
  readonly held: number;
  readonly connectsPerSecond: number;
  readonly tally: Tally;
  /** Of the part in which everybody votes alone. */
  readonly vote: Tally;
  /** Resident memory of the servers when everybody was there and the votes were over, kilobytes for each member. */
  readonly residentPerMember: number;
  /** The same before anybody came. */
  readonly residentBefore: number;
  /** For how long at most the event loop of a server stood still until then, milliseconds. */
  readonly longestDelay: number;
  /** Processor seconds of the servers from the first arrival to the last departure. */
  readonly processor: number;
  readonly processorPerMember: number;
  /** Of the database's processes. */
  readonly databaseProcessor: number;
  readonly lost: number;
  readonly doubled: number;
}

/** Holds an evening of that size on three nodes. */
export async function holdEvening(size: EveningSize): Promise<Found> {
  const began = performance.now();
  const province = await startProvince(size);
  say(began, 'the nodes are ready');
  const crowds: ChildProcess[] = [];
  try {
    for (const [node, { url }] of province.nodes) crowds.push(await startCrowd({ size, node, url }));
    const before = memory(province);
    const processorBefore = processor(province);
    const reports = new Map<Part, PartReport>();
    const inPart = async (part: Part) => {
      const report = inAll(await Promise.all(crowds.map((crowd) => doPart(crowd, part))));
      reports.set(part, report);
      const { tally, held } = report;
      say(
        began,
        `${part}: ${held} held, ${tally.failed} failed, ${tally.turnedAway} turned away, ${tally.lines} lines lost ${tally.trouble.join(' | ')}`,
      );
      return report;
    };
    await inPart('watch');
    const arrival = await inPart('arrive');
    await inPart('openMeetings');
    const vote = await inPart('vote');
    const resident = memory(province);
    const longestDelay = Math.max(...(await longestDelays(province)));
    await inPart('depart');
    const spent = processor(province) - processorBefore;
    const tally = together(Array.from(reports.values(), (report) => report.tally));
    const stored = await storedIn(province);
    return {
      held: vote.held,
      connectsPerSecond: arrival.entered / course.arrival,
      tally,
      vote: vote.tally,
      residentPerMember: resident / 1_024 / vote.held,
      residentBefore: before / 1_024 / size.members,
      longestDelay,
      processor: spent,
      processorPerMember: spent / size.members,
      databaseProcessor: await databaseProcessor(province),
      lost:
        tally.missed + Math.max(0, arrival.entered - stored.entries) + Math.max(0, vote.marks - stored.marks),
      doubled: tally.repeated + stored.doubled,
    };
  } finally {
    for (const crowd of crowds) crowd.kill();
    // At this level of logging: errors, and they are worth reading.
    for (const [name, node] of province.nodes) {
      const words = node.output().slice(0, 2_000);
      if (words.includes('"level"')) say(began, `node ${name}: ${words}`);
    }
    await province.stop();
  }
}

function say(began: number, sentence: string): void {
  console.error(`${((performance.now() - began) / 1_000).toFixed(0)} s: ${sentence}`);
}

async function startCrowd(task: CrowdTask): Promise<ChildProcess> {
  const crowd = fork(crowdFile, [], crowdProcess);
  crowd.send({ task } satisfies Order);
  await once(crowd, 'message');
  return crowd;
}

async function doPart(crowd: ChildProcess, part: Part): Promise<PartReport> {
  const ended = once(crowd, 'exit').then(() => {
    throw new Error('a crowd has ended');
  });
  crowd.send({ part } satisfies Order);
  const [report] = (await Promise.race([once(crowd, 'message'), ended])) as [PartReport];
  return report;
}

function inAll(reports: readonly PartReport[]): PartReport {
  const sum = (pick: (report: PartReport) => number) =>
    reports.reduce((all, report) => all + pick(report), 0);
  return {
    tally: together(reports.map(({ tally }) => tally)),
    held: sum(({ held }) => held),
    seconds: Math.max(...reports.map(({ seconds }) => seconds)),
    entered: sum(({ entered }) => entered),
    marks: sum(({ marks }) => marks),
  };
}

function memory({ nodes }: Province): number {
  return Array.from(nodes.values(), ({ pid }) => residentBytes(pid)).reduce((sum, bytes) => sum + bytes, 0);
}

async function longestDelays({ nodes }: Province): Promise<readonly number[]> {
  const weighed = Array.from(nodes.values(), ({ pid, folder }) => weigh(pid, folder));
  return (await Promise.all(weighed)).map(({ longestDelay }) => longestDelay);
}

function processor({ nodes }: Province): number {
  return Array.from(nodes.values(), ({ pid }) => processorSeconds(pid)).reduce(
    (sum, spent) => sum + spent,
    0,
  );
}

async function databaseProcessor({ database }: Province): Promise<number> {
  const rows = (await database.sql(
    'SELECT pid FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()',
  )) as { pid: number }[];
  return rows.reduce((sum, { pid }) => sum + processorSeconds(pid), 0);
}

/** What the log holds of what was acknowledged: each command once, by its id. */
async function storedIn({ database }: Province) {
  const count = async (type: string, cause: string) => {
    const [row] = (await database.sql(
      `SELECT count(*)::int AS "all", count(DISTINCT (meeting_id, data::json->>'cause'))::int AS "once"
       FROM events WHERE type = '${type}' AND data::json->>'cause' LIKE '${cause}'`,
    )) as { all: number; once: number }[];
    if (!row) throw new Error('the log says nothing');
    return row;
  };
  const marks = await count('choiceRecorded', '%');
  const entries = await count('attendanceChanged', 'in-%');
  return {
    marks: marks.once,
    entries: entries.once,
    doubled: marks.all - marks.once + entries.all - entries.once,
  };
}
