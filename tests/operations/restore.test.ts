import { chownSync, cpSync, existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import { backupsIn } from '../../scripts/operations/backup-folder.ts';
import type { LogFigures } from '../../scripts/operations/manifest.ts';
import { finishRestore } from '../../server/src/backup/pending-restore.ts';
import { lockFolder } from '../../server/src/data-lock.ts';
import { operate } from './support/command.ts';
import { logIn, ownFolder, within } from './support/folders.ts';
import { addEvents, sampleData } from './support/sample-data.ts';

let backups: string;
let before: LogFigures;
/** What the folder holds when it is to be replaced: the same installation, some events later, with other secrets. */
let present: string;
let later: LogFigures;

const secretsIn = (dataDir: string) => readFileSync(join(dataDir, 'secrets.json'), 'utf8');

beforeAll(async () => {
  const folder = ownFolder();
  backups = within(folder, 'backups');
  const original = within(folder, 'original');
  await sampleData(original, 30);
  expect((await operate('backup', [backups], { DATA_DIR: original })).code).toBe(0);
  before = await logIn(original);
  present = within(folder, 'present');
  await sampleData(present, 50);
  later = await logIn(present);
});

/** A copy of what is to be replaced. */
function presentData(): string {
  const dataDir = within(ownFolder(), 'data');
  cpSync(present, dataDir, { recursive: true });
  return dataDir;
}

const restore = (dataDir: string, args: readonly string[] = [], env: Record<string, string> = {}) =>
  operate('restore', [backups, ...args], { DATA_DIR: dataDir, ...env });

describe('npm run restore', () => {
  test('OPS6 fills an empty folder with what was backed up', async () => {
    const dataDir = ownFolder();
    const { code, output } = await restore(dataDir);
    expect([code, output]).toEqual([0, expect.stringMatching(/2 meetings, 60 events/)]);
    expect(await logIn(dataDir)).toEqual(before);
    const [backup] = backupsIn(backups);
    expect(secretsIn(dataDir)).toBe(secretsIn(backup?.path ?? ''));
  });

  test('OPS6 replaces nothing unasked; asked, it keeps what was there', async () => {
    const dataDir = presentData();
    const refused = await restore(dataDir);
    expect([refused.code, refused.output]).toEqual([1, expect.stringMatching(/--replace/)]);
    expect(await logIn(dataDir)).toEqual(later);
    const { code, output } = await restore(dataDir, ['--replace']);
    expect(code).toBe(0);
    expect(await logIn(dataDir)).toEqual(before);
    const aside = /kept as: (\S+)/.exec(output)?.[1] ?? '';
    expect(await logIn(aside)).toEqual(later);
    expect(secretsIn(aside)).toBe(secretsIn(present));
  });

  test('OPS6 does nothing while a process works on the folder', async () => {
    const dataDir = presentData();
    const release = await lockFolder(dataDir, () => undefined);
    try {
      const { code, output } = await restore(dataDir, ['--replace']);
      expect([code, output]).toEqual([1, expect.stringMatching(/Another process is using/)]);
      expect(output).not.toContain('at lockFolder');
    } finally {
      await release();
    }
    expect(await logIn(dataDir)).toEqual(later);
  });

  test('OPS7 cut short at any step is wholly done or wholly undone by the next start, and can be given again', async () => {
    const stepsFile = join(ownFolder(), 'steps');
    await restore(presentData(), ['--replace'], { STEPS_FILE: stepsFile });
    const steps = Number(readFileSync(stepsFile, 'utf8'));
    expect(steps).toBeGreaterThan(15);
    const outcomes = new Set<string>();
    for (let step = 1; step <= steps; step += 1) {
      const dataDir = presentData();
      const { signal } = await restore(dataDir, ['--replace'], { DIE_AT: String(step) });
      expect([step, signal]).toEqual([step, 'SIGKILL']);
      // What the server does first when it starts.
      const release = await lockFolder(dataDir, () => undefined);
      finishRestore(dataDir);
      await release();
      const walLeft = existsSync(join(dataDir, 'events.sqlite-wal'));
      const done = (await logIn(dataDir)).heads === before.heads;
      if (done) expect([step, walLeft]).toEqual([step, false]);
      outcomes.add(done ? 'done' : 'undone');
      const [backup] = backupsIn(backups);
      expect([step, await logIn(dataDir)]).toEqual([step, done ? before : later]);
      expect([step, secretsIn(dataDir)]).toEqual([step, secretsIn(done ? (backup?.path ?? '') : present)]);
      if (step % 5 === 0) {
        expect((await restore(dataDir, ['--replace'])).code).toBe(0);
        expect(await logIn(dataDir)).toEqual(before);
      }
    }
    expect([...outcomes].sort()).toEqual(['done', 'undone']);
  }, 300_000);

  test('OPS7 leaves a write-ahead log of before with the data of before', async () => {
    const dataDir = presentData();
    const wal = join(dataDir, 'events.sqlite-wal');
    // As a killed server leaves it: events that stand in the write-ahead log alone.
    const { SqliteDatabase } = await import('../../server/src/meeting/log/sqlite-database.ts');
    const open = new SqliteDatabase({ path: join(dataDir, 'events.sqlite'), maxBytes: null });
    open.raiseEpoch('buoi-c');
    const killed = within(ownFolder(), 'data');
    cpSync(dataDir, killed, { recursive: true });
    open.close();
    expect(existsSync(wal)).toBe(false);
    expect(existsSync(join(killed, 'events.sqlite-wal'))).toBe(true);
    const { code, output } = await restore(killed, ['--replace']);
    expect(code).toBe(0);
    expect(await logIn(killed)).toEqual(before);
    const aside = /kept as: (\S+)/.exec(output)?.[1] ?? '';
    expect((await logIn(aside)).meetings).toBe(3);
  });

  test.skipIf(process.getuid?.() !== 0)(
    'OPS6 what root backs up and restores stays readable by the server’s own user',
    async () => {
      const dataDir = presentData();
      const uid = 12_345;
      for (const name of ['', ...readdirSync(dataDir)]) chownSync(join(dataDir, name), uid, uid);
      await operate('backup', [within(ownFolder(), 'backups')], { DATA_DIR: dataDir });
      expect((await restore(dataDir, ['--replace'])).code).toBe(0);
      const owners = readdirSync(dataDir, { recursive: true, encoding: 'utf8' }).map((name) => [
        name,
        statSync(join(dataDir, name)).uid,
      ]);
      expect(owners.filter(([, owner]) => owner !== uid)).toEqual([]);
      expect(owners.map(([name]) => name)).toContain('last-backup.json');
    },
  );

  test('OPS6 what was restored goes on, and can be backed up again', async () => {
    const dataDir = ownFolder();
    await restore(dataDir);
    await addEvents(dataDir, 5);
    const again = within(ownFolder(), 'again');
    expect((await operate('backup', [again], { DATA_DIR: dataDir })).code).toBe(0);
    expect(backupsIn(again)[0]?.manifest.log.events).toBe(70);
  });
});
