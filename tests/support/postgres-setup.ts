import type { TestProject } from 'vitest/node';
import { postgresServer, removeDatabases } from './postgres.ts';

/** Databases that the tests of this run made go with it. */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const run = `r${process.pid}${Date.now().toString(36)}`;
  const there = (await postgresServer()) === 'there';
  project.provide('postgres', there ? 'there' : 'away');
  process.env.TEST_DATABASE_RUN = run;
  return async () => {
    if (there) await removeDatabases(run);
  };
}

declare module 'vitest' {
  interface ProvidedContext {
    postgres: 'there' | 'away';
  }
}
