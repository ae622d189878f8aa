import type { CellId, PersonId } from '@diemcau/shared/ids.ts';
import type { CellEntry } from '../directory/cells.ts';
import type { DirectoryDatabase } from '../directory/database.ts';
import { person } from '../directory/people.ts';
import { cellsOfSuperior, isSuperior, isSuperiorOf, superiorAmong } from '../directory/rights.ts';
import { onRightsChange } from '../directory/rights-changes.ts';
import type { SuperiorLookup } from './admission.ts';

/** What the walls ask of the directory, beside who is a superior of one cell. */
export interface SuperiorDirectory extends SuperiorLookup {
  /** As whom the person is announced; null for who is a superior of nothing now. */
  announced(person: PersonId): Promise<{ readonly name: string; readonly office: string } | null>;
  /** Which of these cells the person is a superior of now. */
  among(person: PersonId, cells: readonly CellId[]): Promise<ReadonlySet<CellId>>;
  /** Every cell that the person is a superior of now. */
  cellsOf(person: PersonId): Promise<readonly CellEntry[]>;
  /** Told at once when rights have changed: whose, or null for anybody's. @returns a function that stops telling. */
  onChange(listener: (person: PersonId | null) => void): () => void;
}

/** Asks the directory each time: an assignment that ended opens no door any more. */
export function superiorsIn(db: DirectoryDatabase): SuperiorDirectory {
  return {
    superiorOf: async (personId, cellId) => {
      if (!(await isSuperiorOf(db, personId, cellId))) return null;
      const found = await person(db, personId);
      return found ? { name: found.name, office: found.title } : null;
    },
    announced: async (personId) => {
      if (!(await isSuperior(db, personId))) return null;
      const found = await person(db, personId);
      return found ? { name: found.name, office: found.title } : null;
    },
    among: (personId, cellIds) => superiorAmong(db, personId, cellIds),
    cellsOf: (personId) => cellsOfSuperior(db, personId),
    onChange: (listener) => onRightsChange(db, listener),
  };
}
