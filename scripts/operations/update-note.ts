import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { writeDurably } from '../../server/src/backup/durable.ts';
import type { Installation } from './installation.ts';

/** How far an update has come. Each is written before what it names begins, so that it can be done again after a power cut. */
export const updateNote = z.object({
  stage: z.enum([
    /** The new version lies beside the old one; the server is being stopped and backed up. */
    'stopping',
    /** The backup is whole; the new version is being put in use and started. */
    'switching',
    /** The new version answers. */
    'done',
    /** The old version, and where needed the old data, are being put back. */
    'takingBack',
    /** They are. */
    'takenBack',
  ]),
  from: z.string(),
  to: z.string(),
  /** The backup made after the stop; null before. */
  backup: z.string().nullable(),
  /** Whether taking back puts the data of the backup back too; decided once, while the new data can still be looked at. */
  data: z.enum(['undecided', 'stays', 'goesBack', 'wentBack']),
});
export type UpdateNote = z.infer<typeof updateNote>;

const path = ({ prefix }: Installation) => join(prefix, 'update.json');

/** @returns how far the last update of an installation has come; null before the first. */
export function readUpdateNote(made: Installation): UpdateNote | null {
  return existsSync(path(made)) ? updateNote.parse(JSON.parse(readFileSync(path(made), 'utf8'))) : null;
}

/** Notes how far it has come, durably. @returns the note. */
export function writeUpdateNote(made: Installation, note: UpdateNote): UpdateNote {
  writeDurably(path(made), `${JSON.stringify(note, null, 2)}\n`, 0o644);
  return note;
}
