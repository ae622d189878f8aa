import type { CellOffice, Standing } from '@diemcau/shared/domain/roster.ts';
import type { CellId, OrganizationId, PersonId } from '@diemcau/shared/ids.ts';
import { ok, type Result } from '@diemcau/shared/result.ts';
import { type CellEntry, cellEntry, cellsOfOrganizations } from './cells.ts';
import type { DirectoryDatabase } from './database.ts';
import { pathUp, subtree } from './organizations.ts';
import { rightsChanged } from './rights-changes.ts';
import { guarded, unguessable } from './shape.ts';

/** What a person is towards one cell; none of it says more than the directory does at this moment. */
export interface Relation {
  readonly membership: {
    readonly standing: Standing;
    readonly office: CellOffice | null;
    readonly isClerk: boolean;
  } | null;
  readonly isSuperior: boolean;
  readonly isAdministrator: boolean;
}

/** The organizations whose subtree a person administers. */
export async function administeredRoots(
  db: DirectoryDatabase,
  personId: PersonId,
): Promise<readonly OrganizationId[]> {
  const rows = await db
    .selectFrom('administrators')
    .where('personId', '=', personId)
    .select('organizationId')
    .execute();
  return rows.map((row) => row.organizationId);
}

/** May the person change the organization, that is: does it lie in a subtree they administer? */
export async function administersOrganization(
  db: DirectoryDatabase,
  personId: PersonId,
  organizationId: OrganizationId,
): Promise<boolean> {
  const roots = new Set(await administeredRoots(db, personId));
  if (roots.size === 0) return false;
  return (await pathUp(db, organizationId)).some((entry) => roots.has(entry.id));
}

export async function administersCell(
  db: DirectoryDatabase,
  personId: PersonId,
  cellId: CellId,
): Promise<boolean> {
  const cell = await cellEntry(db, cellId);
  return cell !== undefined && administersOrganization(db, personId, cell.organizationId);
}

/** Is the person a superior of anything? */
export async function isSuperior(db: DirectoryDatabase, personId: PersonId): Promise<boolean> {
  return (await assignmentsOf(db, personId)).length > 0;
}

/** Is the person assigned to the cell, by itself or through an organization above it (SUP1)? */
export async function isSuperiorOf(
  db: DirectoryDatabase,
  personId: PersonId,
  cellId: CellId,
): Promise<boolean> {
  const assignments = await assignmentsOf(db, personId);
  if (assignments.length === 0) return false;
  if (assignments.some((assignment) => assignment.cellId === cellId)) return true;
  const cell = await cellEntry(db, cellId);
  if (!cell) return false;
  const above = new Set((await pathUp(db, cell.organizationId)).map((entry) => entry.id));
  return assignments.some(({ organizationId }) => organizationId !== null && above.has(organizationId));
}

/** @returns which of the given cells the person is a superior of at this moment. */
export async function superiorAmong(
  db: DirectoryDatabase,
  personId: PersonId,
  cellIds: readonly CellId[],
): Promise<ReadonlySet<CellId>> {
  const assignments = await assignmentsOf(db, personId);
  if (assignments.length === 0 || cellIds.length === 0) return new Set();
  const own = new Set(assignments.map(({ cellId }) => cellId));
  const roots = new Set(assignments.map(({ organizationId }) => organizationId));
  const cells = await db
    .selectFrom('cells')
    .where('id', 'in', cellIds)
    .select(['id', 'organizationId'])
    .execute();
  const below = new Map<OrganizationId, boolean>();
  for (const organizationId of new Set(cells.map((cell) => cell.organizationId))) {
    below.set(
      organizationId,
      (await pathUp(db, organizationId)).some(({ id }) => roots.has(id)),
    );
  }
  const found = cells.filter(({ id, organizationId }) => own.has(id) || below.get(organizationId));
  return new Set(found.map(({ id }) => id));
}

/** Every cell the person is a superior of, each once. */
export async function cellsOfSuperior(
  db: DirectoryDatabase,
  personId: PersonId,
): Promise<readonly CellEntry[]> {
  const assignments = await assignmentsOf(db, personId);
  const roots = assignments.flatMap(({ organizationId }) =>
    organizationId === null ? [] : [organizationId],
  );
  const below = await subtree(db, roots);
  const cells = new Map(
    (
      await cellsOfOrganizations(
        db,
        below.map((entry) => entry.id),
      )
    ).map((cell) => [cell.id, cell]),
  );
  for (const { cellId } of assignments) {
    if (cellId === null || cells.has(cellId)) continue;
    const cell = await cellEntry(db, cellId);
    if (cell) cells.set(cell.id, cell);
  }
  return [...cells.values()];
}

/** The cells whose roster the person stands on. */
export async function cellsOfMember(
  db: DirectoryDatabase,
  personId: PersonId,
): Promise<readonly CellEntry[]> {
  const rows = await db.selectFrom('memberships').where('personId', '=', personId).select('cellId').execute();
  const cells = await Promise.all(rows.map((row) => cellEntry(db, row.cellId)));
  return cells.filter((cell) => cell !== undefined);
}

/** Looked up at each join and each request, never read from a token. */
export async function relationTo(
  db: DirectoryDatabase,
  personId: PersonId,
  cellId: CellId,
): Promise<Relation> {
  const row = await db
    .selectFrom('memberships')
    .where('personId', '=', personId)
    .where('cellId', '=', cellId)
    .select(['standing', 'office', 'isClerk'])
    .executeTakeFirst();
  return {
    membership: row ? { ...row, isClerk: row.isClerk === 1 } : null,
    isSuperior: await isSuperiorOf(db, personId, cellId),
    isAdministrator: await administersCell(db, personId, cellId),
  };
}

function assignmentsOf(db: DirectoryDatabase, personId: PersonId) {
  return db
    .selectFrom('superiorAssignments')
    .where('personId', '=', personId)
    .select(['id', 'cellId', 'organizationId'])
    .execute();
}

export type SuperiorSubject =
  | { readonly cellId: CellId; readonly organizationId?: undefined }
  | { readonly organizationId: OrganizationId; readonly cellId?: undefined };

/** Assigns a superior to one cell or to all cells of a subtree. Assigning again changes nothing. */
export async function assignSuperior(
  db: DirectoryDatabase,
  personId: PersonId,
  subject: SuperiorSubject,
): Promise<Result<null>> {
  return guarded(async () => {
    const known = await assignmentsOf(db, personId);
    const same = known.some(
      (entry) =>
        entry.cellId === (subject.cellId ?? null) &&
        entry.organizationId === (subject.organizationId ?? null),
    );
    if (!same) {
      await db
        .insertInto('superiorAssignments')
        .values({
          id: unguessable(),
          personId,
          cellId: subject.cellId ?? null,
          organizationId: subject.organizationId ?? null,
        })
        .execute();
      rightsChanged(db, personId);
    }
    return ok(null);
  });
}

/** Ends what `assignSuperior` began. */
export async function endAssignment(
  db: DirectoryDatabase,
  personId: PersonId,
  subject: SuperiorSubject,
): Promise<Result<null>> {
  const query = db.deleteFrom('superiorAssignments').where('personId', '=', personId);
  await (subject.cellId === undefined
    ? query.where('organizationId', '=', subject.organizationId)
    : query.where('cellId', '=', subject.cellId)
  ).execute();
  rightsChanged(db, personId);
  return ok(null);
}

export async function appointAdministrator(
  db: DirectoryDatabase,
  personId: PersonId,
  organizationId: OrganizationId,
): Promise<Result<null>> {
  return guarded(async () => {
    await db
      .insertInto('administrators')
      .values({ personId, organizationId })
      .onConflict((conflict) => conflict.doNothing())
      .execute();
    return ok(null);
  });
}

/** @returns whether anybody administers anything; false on a new installation. */
export async function hasAdministrator(db: DirectoryDatabase): Promise<boolean> {
  return (await db.selectFrom('administrators').select('personId').limit(1).executeTakeFirst()) !== undefined;
}
