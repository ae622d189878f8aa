import { describe, expect, test } from 'vitest';
import { faultNames, type GroundName, groundNames, isHere, runGround } from './suite.ts';

/** Every fault once, small: `npm run chaos` does more of it, with seeds of its own. */
const seed = process.env.CHAOS_SEED ?? 'with every test run';
/** Marks that each fault sees at least. */
const marks = 60;

const rules = {
  embedded: 'DUR1, DUR2, DUR3, DUR4, DUR5, DUR6',
  postgres: 'DUR1, DUR2, DUR3, DUR4, DUR6',
  cluster: 'DUR1, DUR2, DUR3, DUR6, DUR7',
} as const satisfies Record<GroundName, string>;

const here = new Map(await Promise.all(groundNames.map(async (name) => [name, await isHere(name)] as const)));

describe.each(groundNames)('with faults done to it, an installation of the kind %s', (name) => {
  test.skipIf(!here.get(name))(
    `keeps ${rules[name]}: nothing is lost, nothing counts twice (seed ${seed})`,
    async () => {
      const reports = await runGround(name, { seed, form: 'short', marks, tell: () => undefined });
      expect(reports.map(({ fault }) => fault)).toEqual(faultNames(name));
      expect(reports.flatMap(({ findings }) => findings)).toEqual([]);
      for (const { fault, acknowledged, stored } of reports) {
        expect([fault, acknowledged >= marks, stored >= acknowledged]).toEqual([fault, true, true]);
      }
    },
  );
});
