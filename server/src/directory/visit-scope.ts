import type { CellId, OrganizationId, PersonId } from '@diemcau/shared/ids.ts';
import type { Visitor } from '@diemcau/shared/protocol/http.ts';
import { type CellEntry, cellsOfOrganizations } from './cells.ts';
import type { DirectoryDatabase } from './database.ts';
import { subtree } from './organizations.ts';
import { cellsOfSuperior } from './rights.ts';

/** What a superior sees and plans of visits (SUP3), as the directory says it at this moment. */
export interface VisitScope {
  /** Every cell that they are a superior of. */
  readonly cells: readonly CellEntry[];
  /** Whom they may plan for, themselves first: those assigned at or below a subtree of theirs. */
  readonly visitors: readonly Visitor[];
  /** @returns who of these may be planned for the cell: its superiors who are not on its roll. */
  visitorsOf(cell: CellId): readonly PersonId[];
  /** @returns whether plans of this person for this cell are theirs to make, move and remove. */
  plansFor(person: PersonId, cell: CellId): boolean;
}

export async function visitScope(db: DirectoryDatabase, personId: PersonId): Promise<VisitScope> {
  const cells = await cellsOfSuperior(db, personId);
  const governed = await governedBy(db, personId);
  const visitors = await visitorsWithin(db, personId, governed);
  const reach = await reachOf(
    db,
    visitors.map((visitor) => visitor.personId),
  );
  const plansFor = (person: PersonId, cell: CellId) =>
    person === personId ? cells.some(({ id }) => id === cell) : governed.cells.has(cell) && reach.has(person);
  const parents = await parentsOf(db);
  return {
    cells,
    visitors,
    plansFor,
    visitorsOf(cellId) {
      const cell = cells.find(({ id }) => id === cellId);
      if (!cell) return [];
      const above = new Set<OrganizationId>();
      for (let next: OrganizationId | null = cell.organizationId; next && !above.has(next); ) {
        above.add(next);
        next = parents.get(next) ?? null;
      }
      return visitors
        .map((visitor) => visitor.personId)
        .filter((person) => {
          const found = reach.get(person);
          if (!found || found.ownCells.has(cellId) || !plansFor(person, cellId)) return false;
          return found.cells.has(cellId) || [...found.organizations].some((id) => above.has(id));
        });
    },
  };
}

interface Governed {
  readonly organizations: ReadonlySet<OrganizationId>;
  readonly cells: ReadonlySet<CellId>;
}

/** The subtrees that the person is assigned over; an assignment to single cells governs nobody. */
async function governedBy(db: DirectoryDatabase, personId: PersonId): Promise<Governed> {
  const rows = await db
    .selectFrom('superiorAssignments')
    .where('personId', '=', personId)
    .where('organizationId', 'is not', null)
    .select('organizationId')
    .execute();
  const roots = rows.flatMap(({ organizationId }) => (organizationId === null ? [] : [organizationId]));
  const organizations = (await subtree(db, roots)).map(({ id }) => id);
  const cells = await cellsOfOrganizations(db, organizations);
  return { organizations: new Set(organizations), cells: new Set(cells.map(({ id }) => id)) };
}

async function visitorsWithin(
  db: DirectoryDatabase,
  personId: PersonId,
  { organizations, cells }: Governed,
): Promise<readonly Visitor[]> {
  const rows = await db
    .selectFrom('superiorAssignments')
    .innerJoin('people', 'people.id', 'superiorAssignments.personId')
    .select([
      'people.id as personId',
      'people.name',
      'people.title as office',
      'people.birthYear',
      'superiorAssignments.cellId',
      'superiorAssignments.organizationId',
    ])
    .execute();
  const found = new Map<PersonId, Visitor>();
  for (const { cellId, organizationId, ...visitor } of rows) {
    const below =
      (cellId !== null && cells.has(cellId)) ||
      (organizationId !== null && organizations.has(organizationId));
    if (below || visitor.personId === personId) found.set(visitor.personId, visitor);
  }
  const rank = (visitor: Visitor) => Number(visitor.personId !== personId);
  return [...found.values()].sort((a, b) => rank(a) - rank(b) || a.name.localeCompare(b.name, 'vi'));
}

interface Reach {
  readonly cells: Set<CellId>;
  readonly organizations: Set<OrganizationId>;
  /** Cells on whose roll they stand (SUP9). */
  readonly ownCells: Set<CellId>;
}

async function reachOf(
  db: DirectoryDatabase,
  people: readonly PersonId[],
): Promise<ReadonlyMap<PersonId, Reach>> {
  const reach = new Map<PersonId, Reach>();
  if (people.length === 0) return reach;
  const of = (person: PersonId): Reach => {
    const found = reach.get(person) ?? { cells: new Set(), organizations: new Set(), ownCells: new Set() };
    reach.set(person, found);
    return found;
  };
  const assigned = await db
    .selectFrom('superiorAssignments')
    .where('personId', 'in', people)
    .selectAll()
    .execute();
  for (const { personId, cellId, organizationId } of assigned) {
    if (cellId !== null) of(personId).cells.add(cellId);
    if (organizationId !== null) of(personId).organizations.add(organizationId);
  }
  const own = await db
    .selectFrom('memberships')
    .where('personId', 'in', people)
    .select(['personId', 'cellId'])
    .execute();
  for (const { personId, cellId } of own) of(personId).ownCells.add(cellId);
  return reach;
}

async function parentsOf(db: DirectoryDatabase): Promise<ReadonlyMap<OrganizationId, OrganizationId | null>> {
  const rows = await db.selectFrom('organizations').select(['id', 'parentId']).execute();
  return new Map(rows.map(({ id, parentId }) => [id, parentId]));
}
