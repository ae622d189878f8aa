import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { z } from 'zod';
import { writeDurably } from '../../server/src/backup/durable.ts';

/** An installation as a service of the system: one folder for each version, and a link to the one in use. */
export const installation = z.object({
  /** Folder that holds `versions/` and the link `current`. */
  prefix: z.string(),
  dataDir: z.string(),
  /** Variables of the server, secrets among them. */
  environmentFile: z.string(),
  /** Where units of systemd are kept. */
  unitFolder: z.string(),
  /** Who the server runs as. */
  user: z.string(),
  /** Each night's backup; null where none was asked for. */
  backup: z.object({ folder: z.string(), keepDays: z.number().int().positive(), at: z.string() }).nullable(),
});
export type Installation = z.infer<typeof installation>;

const noteName = 'installation.json';

/** Where versions lie, each in a folder of its own. */
export function versionsFolder({ prefix }: Pick<Installation, 'prefix'>): string {
  return join(prefix, 'versions');
}

/** The link to the version in use. */
export function currentLink({ prefix }: Pick<Installation, 'prefix'>): string {
  return join(prefix, 'current');
}

/** @returns the installation that a version's folder belongs to; null for a checkout of its own. */
export function findInstallation(root: string): Installation | null {
  return readInstallation(dirname(dirname(root)));
}

/** @returns the installation in a folder; null where there is none. */
export function readInstallation(prefix: string): Installation | null {
  const note = join(prefix, noteName);
  return existsSync(note) ? installation.parse(JSON.parse(readFileSync(note, 'utf8'))) : null;
}

/** Notes where everything of an installation is. */
export function noteInstallation(made: Installation): void {
  writeDurably(join(made.prefix, noteName), `${JSON.stringify(made, null, 2)}\n`, 0o644);
}
