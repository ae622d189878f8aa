import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { z } from 'zod';
import { root } from '../../scripts/worker-path.mjs';

const lockFile = z.object({
  packages: z.record(
    z.string(),
    z.object({ optionalDependencies: z.record(z.string(), z.string()).default({}) }),
  ),
});

it('the lock file holds every optional package that another names, for npm ci refuses one that does not', () => {
  const { packages } = lockFile.parse(JSON.parse(readFileSync(join(root, 'package-lock.json'), 'utf8')));
  const held = new Set(
    Object.keys(packages).map((path) => path.slice(path.lastIndexOf('node_modules/') + 13)),
  );
  const named = Object.values(packages).flatMap((entry) => Object.keys(entry.optionalDependencies));

  expect(named.filter((name) => !held.has(name))).toEqual([]);
});
