import { randomBytes } from 'node:crypto';
import { parseArgs } from 'node:util';
import type { FaultReport } from './scenario.ts';
import { faultNames, groundNames, isHere, runGround } from './suite.ts';

/**
 * `npm run chaos -- [--seed S] [--faults kill,disk] [--votes N] [--short]`: does every fault to the product while bots vote, and
 * checks after each that nothing was lost. Ends with 0 when all promises held, with 1 when one did not, with 2 for wrong arguments.
 */
const { values } = parseArgs({
  options: {
    seed: { type: 'string' },
    faults: { type: 'string' },
    votes: { type: 'string', default: '10000' },
    short: { type: 'boolean', default: false },
  },
});

// Whoever stops it leaves no server running and nothing mounted: what was begun ends with this process.
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => process.exit(1));

const known = groundNames.flatMap((ground) => faultNames(ground));
const only = values.faults?.split(',');
const votes = Number(values.votes);
const unknown = only?.filter((name) => !known.includes(name)) ?? [];
if (unknown.length > 0 || !Number.isInteger(votes) || votes < 1) {
  console.error(`npm run chaos -- [--seed S] [--votes N] [--short] [--faults ${known.join(',')}]`);
  process.exit(2);
}

const seed = values.seed ?? randomBytes(4).toString('hex');
const chosen = only ?? known;
const marks = Math.ceil(votes / chosen.length);
console.log(`seed ${seed}`);
const reports: FaultReport[] = [];
for (const ground of groundNames) {
  if (!faultNames(ground).some((name) => chosen.includes(name))) continue;
  if (!(await isHere(ground))) {
    console.log(`${ground}: not tried, this machine has not what it needs`);
    continue;
  }
  const tell = (report: FaultReport) => {
    console.log(`${report.fault}: ${report.note}; ${report.findings.length} findings`);
    for (const { promise, detail } of report.findings.slice(0, 20)) console.log(`  ${promise}: ${detail}`);
  };
  reports.push(
    ...(await runGround(ground, { seed, form: values.short ? 'short' : 'long', marks, only, tell })),
  );
}

console.table(
  reports.map(({ findings, note: _, seed: __, ...row }) => ({ ...row, findings: findings.length })),
);
const sum = (pick: (report: FaultReport) => number) => reports.reduce((total, one) => total + pick(one), 0);
const summary = {
  seed,
  faults: reports.length,
  acknowledged: sum(({ acknowledged }) => acknowledged),
  stored: sum(({ stored }) => stored),
  repeated: sum(({ repeated }) => repeated),
  unanswered: sum(({ unanswered }) => unanswered),
  votesAnnounced: sum(({ votesAnnounced }) => votesAnnounced),
  findings: sum(({ findings }) => findings.length),
};
console.log(JSON.stringify(summary));
if (summary.findings > 0) {
  console.log(
    `npm run chaos -- --seed ${JSON.stringify(seed)} --votes ${votes}${only ? ` --faults ${only.join(',')}` : ''}`,
  );
  process.exitCode = 1;
}
