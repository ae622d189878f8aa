import { setTimeout as pause } from 'node:timers/promises';
import { atMost, type BenchReport, percentile, rounded } from '../report.ts';
import { type Hall, openHall } from './hall.ts';
import { admissionLimit, staying, stricken } from './plan.ts';

const patience = 60_000;

/**
 * A node of two is killed with a thousand members on it, each of whom gives a mark in that moment: until it is acknowledged by the
 * other node, after the lease has ended and the meetings have been taken over; how many come back in the busiest second; and
 * until those who watched see a whole picture again. The clients are the product's own.
 */
export async function run(): Promise<BenchReport> {
  const hall = await openHall();
  try {
    await until('pictures everywhere', () => hall.viewers.every(({ frameAt }) => frameAt !== null));
    return report(await lose(hall));
  } finally {
    await hall.close();
  }
}

interface Found {
  /** Milliseconds from the kill to each mark's acknowledgement. */
  readonly governance: readonly number[];
  /** Milliseconds from the kill to each viewer's whole picture. */
  readonly media: readonly number[];
  /** When lines stood again, milliseconds from the kill. */
  readonly lines: readonly number[];
  readonly refused: number;
}

async function lose({ province, people, viewers }: Hall): Promise<Found> {
  const node = province.nodes.get(stricken);
  if (!node || !province.nodes.has(staying)) throw new Error('no node to kill');
  const lines: number[] = [];
  const killedAt = performance.now();
  for (const { connection } of people) {
    connection.state.subscribe(() => {
      if (connection.state.get().kind === 'online') lines.push(performance.now() - killedAt);
    });
  }
  await node.kill();
  let refused = 0;
  const governance: number[] = [];
  const marks = people.map(async ({ client, vote }) => {
    const answer = await client.command({ type: 'castMark', vote, choice: 'inFavour' }).answer;
    if (answer.ok) governance.push(performance.now() - killedAt);
    else refused += 1;
  });
  const back = until('pictures again', () =>
    viewers.every(({ frameAt }) => frameAt !== null && frameAt > killedAt),
  );
  await Promise.all([...marks, back]);
  return {
    governance,
    media: viewers.map(({ frameAt }) => (frameAt ?? Number.NaN) - killedAt),
    lines,
    refused,
  };
}

function report({ governance, media, lines, refused }: Found): BenchReport {
  const figures = {
    members: governance.length + refused,
    governance_back_p50_ms: rounded(percentile(governance, 50)),
    governance_back_p99_ms: rounded(percentile(governance, 99)),
    refused,
    peak_reconnects_per_second: busiestSecond(lines),
    viewers: media.length,
    media_back_p50_ms: rounded(percentile(media, 50)),
    media_back_p95_ms: rounded(percentile(media, 95)),
  };
  return {
    bench: 'failover',
    figures,
    baseline: {},
    ratios: {},
    aims: {
      'figures.governance_back_p99_ms': atMost(figures.governance_back_p99_ms, 5_000),
      'figures.peak_reconnects_per_second': atMost(figures.peak_reconnects_per_second, admissionLimit),
      'figures.media_back_p95_ms': atMost(figures.media_back_p95_ms, 8_000),
      'figures.refused': atMost(refused, 0),
    },
  };
}

/** @returns the most that came within any second. */
function busiestSecond(times: readonly number[]): number {
  const sorted = [...times].sort((a, b) => a - b);
  let [most, first] = [0, 0];
  for (const [last, time] of sorted.entries()) {
    while (time - (sorted[first] ?? time) >= 1_000) first += 1;
    most = Math.max(most, last - first + 1);
  }
  return most;
}

async function until(what: string, holds: () => boolean): Promise<void> {
  const end = performance.now() + patience;
  while (!holds()) {
    if (performance.now() > end) throw new Error(`not within ${patience} ms: ${what}`);
    await pause(10);
  }
}
