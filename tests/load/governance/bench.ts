import type { LoggedEvent } from '@diemcau/shared/domain/events.ts';
import { emptyMeeting, evolve } from '@diemcau/shared/domain/meeting.ts';
import { redact } from '@diemcau/shared/domain/redact.ts';
import { type BenchReport, median, rounded } from '../report.ts';
import { Hall, live } from './hall.ts';
import { weighIdleMember } from './idle.ts';

const runs = 5;
const longLog = 10_000;

function milliseconds(work: () => void): number {
  const began = performance.now();
  work();
  return performance.now() - began;
}

/** Microseconds of decide and evolve together, per command, in a meeting of 50. */
function commandCost(): number {
  const hall = new Hall(50);
  live(hall, 0);
  const before = hall.events.length;
  const spent = milliseconds(() => {
    for (let round = 1; round <= 5; round += 1) live(hall, round);
  });
  // A mark is one command and two events; everything else is one of each, give or take.
  const commands = hall.events.filter(
    ({ type }, index) => index >= before && type !== 'choiceRecorded',
  ).length;
  return (spent * 1000) / commands;
}

function logOf(length: number): readonly LoggedEvent[] {
  const hall = new Hall(50);
  for (let round = 0; hall.events.length < length; round += 1) live(hall, round);
  return hall.events.slice(0, length);
}

/** The domain alone, beside what JSON costs for the same log: text parsed and nothing folded. */
export async function run(): Promise<BenchReport> {
  const log = logOf(longLog);
  const lines = log.map((event) => JSON.stringify(event));
  const costs: number[] = [];
  const replays: number[] = [];
  const parses: number[] = [];
  for (let round = 0; round < runs; round += 1) {
    parses.push(
      milliseconds(() => {
        for (const line of lines) JSON.parse(line);
      }),
    );
    replays.push(milliseconds(() => log.reduce(evolve, emptyMeeting)));
    costs.push(commandCost());
  }
  const hall = new Hall(50);
  live(hall, 0);
  const viewer = { person: hall.people[4] ?? null, site: null, officer: false };
  const idle = await weighIdleMember();
  const figures = {
    decide_evolve_us: rounded(median(costs)),
    replay_10000_ms: rounded(median(replays)),
    snapshot_50_bytes: JSON.stringify(redact(hall.state, viewer)).length,
    idle_quiet_bytes_per_minute: idle.quiet,
    idle_lively_bytes_per_minute: idle.lively,
  };
  const baseline = { replay_10000_ms: rounded(median(parses)) };
  const ratio = rounded(figures.replay_10000_ms / baseline.replay_10000_ms);
  return { bench: 'governance', figures, baseline, ratios: { replay_vs_json_parse: ratio }, aims: {} };
}
