import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { backupsIn, removeOld } from '../../scripts/operations/backup-folder.ts';
import { fingerprint, manifestName } from '../../scripts/operations/manifest.ts';
import { lastBackupAt } from '../../server/src/backup/last-backup.ts';
import { operate } from './support/command.ts';
import { listed, logIn, ownFolder, within } from './support/folders.ts';
import { sampleData } from './support/sample-data.ts';

let dataDir: string;

beforeAll(async () => {
  dataDir = within(ownFolder(), 'data');
  await sampleData(dataDir, 40);
});

const backUp = (folder: string, args: readonly string[] = [], env: Record<string, string> = {}) =>
  operate('backup', [folder, ...args], { DATA_DIR: dataDir, ...env });

describe('npm run backup', () => {
  test('OPS1 copies both databases and the secrets, checks them, and says when', async () => {
    const folder = ownFolder();
    const began = Date.now();
    const { code, output } = await backUp(folder);
    expect(output).toMatch(/80 sự kiện/);
    expect(output).toMatch(/80 events/);
    expect(code).toBe(0);
    const [backup] = backupsIn(folder);
    expect(backup?.manifest.log).toEqual(await logIn(dataDir));
    expect(backup?.manifest.files.map(({ name }) => name).sort()).toEqual([
      'directory.sqlite',
      'events.sqlite',
      'secrets.json',
    ]);
    expect(listed(folder).others).toEqual([]);
    expect(lastBackupAt(dataDir)).toBeGreaterThanOrEqual(began);
    expect((await operate('backup', ['--check', folder])).code).toBe(0);
  });

  test('OPS2 cut short at any step leaves the earlier backup whole, and the next run clears up', async () => {
    const folder = ownFolder();
    await backUp(folder);
    const [earlier] = listed(folder).backups;
    const stepsFile = join(ownFolder(), 'steps');
    const trial = ownFolder();
    await backUp(trial, [], { STEPS_FILE: stepsFile });
    const steps = Number(readFileSync(stepsFile, 'utf8'));
    expect(steps).toBeGreaterThan(10);
    for (let step = 1; step <= steps; step += 1) {
      const { signal } = await backUp(folder, [], { DIE_AT: String(step) });
      expect([step, signal]).toEqual([step, 'SIGKILL']);
      for (const { path } of backupsIn(folder)) {
        expect((await operate('backup', ['--check', path])).output).toMatch(/is whole/);
      }
      expect(listed(folder).backups[0]).toBe(earlier);
    }
    expect((await backUp(folder)).code).toBe(0);
    expect(listed(folder).others).toEqual([]);
  }, 300_000);

  test('OPS3 refuses a folder that is not there, and each night one that is not known', async () => {
    const folder = ownFolder();
    expect(await backUp(join(folder, 'usb'))).toMatchObject({ code: 1 });
    expect(existsSync(join(folder, 'usb'))).toBe(false);
    const unknown = await backUp(folder, ['--known']);
    expect(unknown).toMatchObject({ code: 1 });
    expect(unknown.output).toMatch(/plugged in/);
    expect((await backUp(folder)).code).toBe(0);
    expect((await backUp(folder, ['--known'])).code).toBe(0);
  });

  test('OPS4 removes what is older than asked, but never the newest three', async () => {
    const folder = ownFolder();
    for (let made = 0; made < 5; made += 1) await backUp(folder);
    const later = Date.now() + 30 * 86_400_000;
    expect(removeOld(folder, 31, later)).toBe(0);
    expect(removeOld(folder, 14, later)).toBe(2);
    expect(backupsIn(folder).map(({ manifest }) => manifest.number)).toEqual([3, 4, 5]);
  });

  test('OPS5 a copy that was changed afterwards is told apart', async () => {
    const folder = ownFolder();
    await backUp(folder);
    const [backup] = backupsIn(folder);
    if (!backup) throw new Error('no backup');
    const events = join(backup.path, 'events.sqlite');
    const database = new DatabaseSync(events);
    database.exec(`UPDATE events SET data = replace(data, 'sự kiện 7"', 'sự kiện 8"') WHERE seq = 7`);
    database.close();
    const changed = await operate('backup', ['--check', folder]);
    expect(changed).toMatchObject({ code: 1 });
    expect(changed.output).toMatch(/events\.sqlite is missing or has changed/);
    // Even where the fingerprint was made to fit.
    const manifest = {
      ...backup.manifest,
      files: backup.manifest.files.map((file) =>
        file.name === 'events.sqlite' ? { ...file, ...fingerprint(events) } : file,
      ),
    };
    writeFileSync(join(backup.path, manifestName), JSON.stringify(manifest));
    const forged = await operate('backup', ['--check', folder]);
    expect(forged).toMatchObject({ code: 1 });
    expect(forged.output).toMatch(/does not hold at event 7 \(data\)/);
    const refused = await operate('restore', [folder], { DATA_DIR: ownFolder() });
    expect(refused).toMatchObject({ code: 1 });
  });
});

describe('a full disk', () => {
  const asRoot = process.getuid?.() === 0;
  const small = asRoot ? ownFolder() : '';

  beforeAll(() => {
    if (!asRoot && process.env.CI === 'true') throw new Error('tests on a machine for tests run as root');
    if (!asRoot) console.warn('Skipped: only root can mount a small disk.');
  });
  afterAll(() => {
    if (asRoot) rmSync(small, { recursive: true, force: true });
  });

  const mounted = async (options: string, work: (folder: string) => Promise<void>) => {
    execFileSync('mount', ['-t', 'tmpfs', '-o', options, 'tmpfs', small]);
    try {
      await work(small);
    } finally {
      execFileSync('umount', [small]);
    }
  };

  test.skipIf(!asRoot)('OPS3 is refused before anything is written, and the old backup stays', async () => {
    await mounted('size=9m', async (folder) => {
      expect((await backUp(folder)).code).toBe(0);
      execFileSync('dd', ['if=/dev/zero', `of=${folder}/others`, 'bs=1M', 'count=5'], { stdio: 'ignore' });
      const { code, output } = await backUp(folder);
      expect([code, output]).toEqual([1, expect.stringMatching(/Not enough room/)]);
      expect((await operate('backup', ['--check', folder])).code).toBe(0);
    });
  });

  test.skipIf(!asRoot)(
    'OPS3 that fills in the middle leaves nothing behind, and the old backup whole',
    async () => {
      // Room enough, but names for one backup and a half.
      await mounted('size=64m,nr_inodes=11', async (folder) => {
        expect((await backUp(folder)).code).toBe(0);
        const before = listed(folder);
        const { code, output } = await backUp(folder);
        expect([code, output]).toEqual([1, expect.stringMatching(/The disk is full|full/)]);
        expect(listed(folder)).toEqual(before);
        expect((await operate('backup', ['--check', folder])).code).toBe(0);
      });
    },
  );
});
