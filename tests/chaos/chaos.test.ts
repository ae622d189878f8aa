import { describe, expect, test } from 'vitest';
import { faultNames, type GroundName, groundNames, isHere, runGround } from './suite.ts';

/** Every fault once, small: `npm run chaos` does more of it, with seeds of its own. */
const seed = process.env.CHAOS_SEED ?? 'with every test run';
/** Marks that each fault sees at least. */
const marks = 60;

/** A machine with much else to do takes its time over starts and take-overs; what hangs ends all the same, in milliseconds. */
const patience = 300_000;

const promises = {
  embedded: 'DUR1, DUR2, DUR3, DUR4, DUR5, DUR6: one server with its own database loses nothing',
  postgres: 'DUR1, DUR2, DUR3, DUR4, DUR6: one server on PostgreSQL loses nothing',
  cluster: 'DUR1, DUR2, DUR3, DUR6, DUR7: two servers lose nothing, and one writes',
  clusterPostgres: 'DUR1, DUR2, DUR3, DUR4, DUR6, DUR7: two servers whose database goes lose nothing',
} as const satisfies Record<GroundName, string>;

const here = new Map(await Promise.all(groundNames.map(async (name) => [name, await isHere(name)] as const)));

describe('every fault done once, while people vote', () => {
  // Most of it is waiting for leases, starts and databases: side by side it takes no longer than the slowest.
  for (const name of groundNames) {
    const tried = here.get(name) ? test.concurrent : test.skip;
    tried(
      `${promises[name]} (seed: ${seed})`,
      async () => {
        const reports = await runGround(name, { seed, form: 'short', marks, tell: () => undefined });
        expect(reports.map(({ fault }) => fault)).toEqual(faultNames(name));
        expect(reports.flatMap(({ findings }) => findings)).toEqual([]);
        for (const { fault, acknowledged, stored } of reports) {
          expect([fault, acknowledged >= marks, stored >= acknowledged]).toEqual([fault, true, true]);
        }
      },
      patience,
    );
  }
});
