/**
 * `npm start`: the server with the demonstration's defaults, in this process, so that a signal and the exit code are its own.
 * Flags become the variables that the server's configuration reads.
 */
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { environmentOf, helpText } from './start-flags.ts';
import { root, workerPath } from './worker-path.mjs';

const flags = environmentOf(process.argv.slice(2));

if ('fault' in flags) {
  console.error(`${flags.fault}\n\n${helpText}`);
  process.exit(2);
}
if (flags.help) {
  console.log(helpText);
  process.exit(0);
}

Object.assign(process.env, flags.variables);
const file = join(root, '.env');
// Variables that are already set keep their value.
if (existsSync(file)) process.loadEnvFile(file);
process.env.DEMO ??= '1';
const worker = workerPath();
if (worker !== undefined) process.env.MEDIASOUP_WORKER_BIN = worker;

await import('../server/src/main.ts');
