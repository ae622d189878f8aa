import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { z } from 'zod';
import { root } from '../../scripts/worker-path.mjs';
import { Metrics } from '../../server/src/metrics/metrics.ts';

const page = readFileSync(join(root, 'docs', 'operators.md'), 'utf8');

/** Names of the product's own figures, as its sources register them. */
const own = new Set(
  readdirSync(join(root, 'server', 'src', 'metrics')).flatMap((file) =>
    [...readFileSync(join(root, 'server', 'src', 'metrics', file), 'utf8').matchAll(/'(diemcau_\w+)'/g)].map(
      ([, name]) => name ?? '',
    ),
  ),
);

const rules = z
  .object({
    groups: z.array(
      z.object({
        rules: z.array(
          z.object({
            alert: z.string(),
            expr: z.string(),
            labels: z.object({ severity: z.enum(['page', 'warn']) }),
            annotations: z.object({ summary: z.string().includes(' / ') }),
          }),
        ),
      }),
    ),
  })
  .parse(parse(readFileSync(join(root, 'deploy', 'prometheus-rules.yaml'), 'utf8')))
  .groups.flatMap((group) => group.rules);

/** Every figure that a server gives, those of a process too. */
async function served(): Promise<Set<string>> {
  const metrics = new Metrics();
  metrics.watch({ states: () => [], seats: () => 0, media: null, lines: () => [] });
  metrics.watchBackups(() => null);
  metrics.cluster({ owned: () => 0, nodes: () => 1 });
  const names = [...(await metrics.text()).matchAll(/^# TYPE (\w+) /gm)].map(([, name]) => name ?? '');
  return new Set(names);
}

describe('docs/operators.md', () => {
  test('OPS12 names every figure of /metrics, and none that does not exist', async () => {
    const names = await served();
    expect([...own].filter((name) => !page.includes(`\`${name}`))).toEqual([]);
    const ofProcess = [...names].filter((name) => !name.startsWith('diemcau_'));
    expect(ofProcess.filter((name) => !page.includes(`\`${name}\``))).toEqual([]);
    const written = [...page.matchAll(/`(diemcau_\w+)/g)].map(([, name]) => name ?? '');
    expect(written.filter((name) => !own.has(name))).toEqual([]);
    expect([...names].filter((name) => name.startsWith('diemcau_') && !own.has(name))).toEqual([]);
  });

  test('OPS12 says of every alarm what it means, and every alarm asks for figures that exist', async () => {
    const names = new Set([...(await served()), ...own]);
    expect(rules.length).toBeGreaterThan(8);
    for (const { alert, expr } of rules) {
      expect(page).toContain(`\`${alert}\``);
      const asked = [...expr.matchAll(/\b(?:diemcau|process|nodejs)_\w+/g)].map(([name]) =>
        name.replace(/_(bucket|count|sum)$/, ''),
      );
      expect([alert, asked.filter((name) => !names.has(name))]).toEqual([alert, []]);
    }
  });

  test('both pages name every command that they are about', () => {
    const forCommune = readFileSync(join(root, 'docs', 'may-chu-xa.md'), 'utf8');
    for (const command of ['install-service', 'backup', 'restore', 'update']) {
      expect(page).toContain(`npm run ${command}`);
      expect(forCommune).toContain(`npm run ${command}`);
    }
  });
});
