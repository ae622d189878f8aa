import { defineConfig } from 'vitest/config';
import { workerPath } from './scripts/worker-path.mjs';

/** Time one test may take, in ms: pure rules are quick, real sockets, workers and killed servers are not. */
const timeouts = {
  domain: 60_000,
  contract: 60_000,
  server: 120_000,
  media: 60_000,
  load: 120_000,
  chaos: 120_000,
  operations: 120_000,
};

const worker = workerPath();

/** Server tests that are run a second time, on PostgreSQL: whatever reads or writes the directory through its doors. */
const onPostgres = [
  'directory',
  'auth',
  'http-door',
  'http-import',
  'http-rights',
  'demo-province',
  'crash',
  'oversight-demo',
  'oversight-observations',
  'oversight-rights',
  'oversight-visits',
];

export default defineConfig({
  test: {
    maxWorkers: 2,
    env: worker === undefined ? {} : { MEDIASOUP_WORKER_BIN: worker },
    projects: [
      ...Object.entries(timeouts).map(([name, testTimeout]) => ({
        extends: true as const,
        test: {
          name,
          include: [`tests/${name}/**/*.test.ts`, `tests/${name}/**/*.test.tsx`],
          environment: 'node',
          testTimeout,
          hookTimeout: testTimeout,
          // Files of these folders use ports, workers and the whole machine: one after another.
          fileParallelism: name === 'domain' || name === 'contract' || name === 'server',
        },
      })),
      {
        extends: true,
        test: {
          name: 'postgres',
          include: onPostgres.map((name) => `tests/server/${name}.test.ts`),
          environment: 'node',
          env: { TEST_STORAGE: 'postgres' },
          globalSetup: 'tests/support/postgres-setup.ts',
          setupFiles: 'tests/support/postgres-skip.ts',
          testTimeout: timeouts.server,
          hookTimeout: timeouts.server,
        },
      },
    ],
  },
});
