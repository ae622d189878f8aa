import { existsSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { type Config, readConfig } from '../../server/src/config.ts';
import { root } from '../worker-path.mjs';
import { findInstallation, type Installation, readInstallation } from './installation.ts';
import type { Original } from './make-backup.ts';
import { OperationRefused } from './say.ts';

/** What a command works on. */
export interface Context {
  /** Null in a checkout that is not installed as a service. */
  readonly installation: Installation | null;
  readonly original: Original;
  readonly config: Config;
}

/** npm runs scripts in the project's folder; names of files are meant from where the person stands. */
export function named(path: string): string {
  return resolve(process.env.INIT_CWD ?? '.', path);
}

/**
 * Reads the settings that the server is started with: the installation's, or `.env` of the checkout. What is set already wins.
 * @param given another folder of data than the settings name; an installation that this checkout does not belong to.
 */
export function readContext({
  dataDir,
  prefix,
}: {
  dataDir?: string | undefined;
  prefix?: string | undefined;
} = {}): Context {
  const installation = prefix === undefined ? findInstallation(root) : readInstallation(named(prefix));
  const environmentFile = installation?.environmentFile ?? join(root, '.env');
  const there = existsSync(environmentFile);
  if (there) process.loadEnvFile(environmentFile);
  if (dataDir !== undefined) process.env.DATA_DIR = named(dataDir);
  else if (installation) process.env.DATA_DIR ??= installation.dataDir;
  const config = readConfig(process.env);
  return {
    installation,
    config,
    original: {
      dataDir: config.dataDir,
      databaseUrl: config.databaseUrl,
      environmentFile: there ? environmentFile : null,
      product: productVersion(root),
    },
  };
}

/** @returns the version that a checkout's package.json names. */
export function productVersion(folder: string): string {
  const { version } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'));
  return String(version);
}

/** @throws OperationRefused when a whole number of at least one was meant and something else was given. */
export function wholeNumber(flag: string, text: string | undefined, standard: number): number {
  const value = Number(text ?? standard);
  if (Number.isInteger(value) && value >= 1) return value;
  throw new OperationRefused(
    `${flag} ${text}: cần một số nguyên từ 1.`,
    `${flag} ${text}: needs a whole number from 1.`,
  );
}
