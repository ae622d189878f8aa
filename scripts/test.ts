/**
 * `npm test`: lint, types, then every test, and one closing line that counts them.
 * `npm test -- --only domain,contract [words of file names]` runs some parts alone: lint, types, e2e or a folder of tests.
 */
import { spawn } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import {
  type Counts,
  closingLine,
  countCheck,
  countPlaywright,
  countRunner,
  countVitest,
  type Ending,
  type Failure,
  failureLines,
  failuresOfPlaywright,
  failuresOfVitest,
  total,
} from './test-report.ts';
import { root, workerPath } from './worker-path.mjs';

/** Vitest's projects: the folders of tests, and the server's tests once more on PostgreSQL. */
const folders = ['domain', 'contract', 'server', 'postgres', 'media', 'load', 'chaos', 'operations'] as const;
const partNames = ['lint', 'types', ...folders, 'e2e'];

/** The longest a runner may take, in ms: one that hangs must not hold up the closing line. */
const limit = 65 * 60_000;

const results = join(root, 'test-results');
const programs = join(root, 'node_modules', '.bin');
const worker = workerPath();
const environment = { ...process.env, ...(worker === undefined ? {} : { MEDIASOUP_WORKER_BIN: worker }) };

const failures: Failure[] = [];

let stopping = false;
const started = Date.now();

function run(program: string, args: string[], env: Record<string, string> = {}): Promise<Ending> {
  if (stopping) return Promise.resolve({ exitCode: undefined });
  return new Promise((resolve) => {
    const child = spawn(join(programs, program), args, {
      cwd: root,
      stdio: 'inherit',
      env: { ...environment, ...env },
    });
    const stop = () => {
      stopping = true;
      child.kill('SIGTERM');
    };
    const timer = setTimeout(() => child.kill('SIGKILL'), limit);
    process.once('SIGINT', stop).once('SIGTERM', stop);
    const end = (exitCode: number | null | undefined) => {
      clearTimeout(timer);
      process.off('SIGINT', stop).off('SIGTERM', stop);
      resolve({ exitCode: exitCode ?? undefined });
    };
    child.once('error', (error) => {
      console.error(error.message);
      end(undefined);
    });
    child.once('close', end);
  });
}

function reportOf(path: string): unknown {
  if (!existsSync(path)) return undefined;
  try {
    return JSON.parse(readFileSync(path, 'utf8'));
  } catch {
    return undefined;
  }
}

async function part(title: string, work: () => Promise<Counts>): Promise<Counts> {
  const begun = Date.now();
  console.log(`\n=== ${title}`);
  const named = failures.length;
  const counts = await work();
  // Lint, types and a runner that crashed name no test: they are named by the part that failed.
  if (counts.failed > failures.length - named) failures.push({ name: title, reason: '' });
  console.log(`--- ${title}: ${closingLine(counts)}  (${((Date.now() - begun) / 1000).toFixed(1)} s)`);
  return counts;
}

function counted(
  ending: Ending,
  report: unknown,
  count: (report: unknown) => Counts,
  named: (report: unknown) => Failure[],
): Counts {
  if (report !== undefined) failures.push(...named(report));
  return countRunner(ending, report, count);
}

async function runAll(chosen: ReadonlySet<string>, words: string[]): Promise<Counts[]> {
  const counts: Counts[] = [];
  mkdirSync(results, { recursive: true });
  if (chosen.has('lint')) {
    counts.push(
      await part('lint', async () => {
        const style = await run('biome', ['check', '--error-on-warnings', '.']);
        const unused = await run('knip', ['--no-progress']);
        return countCheck(style.exitCode === 0 ? unused : style);
      }),
    );
  }
  if (chosen.has('types')) {
    counts.push(await part('types', async () => countCheck(await run('tsc', ['-b', '--noEmit']))));
  }
  const projects = folders.filter((folder) => chosen.has(folder));
  if (projects.length > 0) {
    const output = join(results, 'vitest.json');
    rmSync(output, { force: true });
    const select = projects.length === folders.length ? [] : projects.flatMap((name) => ['--project', name]);
    const reporters = ['--reporter=default', '--reporter=json', `--outputFile.json=${output}`];
    counts.push(
      await part(projects.join(', '), async () => {
        const ending = await run('vitest', ['run', ...select, ...reporters, ...words], { NODE_ENV: 'test' });
        return counted(ending, reportOf(output), countVitest, failuresOfVitest);
      }),
    );
  }
  if (chosen.has('e2e')) {
    const output = join(results, 'playwright.json');
    rmSync(output, { force: true });
    counts.push(
      await part('e2e', async () => {
        const ending = await run('playwright', ['test', '--reporter=list,json', ...words], {
          PLAYWRIGHT_JSON_OUTPUT_NAME: output,
        });
        return counted(ending, reportOf(output), countPlaywright, failuresOfPlaywright);
      }),
    );
  }
  return counts;
}

function chosenParts(args: string[]): { chosen: ReadonlySet<string>; words: string[] } {
  const words = [...args];
  const at = words.indexOf('--only');
  if (at < 0) return { chosen: new Set(partNames), words };
  const [, names = ''] = words.splice(at, 2);
  const chosen = new Set(names.split(','));
  const unknown = [...chosen].filter((name) => !partNames.includes(name));
  if (unknown.length > 0) {
    console.error(`--only ${unknown.join(',')}: known are ${partNames.join(', ')}`);
    process.exit(2);
  }
  return { chosen, words };
}

const { chosen, words } = chosenParts(process.argv.slice(2));
const sum = total(await runAll(chosen, words));
for (const line of ['', ...failureLines(failures)]) console.log(line);
console.log(`${((Date.now() - started) / 60_000).toFixed(1)} min`);
console.log(closingLine(sum));
process.exitCode = sum.failed > 0 || stopping ? 1 : 0;
