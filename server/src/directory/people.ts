import { asId, type PersonId } from '@diemcau/shared/ids.ts';
import { ok, type Result } from '@diemcau/shared/result.ts';
import type { DirectoryDatabase } from './database.ts';
import { rightsChanged } from './rights-changes.ts';
import { guarded, nameKey, tidyName, unguessable } from './shape.ts';

export interface Person {
  readonly id: PersonId;
  readonly name: string;
  readonly birthYear: number | null;
  readonly phone: string | null;
  /** Office outside a cell, as it is read out; empty for most. */
  readonly title: string;
}

/** Adds somebody who stands on no cell's roster: an administrator, a superior from elsewhere. */
export async function addPerson(
  db: DirectoryDatabase,
  person: Omit<Person, 'id'>,
  id: PersonId = asId<PersonId>(unguessable()),
): Promise<Result<PersonId>> {
  return guarded(async () => {
    await db
      .insertInto('people')
      .values({ id, ...person, name: tidyName(person.name), nameKey: nameKey(person.name) })
      .execute();
    return ok(id);
  });
}

export async function person(db: DirectoryDatabase, id: PersonId): Promise<Person | undefined> {
  return db
    .selectFrom('people')
    .where('id', '=', id)
    .select(['id', 'name', 'birthYear', 'phone', 'title'])
    .executeTakeFirst();
}

/** Sets the office by which a superior is announced. */
export async function setTitle(db: DirectoryDatabase, id: PersonId, title: string): Promise<void> {
  await db
    .updateTable('people')
    .set({ title: tidyName(title) })
    .where('id', '=', id)
    .execute();
  rightsChanged(db, id);
}
