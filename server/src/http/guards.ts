import type { CellId, OrganizationId, PersonId } from '@diemcau/shared/ids.ts';
import { ok, type Result, refused } from '@diemcau/shared/result.ts';
import { administeredSubtree, assignmentsWithin } from '../directory/assignments.ts';
import type { DirectoryDatabase } from '../directory/database.ts';
import { administersCell, administersOrganization, relationTo } from '../directory/rights.ts';

// What is out of reach and what does not exist answer alike, so that nobody learns by asking which cells there are.

/** Within the subtree that the person administers? */
export async function administering(
  db: DirectoryDatabase,
  personId: PersonId,
  subject: { readonly organizationId: OrganizationId } | { readonly cellId: CellId },
): Promise<Result<null>> {
  const may =
    'cellId' in subject
      ? await administersCell(db, personId, subject.cellId)
      : await administersOrganization(db, personId, subject.organizationId);
  return may ? ok(null) : refused('notAllowed');
}

export type CellRight = 'administer' | 'summon' | 'issueCodes';

/** What the person may do with a cell; empty for who may not even see its roster. */
export async function cellRights(
  db: DirectoryDatabase,
  personId: PersonId,
  cellId: CellId,
): Promise<readonly CellRight[]> {
  const { membership, isAdministrator } = await relationTo(db, personId, cellId);
  const heads =
    membership !== null &&
    membership.standing !== 'suspended' &&
    (membership.office === 'cellSecretary' || membership.office === 'deputySecretary');
  return [
    ...(isAdministrator ? (['administer'] as const) : []),
    ...(heads ? (['summon'] as const) : []),
    ...(heads || isAdministrator ? (['issueCodes'] as const) : []),
  ];
}

/** Is somebody a member of a cell in the subtree that the administrator has? */
export async function withinReach(
  db: DirectoryDatabase,
  administratorId: PersonId,
  personId: PersonId,
): Promise<boolean> {
  const rows = await db.selectFrom('memberships').where('personId', '=', personId).select('cellId').execute();
  for (const row of rows) if (await administersCell(db, administratorId, row.cellId)) return true;
  return false;
}

/** Is somebody a superior over a part of the subtree that the administrator has? */
export async function isAssignedWithin(
  db: DirectoryDatabase,
  administratorId: PersonId,
  personId: PersonId,
): Promise<boolean> {
  const part = await administeredSubtree(db, administratorId);
  if (!part) return false;
  return (await assignmentsWithin(db, part)).some(({ person }) => person.personId === personId);
}

/**
 * May a code that opens somebody's account pass through the issuer's hands? Not when that account has rights that the
 * issuer has no authority over: a cell's secretary could otherwise become the province's administrator.
 */
export async function mayIssueCodeFor(
  db: DirectoryDatabase,
  issuerId: PersonId,
  personId: PersonId,
): Promise<boolean> {
  const administered = await db
    .selectFrom('administrators')
    .where('personId', '=', personId)
    .select('organizationId')
    .execute();
  const assigned = await db
    .selectFrom('superiorAssignments')
    .where('personId', '=', personId)
    .select(['organizationId', 'cellId'])
    .execute();
  for (const { organizationId, cellId } of [
    ...administered.map((row) => ({ ...row, cellId: null })),
    ...assigned,
  ]) {
    if (organizationId !== null && !(await administersOrganization(db, issuerId, organizationId)))
      return false;
    if (cellId !== null && !(await administersCell(db, issuerId, cellId))) return false;
  }
  return true;
}
