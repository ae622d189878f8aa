import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { chownSync, mkdtempSync, readdirSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { runSql } from '../../support/postgres.ts';
import { freePort } from '../../support/product.ts';
import { descendants } from '../faults/processes.ts';

/** A PostgreSQL server of a test's own, which may be stopped at once, held still and started again. */
export interface PrivatePostgres {
  readonly url: string;
  sql(text: string): Promise<unknown[]>;
  start(): Promise<void>;
  /** `immediate`: without writing anything more, as by a fault; `fast`: in order. */
  stop(mode: 'immediate' | 'fast'): void;
  /** SIGSTOP or SIGCONT to all of its processes. */
  signal(signal: 'SIGSTOP' | 'SIGCONT'): void;
  remove(): Promise<void>;
}

const debianFolder = '/usr/lib/postgresql';

/** @returns where PostgreSQL's own programs are; null where it is not installed. With CI=true it must be. */
export function postgresPrograms(): string | null {
  for (const folder of ['/usr/lib/postgresql', '/usr/local/lib/postgresql']) {
    const versions = listed(folder).sort((a, b) => Number(b) - Number(a));
    for (const version of versions) {
      const programs = join(folder, version, 'bin');
      if (listed(programs).includes('pg_ctl')) return programs;
    }
  }
  if (process.env.CI === 'true') throw new Error(`no PostgreSQL below ${debianFolder} to test with`);
  return null;
}

function listed(folder: string): string[] {
  try {
    return readdirSync(folder);
  } catch {
    return [];
  }
}

/** PostgreSQL does not run as root: then as the user that its package has made. */
function runner(): { readonly uid?: number; readonly gid?: number } {
  if (process.getuid?.() !== 0) return {};
  const idOf = (kind: '-u' | '-g') =>
    Number(spawnSync('id', [kind, 'postgres'], { encoding: 'utf8' }).stdout);
  return { uid: idOf('-u'), gid: idOf('-g') };
}

/** Makes a server's folder and starts it on a port of its own, with all that keeps data safe switched on. */
export async function privatePostgres(programs: string): Promise<PrivatePostgres> {
  const folder = mkdtempSync(join(tmpdir(), 'diemcau-postgres-'));
  const as = runner();
  if (as.uid !== undefined && as.gid !== undefined) chownSync(folder, as.uid, as.gid);
  const data = join(folder, 'data');
  const port = await freePort();
  const url = `postgres://postgres@127.0.0.1:${port}/postgres`;
  const run = (program: string, args: readonly string[]) => {
    const { status, stdout, stderr } = spawnSync(join(programs, program), args, {
      ...as,
      cwd: folder,
      encoding: 'utf8',
    });
    if (status !== 0) throw new Error(`${program}: ${stdout}${stderr}`);
  };
  run('initdb', ['-D', data, '-U', 'postgres', '-A', 'trust', '-E', 'UTF8', '--locale=C.UTF-8']);
  let server: ChildProcess | null = null;

  function all(): readonly number[] {
    const pid = server?.pid;
    return pid === undefined ? [] : [pid, ...descendants(pid).map((one) => one.pid)];
  }

  async function start(): Promise<void> {
    const options = ['-D', data, '-p', String(port), '-h', '127.0.0.1', '-k', folder];
    const started = spawn(join(programs, 'postgres'), options, { ...as, cwd: folder, stdio: 'ignore' });
    const reap = () => started.kill('SIGQUIT');
    process.once('exit', reap);
    started.once('exit', () => process.off('exit', reap));
    server = started;
    const deadline = Date.now() + 60_000;
    while (!(await answers(url))) {
      if (started.exitCode !== null || Date.now() > deadline) throw new Error('PostgreSQL did not start');
      await wait(50);
    }
  }

  await start();
  return {
    url,
    sql: (text) => runSql(url, text),
    start,
    stop: (mode) => run('pg_ctl', ['stop', '-D', data, '-m', mode, '-w']),
    signal: (signal) => {
      for (const pid of all()) process.kill(pid, signal);
    },
    remove: async () => {
      for (const pid of all()) process.kill(pid, 'SIGCONT');
      if (server?.exitCode === null && server.signalCode === null)
        run('pg_ctl', ['stop', '-D', data, '-m', 'fast', '-w']);
      await rm(folder, { recursive: true, force: true, maxRetries: 5 });
    },
  };
}

function answers(url: string): Promise<boolean> {
  return runSql(url, 'SELECT 1').then(
    () => true,
    () => false,
  );
}
