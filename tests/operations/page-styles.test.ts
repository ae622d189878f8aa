import { readdirSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { fileURLToPath } from 'node:url';
import { beforeAll, expect, test } from 'vitest';
import { buildClient } from '../../scripts/setup/client.mjs';

const assets = fileURLToPath(new URL('../../client/dist/assets/', import.meta.url));
const whole = createRequire(new URL('../../client/package.json', import.meta.url)).resolve(
  '@mantine/core/styles.css',
);

function built(ending: '.js' | '.css'): string {
  return readdirSync(assets)
    .filter((name) => name.endsWith(ending))
    .map((name) => readFileSync(`${assets}${name}`, 'utf8'))
    .join('\n');
}

beforeAll(() => buildClient(), 120_000);

test('every part of Mantine that the pages use has its styles, although only those are loaded', () => {
  const known = new Set(readFileSync(whole, 'utf8').match(/\bm_[0-9a-f]{6,8}\b/g));
  const styled = new Set(built('.css').match(/\bm_[0-9a-f]{6,8}\b/g));
  const used = new Set(built('.js').match(/\bm_[0-9a-f]{6,8}\b/g));
  const bare = [...used].filter((name) => known.has(name) && !styled.has(name));
  expect(used.size).toBeGreaterThan(50);
  expect(bare).toEqual([]);
});
