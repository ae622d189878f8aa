import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { Seeded } from './seeded.ts';
import { shimLibrary } from './shim/build.ts';
import { Control } from './shim/control.ts';
import { Disk, orders } from './shim/disk.ts';
import { writeFolder } from './shim/folder.ts';
import { readJournal } from './shim/journal.ts';

const library = shimLibrary();
/** More commits than the write-ahead log holds pages, so that it is brought in and begun anew on the way. */
const commits = 600;

describe.skipIf(library === null)('a power cut', () => {
  let folder: string;
  let data: string;
  let control: Control;

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'diemcau-power-'));
    data = join(folder, 'data');
    mkdirSync(data);
    control = new Control(join(folder, 'control'));
  });

  afterEach(() => {
    control.close();
    rmSync(folder, { recursive: true });
  });

  /** Runs a program under the shim. @returns the lines that it printed. */
  function run(program: string): string[] {
    const file = join(folder, 'program.mjs');
    writeFileSync(file, program);
    const { stdout, status, stderr } = spawnSync(process.execPath, [file], {
      encoding: 'utf8',
      env: {
        LD_PRELOAD: library ?? '',
        CHAOS_FOLDER: data,
        CHAOS_CONTROL: control.path,
        CHAOS_JOURNAL: join(folder, 'journal'),
      },
    });
    if (status !== 0) throw new Error(stderr);
    return stdout.split('\n').filter((line) => line !== '');
  }

  /** @returns how many of many cuts had lost a commit that had been said to be done. */
  function losses(synchronous: 'OFF' | 'FULL'): number {
    const done = run(`
      import { DatabaseSync } from 'node:sqlite';
      const database = new DatabaseSync(${JSON.stringify(join(data, 'a.sqlite'))});
      database.exec('PRAGMA journal_mode = WAL; PRAGMA synchronous = ${synchronous}; CREATE TABLE t (n INTEGER, filling TEXT)');
      const insert = database.prepare('INSERT INTO t VALUES (?, ?)');
      for (let n = 1; n <= ${commits}; n += 1) {
        insert.run(n, 'x'.repeat(9_000));
        console.log(String(process.hrtime.bigint()));
      }
    `).map(Number);
    const chance = new Seeded(`power ${synchronous}`);
    const changes = readJournal(join(folder, 'journal'));
    const moments = Array.from({ length: 60 }, () => chance.between(0, changes.length)).sort((a, b) => a - b);
    const disk = new Disk();
    let [taken, lost] = [0, 0];
    for (const moment of moments) {
      for (const change of changes.slice(taken, moment)) disk.take(change);
      taken = Math.max(taken, moment);
      const promised = done.filter((at) => at <= (changes[moment]?.at ?? 0)).length;
      const place = join(folder, 'left');
      writeFolder(disk.withoutPower(chance.pick(orders), chance), data, place);
      if (kept(join(place, 'a.sqlite')) < promised) lost += 1;
    }
    return lost;
  }

  function kept(path: string): number {
    const database = new DatabaseSync(path);
    try {
      return Number(database.prepare('SELECT count(*) AS number FROM t').get()?.number);
    } catch {
      // No table, or a file that is damaged: nothing is left.
      return 0;
    } finally {
      database.close();
    }
  }

  test('DUR1 takes nothing from a database that syncs, at whatever moment and in whatever order', () => {
    expect(losses('FULL')).toBe(0);
  });

  test('takes from one that does not: the shim would see it', () => {
    expect(losses('OFF')).toBeGreaterThan(0);
  });

  test('leaves a file that was renamed unsynced under its old name, or empty', () => {
    run(`
      import { writeFileSync, renameSync } from 'node:fs';
      writeFileSync(${JSON.stringify(join(data, 'draft'))}, 'whole');
      renameSync(${JSON.stringify(join(data, 'draft'))}, ${JSON.stringify(join(data, 'file'))});
    `);
    const disk = new Disk();
    for (const change of readJournal(join(folder, 'journal'))) disk.take(change);
    const left = (order: (typeof orders)[number]) =>
      [...disk.withoutPower(order, new Seeded(order))].map(([path, content]) => [path, content.toString()]);
    expect(left('nothing')).toEqual([]);
    expect(left('everything')).toEqual([[join(data, 'file'), 'whole']]);
  });

  test('the shim moves the clock, and fills the disk for files that would grow', () => {
    control.setClockAhead(3_600_000);
    const before = Date.now();
    const [now] = run('console.log(Date.now())');
    expect(Number(now) - before).toBeGreaterThanOrEqual(3_600_000);
    control.setDisk('full');
    const [refused] = run(`
      import { writeFileSync } from 'node:fs';
      try { writeFileSync(${JSON.stringify(join(data, 'x'))}, 'x'); } catch (error) { console.log(error.code); }
    `);
    expect(refused).toBe('ENOSPC');
  });
});
