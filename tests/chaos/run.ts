import { parseArgs } from 'node:util';
import { jumpClock } from './faults/clock.ts';
import { fillDisk } from './faults/disk.ts';
import { killNode } from './faults/kill.ts';
import { cutPower } from './faults/power.ts';
import { killWorker } from './faults/worker.ts';
import { endure } from './scenario.ts';
import { Seeded } from './seeded.ts';
import { embeddedStage } from './stage/embedded.ts';

const { values } = parseArgs({
  options: {
    seed: { type: 'string' },
    faults: { type: 'string' },
    votes: { type: 'string' },
    short: { type: 'boolean' },
  },
});
const seed = values.seed ?? 'x';
const chance = new Seeded(seed);
const t0 = Date.now();
const stage = await embeddedStage({ members: 8, meetings: 2, eventsAVote: 80 }, chance.fork('crew'));
console.log('assembled', Date.now() - t0, stage.dataDir);
const all = [cutPower, killNode, killWorker, jumpClock, fillDisk];
for (const fault of all) {
  if (values.faults && !values.faults.split(',').includes(fault.name)) continue;
  const t = Date.now();
  const report = await endure(stage, fault, {
    seed,
    chance: chance.fork(fault.name),
    form: values.short ? 'short' : 'long',
    marks: Number(values.votes ?? 100),
  });
  console.log(
    Date.now() - t,
    JSON.stringify({ ...report, findings: report.findings.length }),
    report.findings.slice(0, 10),
  );
  await stage.product.restart();
}
await stage.close();
if (process.env.DBG) {
  const c = new Map<string, number>();
  for (const g of stage.crew.ledger.given)
    for (const r of g.refusals) {
      const k = `${g.command.type} ${r.code}`;
      c.set(k, (c.get(k) ?? 0) + 1);
    }
  for (const g of stage.crew.ledger.given) {
    const k = `${g.command.type} given`;
    c.set(k, (c.get(k) ?? 0) + 1);
  }
  console.log(c);
}
