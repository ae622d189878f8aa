import { atMost, type BenchReport, percentile, rounded } from '../report.ts';
import { holdBareEvening } from './baseline.ts';
import { measureLogins } from './logins.ts';
import { tenth, whole } from './plan.ts';
import { type Found, holdEvening } from './run.ts';

/**
 * A whole province on one machine: three nodes with PostgreSQL and Redis, every cell's meeting on at once, a hundred superiors
 * watching. Everybody arrives within ten minutes, the roll is called, every meeting holds a vote within five minutes, everybody leaves.
 * The same at a tenth of the size, for what a member costs more in a large evening. The baseline: bare Socket.IO of three
 * processes, without state or storage.
 */
export async function run(): Promise<BenchReport> {
  const bare = await holdBareEvening(whole);
  const logins = await measureLogins();
  const small = await holdEvening(tenth);
  const large = await holdEvening(whole);
  const figures = {
    ...named(large),
    ...Object.fromEntries(Object.entries(named(small)).map(([name, value]) => [`tenth_${name}`, value])),
    logins_per_second: rounded(logins.perSecond),
    login_p99_ms: rounded(logins.p99),
    lost: large.lost + small.lost,
    doubled: large.doubled + small.doubled,
  };
  const ratios = { cost_growth: rounded(large.processorPerMember / small.processorPerMember) };
  return {
    bench: 'province',
    figures,
    baseline: {
      members_held: bare.held,
      connects_per_second: rounded(bare.connectsPerSecond),
      ack_p50_ms: rounded(percentile(bare.acknowledged, 50)),
      ack_p99_ms: rounded(percentile(bare.acknowledged, 99)),
      ack_max_ms: rounded(percentile(bare.acknowledged, 100)),
      rss_per_member_kb: rounded(bare.residentPerMember),
    },
    ratios,
    aims: {
      'figures.lost': atMost(figures.lost, 0),
      'figures.doubled': atMost(figures.doubled, 0),
      'figures.ack_p99_ms': atMost(figures.ack_p99_ms, 50),
      'figures.rss_per_member_kb': atMost(figures.rss_per_member_kb, 32),
      'ratios.cost_growth': atMost(ratios.cost_growth, 1.2),
    },
  };
}

function named(found: Found) {
  const { tally, vote } = found;
  return {
    members_held: found.held,
    connects_per_second: rounded(found.connectsPerSecond),
    ack_p50_ms: rounded(percentile(tally.acknowledged, 50)),
    ack_p99_ms: rounded(percentile(tally.acknowledged, 99)),
    ack_max_ms: rounded(percentile(tally.acknowledged, 100)),
    vote_ack_p99_ms: rounded(percentile(vote.acknowledged, 99)),
    fanout_p99_ms: rounded(percentile(tally.fanout, 99)),
    rss_per_member_kb: rounded(found.residentPerMember),
    rss_before_per_member_kb: rounded(found.residentBefore),
    longest_stop_ms: rounded(found.longestDelay),
    cpu_seconds: rounded(found.processor),
    cpu_ms_per_member: rounded(found.processorPerMember * 1_000),
    database_cpu_seconds: rounded(found.databaseProcessor),
    failed: tally.failed,
    turned_away: tally.turnedAway,
    lines_lost: tally.lines,
    lost: found.lost,
    doubled: found.doubled,
  };
}
