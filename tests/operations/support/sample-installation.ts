import { chmodSync, cpSync, mkdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { root } from '../../../scripts/worker-path.mjs';
import { freePort } from '../../support/product.ts';
import { type Ended, operate } from './command.ts';
import { ownFolder, within } from './folders.ts';

const standIn = fileURLToPath(new URL('./', import.meta.url));

/** What a sample version has of its own. */
export interface SampleKind {
  /** `migrates`: it adds a table to the directory. `broken`: its server ends at once. */
  readonly kind: 'plain' | 'migrates' | 'broken' | 'migratesAndBreaks';
  readonly version: string;
}

/** Makes a folder that is a version of the product: the real server, with this checkout's packages and a set-up that has nothing to do. */
export function sampleVersion({ kind, version }: SampleKind): string {
  const folder = within(ownFolder(), `diemcau-${version}`);
  for (const name of ['server', 'shared']) {
    cpSync(join(root, name), join(folder, name), {
      recursive: true,
      filter: (path) => !path.includes('node_modules'),
    });
  }
  mkdirSync(join(folder, 'scripts'));
  writeFileSync(join(folder, 'scripts', 'setup.mjs'), '');
  writeFileSync(join(folder, 'package.json'), JSON.stringify({ name: 'diemcau', type: 'module', version }));
  writeFileSync(join(folder, 'package-lock.json'), '{}');
  symlinkSync(join(root, 'node_modules'), join(folder, 'node_modules'));
  const migrations = join(folder, 'server', 'src', 'directory', 'migrations.ts');
  if (kind.startsWith('migrates')) {
    const source = readFileSync(migrations, 'utf8');
    const added = source.replace(
      'export const migrations: Record<string, Migration> = {',
      `$&\n  '999-sample': { up: (db) => db.schema.createTable('sample').addColumn('id', 'text').execute() },`,
    );
    if (added === source) throw new Error('no migrations to add to');
    writeFileSync(migrations, added);
  }
  const main = join(folder, 'server', 'src', 'main.ts');
  if (kind === 'broken') writeFileSync(main, 'process.exit(1);\n');
  if (kind === 'migratesAndBreaks') {
    const source = readFileSync(main, 'utf8').replace(
      'await app.http.listen',
      'process.exit(1); await app.http.listen',
    );
    writeFileSync(main, source);
  }
  return folder;
}

/** An installation in folders of its own, with a stand-in for systemd. */
export interface SampleInstallation {
  readonly prefix: string;
  readonly dataDir: string;
  readonly units: string;
  readonly url: string;
  /** Runs a command of this checkout on it. */
  run(
    script: 'update' | 'install-service',
    args: readonly string[],
    env?: Record<string, string>,
  ): Promise<Ended>;
  /** Gives an order to the stand-in. */
  readonly env: Readonly<Record<string, string>>;
}

/** Where one is to be, with a port of its own; nothing is installed yet. */
export async function sampleInstallation(): Promise<SampleInstallation> {
  const folder = ownFolder();
  chmodSync(folder, 0o755);
  const [prefix, dataDir, units] = [join(folder, 'program'), join(folder, 'data'), within(folder, 'units')];
  const environmentFile = join(folder, 'diemcau.env');
  const [port, mediaPort] = [await freePort(), await freePort()];
  writeFileSync(
    environmentFile,
    `PORT=${port}\nMEDIA_PORT_MIN=${mediaPort}\nMEDIA_WORKERS=1\nLOG_LEVEL=warn\n`,
  );
  const programs = within(folder, 'programs');
  cpSync(join(standIn, 'systemctl'), join(programs, 'systemctl'));
  const env = {
    PATH: `${programs}:${dirname(process.execPath)}:${process.env.PATH}`,
    UNITS: units,
  };
  const place = ['--prefix', prefix, '--data', dataDir, '--units', units];
  return {
    prefix,
    dataDir,
    units,
    env,
    url: `http://127.0.0.1:${port}`,
    run: (script, args, more = {}) =>
      operate(
        script,
        script === 'update'
          ? [...args, '--prefix', prefix]
          : [...args, ...place, '--environment', environmentFile, '--user', 'root'],
        { ...env, ...more },
      ),
  };
}
