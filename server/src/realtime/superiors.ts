import type { DirectoryDatabase } from '../directory/database.ts';
import { person } from '../directory/people.ts';
import { isSuperiorOf } from '../directory/rights.ts';
import type { SuperiorLookup } from './admission.ts';

/** Asks the directory each time: an assignment that ended opens no door any more. */
export function superiorsIn(db: DirectoryDatabase): SuperiorLookup {
  return {
    superiorOf: async (personId, cellId) => {
      if (!(await isSuperiorOf(db, personId, cellId))) return null;
      const found = await person(db, personId);
      return found ? { name: found.name, office: found.title } : null;
    },
  };
}
