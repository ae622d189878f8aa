import type { CellType } from '@diemcau/shared/domain/roster.ts';
import { asId, type CellId, type OrganizationId, type SiteId } from '@diemcau/shared/ids.ts';
import { ok, type Result, refused } from '@diemcau/shared/result.ts';
import type { DirectoryDatabase } from './database.ts';
import { rightsChanged } from './rights-changes.ts';
import { flag, guarded, inTransaction, tidyName, unguessable } from './shape.ts';

export interface CellEntry {
  readonly id: CellId;
  readonly organizationId: OrganizationId;
  readonly organizationName: string;
  readonly name: string;
  readonly type: CellType;
}

export interface SiteEntry {
  readonly id: SiteId;
  readonly name: string;
  readonly address: string;
  readonly isMain: boolean;
}

export interface NewCell {
  readonly organizationId: OrganizationId;
  readonly name: string;
  readonly type: CellType;
}

export interface NewSite {
  readonly name: string;
  readonly address: string;
  readonly isMain: boolean;
}

export async function createCell(
  db: DirectoryDatabase,
  cell: NewCell,
  id: CellId = asId<CellId>(unguessable()),
): Promise<Result<CellId>> {
  return guarded(async () => {
    await db
      .insertInto('cells')
      .values({ id, organizationId: cell.organizationId, name: tidyName(cell.name), type: cell.type })
      .execute();
    rightsChanged(db, null);
    return ok(id);
  });
}

export async function updateCell(
  db: DirectoryDatabase,
  id: CellId,
  change: { readonly name?: string | undefined; readonly type?: CellType | undefined },
): Promise<Result<CellId>> {
  return guarded(async () => {
    const current = await cellEntry(db, id);
    if (!current) return refused('notFound');
    await db
      .updateTable('cells')
      .set({ name: tidyName(change.name ?? current.name), type: change.type ?? current.type })
      .where('id', '=', id)
      .execute();
    return ok(id);
  });
}

/** Removes a cell that never met; one with meetings stays, since its record does. */
export async function removeCell(db: DirectoryDatabase, id: CellId): Promise<Result<CellId>> {
  return guarded(
    async () => {
      const { numDeletedRows } = await db.deleteFrom('cells').where('id', '=', id).executeTakeFirstOrThrow();
      return numDeletedRows === 0n ? refused('notFound') : ok(id);
    },
    { taken: 'alreadyExists', stillUsed: 'alreadyExists' },
  );
}

const cellColumns = [
  'cells.id',
  'cells.organizationId',
  'organizations.name as organizationName',
  'cells.name',
  'cells.type',
] as const;

export async function cellEntry(db: DirectoryDatabase, id: CellId): Promise<CellEntry | undefined> {
  return db
    .selectFrom('cells')
    .innerJoin('organizations', 'organizations.id', 'cells.organizationId')
    .where('cells.id', '=', id)
    .select(cellColumns)
    .executeTakeFirst();
}

/** The cells that belong directly to any of the given organizations. */
export async function cellsOfOrganizations(
  db: DirectoryDatabase,
  organizations: readonly OrganizationId[],
): Promise<readonly CellEntry[]> {
  if (organizations.length === 0) return [];
  return db
    .selectFrom('cells')
    .innerJoin('organizations', 'organizations.id', 'cells.organizationId')
    .where('cells.organizationId', 'in', organizations)
    .select(cellColumns)
    .orderBy('cells.name')
    .execute();
}

/** A cell's sites, the main one first. */
export async function sitesOfCell(db: DirectoryDatabase, cellId: CellId): Promise<readonly SiteEntry[]> {
  const rows = await db
    .selectFrom('sites')
    .where('cellId', '=', cellId)
    .select(['id', 'name', 'address', 'isMain'])
    .orderBy('isMain', 'desc')
    .orderBy('name')
    .execute();
  return rows.map((row) => ({ ...row, isMain: row.isMain === 1 }));
}

/** @returns the cell a site belongs to. */
export async function cellOfSite(db: DirectoryDatabase, siteId: SiteId): Promise<CellId | undefined> {
  const row = await db.selectFrom('sites').where('id', '=', siteId).select('cellId').executeTakeFirst();
  return row?.cellId;
}

/** Adds a site. A cell has one main site: the first one added is it, and a new main one takes its place. */
export async function createSite(
  db: DirectoryDatabase,
  cellId: CellId,
  site: NewSite,
  id: SiteId = asId<SiteId>(unguessable()),
): Promise<Result<SiteId>> {
  return guarded(() =>
    inTransaction(db, async (within) => {
      const others = await within.selectFrom('sites').where('cellId', '=', cellId).select('id').execute();
      const isMain = site.isMain || others.length === 0;
      if (isMain) await within.updateTable('sites').set({ isMain: 0 }).where('cellId', '=', cellId).execute();
      await within
        .insertInto('sites')
        .values({
          id,
          cellId,
          name: tidyName(site.name),
          address: tidyName(site.address),
          isMain: flag(isMain),
        })
        .execute();
      return ok(id);
    }),
  );
}

export async function updateSite(db: DirectoryDatabase, id: SiteId, site: NewSite): Promise<Result<SiteId>> {
  return guarded(() =>
    inTransaction(db, async (within) => {
      const current = await within.selectFrom('sites').where('id', '=', id).selectAll().executeTakeFirst();
      if (!current) return refused('notFound');
      if (site.isMain) {
        await within.updateTable('sites').set({ isMain: 0 }).where('cellId', '=', current.cellId).execute();
      }
      await within
        .updateTable('sites')
        .set({
          name: tidyName(site.name),
          address: tidyName(site.address),
          isMain: flag(site.isMain || current.isMain === 1),
        })
        .where('id', '=', id)
        .execute();
      return ok(id);
    }),
  );
}

/** Removes a site. The main one's part passes to another, while there is one. */
export async function removeSite(db: DirectoryDatabase, id: SiteId): Promise<Result<SiteId>> {
  return inTransaction(db, async (within) => {
    const removed = await within
      .deleteFrom('sites')
      .where('id', '=', id)
      .returning(['cellId', 'isMain'])
      .executeTakeFirst();
    if (!removed) return refused('notFound');
    const [heir] = await sitesOfCell(within, removed.cellId);
    if (removed.isMain === 1 && heir) {
      await within.updateTable('sites').set({ isMain: 1 }).where('id', '=', heir.id).execute();
    }
    return ok(id);
  });
}
