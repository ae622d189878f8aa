import type { CellId, OrganizationId, PersonId } from '@diemcau/shared/ids.ts';
import type { Assignment, Visitor } from '@diemcau/shared/protocol/http.ts';
import { cellsOfOrganizations } from './cells.ts';
import type { DirectoryDatabase } from './database.ts';
import { pathUp, subtree } from './organizations.ts';
import { administeredRoots } from './rights.ts';
import { nameKey } from './shape.ts';

/** A part of the tree, by what lies in it. */
export interface Subtree {
  readonly organizations: ReadonlyMap<OrganizationId, string>;
  readonly cells: ReadonlyMap<CellId, string>;
}

/** What the person administers; null for who administers nothing. */
export async function administeredSubtree(
  db: DirectoryDatabase,
  personId: PersonId,
): Promise<Subtree | null> {
  const roots = await administeredRoots(db, personId);
  if (roots.length === 0) return null;
  const organizations = new Map((await subtree(db, roots)).map(({ id, name }) => [id, name]));
  const cells = await cellsOfOrganizations(db, [...organizations.keys()]);
  return { organizations, cells: new Map(cells.map(({ id, name }) => [id, name])) };
}

function assigned(db: DirectoryDatabase) {
  return db
    .selectFrom('superiorAssignments')
    .innerJoin('people', 'people.id', 'superiorAssignments.personId')
    .select([
      'people.id as personId',
      'people.name',
      'people.title as office',
      'people.birthYear',
      'superiorAssignments.cellId',
      'superiorAssignments.organizationId',
    ]);
}

/** The assignments that lie within the part, by the person's name. */
export async function assignmentsWithin(
  db: DirectoryDatabase,
  { organizations, cells }: Subtree,
): Promise<readonly Assignment[]> {
  const found = (await assigned(db).execute()).flatMap(
    ({ cellId, organizationId, ...person }): Assignment[] => {
      const cellName = cellId === null ? undefined : cells.get(cellId);
      if (cellId !== null && cellName !== undefined)
        return [{ person, subject: { kind: 'cell', cellId, name: cellName } }];
      const name = organizationId === null ? undefined : organizations.get(organizationId);
      if (organizationId === null || name === undefined) return [];
      return [{ person, subject: { kind: 'organization', organizationId, name } }];
    },
  );
  return found.sort(
    (a, b) =>
      a.person.name.localeCompare(b.person.name, 'vi') || a.subject.name.localeCompare(b.subject.name, 'vi'),
  );
}

/** Superiors of a cell who don't stand on its roll (SUP9): who can be registered in its hall under an account. */
export async function superiorsOfCell(
  db: DirectoryDatabase,
  cellId: CellId,
  organizationId: OrganizationId,
): Promise<readonly Visitor[]> {
  const above = (await pathUp(db, organizationId)).map(({ id }) => id);
  const rows = await assigned(db)
    .where((is) =>
      is.or([
        is('superiorAssignments.cellId', '=', cellId),
        ...(above.length > 0 ? [is('superiorAssignments.organizationId', 'in', above)] : []),
      ]),
    )
    .where('people.id', 'not in', (query) =>
      query.selectFrom('memberships').where('memberships.cellId', '=', cellId).select('personId'),
    )
    .execute();
  const people = new Map(
    rows.map(({ cellId: _, organizationId: __, ...person }) => [person.personId, person]),
  );
  return [...people.values()].sort((a, b) => a.name.localeCompare(b.name, 'vi'));
}

/** So many people at most answer to a part of a name. */
const found = 20;

/** People by a part of their name whom an administrator of the part may assign. */
export async function assignablePeople(
  db: DirectoryDatabase,
  part: Subtree,
  name: string,
): Promise<readonly (Visitor & { readonly cellName: string | null })[]> {
  // Signs that mean something to LIKE stand in nobody's name.
  const like = `%${nameKey(name).replace(/[\\%_]/g, '')}%`;
  const rows = await db
    .selectFrom('people')
    .leftJoin('memberships', 'memberships.personId', 'people.id')
    .where('people.nameKey', 'like', like)
    .select([
      'people.id as personId',
      'people.name',
      'people.title as office',
      'people.birthYear',
      'memberships.cellId',
    ])
    .orderBy('people.name')
    .execute();
  const assignedHere = new Set((await assignmentsWithin(db, part)).map(({ person }) => person.personId));
  const people = new Map<PersonId, Visitor & { readonly cellName: string | null }>();
  for (const { cellId, ...person } of rows) {
    const cellName = cellId === null ? undefined : part.cells.get(cellId);
    if (cellName === undefined && !assignedHere.has(person.personId)) continue;
    people.set(person.personId, {
      ...person,
      cellName: cellName ?? people.get(person.personId)?.cellName ?? null,
    });
  }
  return [...people.values()].slice(0, found);
}
