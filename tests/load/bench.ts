import { readdirSync } from 'node:fs';
import type { BenchReport } from './report.ts';
import { print } from './report.ts';

/** `npm run bench -- NAME`: runs the benchmark `tests/load/NAME/bench.ts`, or names those that there are. */
const folder = new URL('./', import.meta.url);
const known = readdirSync(folder, { withFileTypes: true, recursive: false })
  .filter(
    (entry) => entry.isDirectory() && readdirSync(new URL(`${entry.name}/`, folder)).includes('bench.ts'),
  )
  .map((entry) => entry.name);

const name = process.argv[2];
if (name === undefined || !known.includes(name)) {
  console.error(`Which benchmark? npm run bench -- ${known.join(' | ')}`);
  process.exitCode = 2;
} else {
  const { run } = (await import(`./${name}/bench.ts`)) as { run: () => Promise<BenchReport> };
  print(await run());
}
