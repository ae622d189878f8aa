import { execFileSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { migrationsOf } from '../../scripts/operations/sqlite-copy.ts';
import { currentVersion } from '../../scripts/operations/versions.ts';
import { logIn, ownFolder } from './support/folders.ts';
import { addEvents } from './support/sample-data.ts';
import { type SampleInstallation, sampleInstallation, sampleVersion } from './support/sample-installation.ts';

const asRoot = process.getuid?.() === 0;
if (!asRoot) {
  if (process.env.CI === 'true') throw new Error('tests on a machine for tests run as root');
  console.warn('Skipped: a service is installed as root only.');
}

let place: SampleInstallation;

const version = () => currentVersion(place)?.split('-')[0];
const isReady = async () => (await fetch(`${place.url}/readyz`).catch(() => null))?.ok === true;
const order = (...words: string[]) =>
  execFileSync(join(dirname(place.units), 'programs', 'systemctl'), words, {
    env: { ...process.env, ...place.env },
  });
const events = async () => (await logIn(place.dataDir)).events;
const migrated = () => migrationsOf(join(place.dataDir, 'directory.sqlite')).includes('999-sample');

describe.skipIf(!asRoot)('a service that is installed, updated and taken back', () => {
  beforeAll(async () => {
    place = await sampleInstallation();
    const source = sampleVersion({ kind: 'plain', version: '1.0.0' });
    const installed = await place.run('install-service', ['--from', source, '--backup', ownFolder()]);
    expect([installed.code, installed.output]).toEqual([0, expect.stringMatching(/The service runs/)]);
  });
  afterAll(() => {
    // It is gone where all went well.
    if (place && existsSync(join(place.units, 'diemcau.service'))) order('stop', 'diemcau.service');
  });

  test('OPS8 runs from a version of its own, with units that stand systemd’s check, and survives being installed again', async () => {
    expect(version()).toBe('1.0.0');
    expect(await isReady()).toBe(true);
    expect(readdirSync(place.units).sort()).toEqual([
      'diemcau-backup.service',
      'diemcau-backup.timer',
      'diemcau.service',
      'state',
    ]);
    expect(readFileSync(join(place.units, 'state', 'orders'), 'utf8')).toMatch(
      /enable --now diemcau-backup\.timer/,
    );
    const homely = await place.run('install-service', ['--backup', '/home/backups']);
    expect([homely.code, homely.output]).toEqual([1, expect.stringMatching(/own folders/)]);
    const again = await place.run('install-service', []);
    expect(again.code).toBe(0);
    expect(version()).toBe('1.0.0');
    expect(await isReady()).toBe(true);
  });

  test('OPS9 an update that changed no tables is taken back with all that has come since', async () => {
    await addEvents(place.dataDir, 3);
    const source = sampleVersion({ kind: 'plain', version: '1.1.0' });
    const updated = await place.run('update', [source]);
    expect([updated.code, updated.output]).toEqual([0, expect.stringMatching(/Updated/)]);
    expect([version(), await isReady()]).toEqual(['1.1.0', true]);
    await addEvents(place.dataDir, 2);
    const back = await place.run('update', ['--back']);
    expect([back.code, back.output]).toEqual([0, expect.stringMatching(/The data stays/)]);
    expect([version(), await isReady(), await events()]).toEqual(['1.0.0', true, 10]);
    expect((await place.run('update', ['--back'])).output).toMatch(/no update to take back/);
  });

  test('OPS9 one that changed tables takes the data back too, new events only when told so, and keeps them aside', async () => {
    const packed = join(ownFolder(), 'next.tar.gz');
    const source = sampleVersion({ kind: 'migrates', version: '1.2.0' });
    execFileSync('tar', ['-czf', packed, '-C', dirname(source), 'diemcau-1.2.0']);
    expect((await place.run('update', [packed])).code).toBe(0);
    expect([version(), await isReady(), migrated()]).toEqual(['1.2.0', true, true]);
    await addEvents(place.dataDir, 1);
    const refused = await place.run('update', ['--back']);
    expect([refused.code, refused.output]).toEqual([1, expect.stringMatching(/2 events have come/)]);
    expect([version(), await isReady(), await events()]).toEqual(['1.2.0', true, 12]);
    const back = await place.run('update', ['--back', '--set-aside']);
    expect([back.code, back.output]).toEqual([0, expect.any(String)]);
    expect([version(), await isReady(), await events(), migrated()]).toEqual(['1.0.0', true, 10, false]);
    const aside = readdirSync(place.dataDir).find((name) => name.startsWith('before-restore-')) ?? '';
    expect((await logIn(join(place.dataDir, aside))).events).toBe(12);
  });

  test.each(['broken', 'migratesAndBreaks'] as const)(
    'OPS9 a version that does not answer (%s) is taken back by itself',
    async (kind) => {
      const before = await logIn(place.dataDir);
      const source = sampleVersion({ kind, version: '1.3.0' });
      const { code, output } = await place.run('update', [source, '--wait', '5']);
      expect([code, output]).toEqual([1, expect.stringMatching(/does not answer/)]);
      expect([version(), await isReady(), migrated()]).toEqual(['1.0.0', true, false]);
      expect(await logIn(place.dataDir)).toEqual(before);
    },
  );

  test('OPS9 what is no version, and an address that is none, change nothing', async () => {
    for (const source of [ownFolder(), 'nowhere']) {
      expect((await place.run('update', [source])).code).toBe(1);
    }
    expect([version(), await isReady()]).toEqual(['1.0.0', true]);
  });

  test('OPS10 a power cut at any step of an update leaves a server that starts, and the update is given again', async () => {
    const before = await logIn(place.dataDir);
    const stepsFile = join(ownFolder(), 'steps');
    const source = sampleVersion({ kind: 'migrates', version: '2.0.0' });
    expect((await place.run('update', [source], { STEPS_FILE: stepsFile })).code).toBe(0);
    expect((await place.run('update', ['--back'], { STEPS_FILE: '' })).code).toBe(0);
    const steps = Number(readFileSync(stepsFile, 'utf8'));
    expect(steps).toBeGreaterThan(20);
    const cuts = Array.from({ length: 5 }, (_, index) => Math.ceil(((index + 1) * steps) / 5));
    for (const cut of cuts) {
      const { signal, code } = await place.run('update', [source], { DIE_AT: String(cut) });
      // Some steps clear up after earlier runs: the last cut may come when all is done.
      expect([cut, signal ?? code]).toEqual([cut, cut === steps ? expect.anything() : 'SIGKILL']);
      // The power comes back: systemd starts what is in use.
      order('restart', 'diemcau.service');
      await expect.poll(isReady, { timeout: 30_000 }).toBe(true);
      const resumed = await place.run('update', []);
      expect([cut, [0, 2].includes(resumed.code ?? -1)]).toEqual([cut, true]);
      if (version() === '1.0.0') expect([cut, (await place.run('update', [source])).code]).toEqual([cut, 0]);
      expect([cut, version(), await isReady(), migrated()]).toEqual([cut, '2.0.0', true, true]);
      expect([cut, await logIn(place.dataDir)]).toEqual([cut, before]);
      expect([cut, (await place.run('update', ['--back'])).code]).toEqual([cut, 0]);
      expect([cut, version(), await isReady(), migrated()]).toEqual([cut, '1.0.0', true, false]);
    }
  }, 400_000);

  test('OPS10 a power cut at any step of taking back is finished by giving the update again', async () => {
    const before = await logIn(place.dataDir);
    const stepsFile = join(ownFolder(), 'steps');
    const source = sampleVersion({ kind: 'migrates', version: '3.0.0' });
    await place.run('update', [source]);
    expect((await place.run('update', ['--back'], { STEPS_FILE: stepsFile })).code).toBe(0);
    const steps = Number(readFileSync(stepsFile, 'utf8'));
    const cuts = Array.from({ length: 5 }, (_, index) => Math.ceil(((index + 1) * steps) / 5));
    for (const cut of cuts) {
      expect((await place.run('update', [source])).code).toBe(0);
      const { signal, code } = await place.run('update', ['--back'], { DIE_AT: String(cut) });
      expect([cut, signal ?? code]).toEqual([cut, cut === steps ? expect.anything() : 'SIGKILL']);
      order('restart', 'diemcau.service');
      const resumed = await place.run('update', []);
      if (version() === '3.0.0')
        expect([cut, (await place.run('update', ['--back'])).code]).toEqual([cut, 0]);
      await expect.poll(isReady, { timeout: 30_000 }).toBe(true);
      expect([cut, resumed.output, version(), await isReady(), migrated()]).toEqual([
        cut,
        resumed.output,
        '1.0.0',
        true,
        false,
      ]);
      expect([cut, await logIn(place.dataDir)]).toEqual([cut, before]);
    }
  }, 400_000);

  test('OPS8 removed, it leaves data and settings', async () => {
    const before = await logIn(place.dataDir);
    expect((await place.run('install-service', ['--uninstall'])).code).toBe(0);
    expect(await isReady()).toBe(false);
    expect(existsSync(place.prefix)).toBe(false);
    expect(readdirSync(place.units)).toEqual(['state']);
    expect(await logIn(place.dataDir)).toEqual(before);
    expect(existsSync(join(dirname(place.prefix), 'diemcau.env'))).toBe(true);
  });
});
