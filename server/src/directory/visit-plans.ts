import type { Day, PlannedVisit } from '@diemcau/shared/domain/visits.ts';
import { asId, type CellId, type PersonId, type VisitPlanId } from '@diemcau/shared/ids.ts';
import { ok, type Result, refused } from '@diemcau/shared/result.ts';
import type { DirectoryDatabase } from './database.ts';
import { guarded, unguessable } from './shape.ts';

/** The days from `first` up to, and without, `after`. */
export interface Days {
  readonly first: Day;
  readonly after: Day;
}

export interface PlanEntry extends PlannedVisit {
  readonly name: string;
  readonly office: string;
  readonly birthYear: number | null;
}

/** SQLite takes no more variables than this at once; a province has more cells. */
const atOnce = 900;

async function inParts<T, R>(all: readonly T[], read: (part: readonly T[]) => Promise<readonly R[]>) {
  const rows: R[] = [];
  for (let from = 0; from < all.length; from += atOnce)
    rows.push(...(await read(all.slice(from, from + atOnce))));
  return rows;
}

/** Plans for the cells within the days, soonest first. */
export function plansFor(
  db: DirectoryDatabase,
  cells: readonly CellId[],
  { first, after }: Days,
): Promise<readonly PlanEntry[]> {
  return inParts(cells, (part) =>
    db
      .selectFrom('visitPlans')
      .innerJoin('people', 'people.id', 'visitPlans.personId')
      .where('cellId', 'in', part)
      .where('day', '>=', first)
      .where('day', '<', after)
      .select([
        'visitPlans.id',
        'visitPlans.personId as person',
        'visitPlans.cellId as cell',
        'visitPlans.day',
        'people.name',
        'people.title as office',
        'people.birthYear',
      ])
      .orderBy('day')
      .execute(),
  );
}

/** Visits that were paid to the cells within the days, earliest first. */
export function visitsTo(db: DirectoryDatabase, cells: readonly CellId[], { first, after }: Days) {
  return inParts(cells, (part) =>
    db
      .selectFrom('visits')
      .innerJoin('meetings', 'meetings.id', 'visits.meetingId')
      .leftJoin('people', 'people.id', 'visits.personId')
      .where('meetings.cellId', 'in', part)
      .where('day', '>=', first)
      .where('day', '<', after)
      .selectAll('visits')
      .select(['meetings.cellId as cell', 'people.birthYear'])
      .orderBy('day')
      .execute(),
  );
}

export async function visitPlan(db: DirectoryDatabase, id: VisitPlanId): Promise<PlannedVisit | undefined> {
  return db
    .selectFrom('visitPlans')
    .where('id', '=', id)
    .select(['id', 'personId as person', 'cellId as cell', 'day'])
    .executeTakeFirst();
}

/** `alreadyExists` when the person is planned for the cell on that day. */
export async function addVisitPlan(
  db: DirectoryDatabase,
  plan: Omit<PlannedVisit, 'id'>,
  plannedBy: PersonId,
): Promise<Result<VisitPlanId>> {
  const id = asId<VisitPlanId>(unguessable());
  return guarded(async () => {
    await db
      .insertInto('visitPlans')
      .values({ id, personId: plan.person, cellId: plan.cell, day: plan.day, plannedBy })
      .execute();
    return ok(id);
  });
}

export async function moveVisitPlan(db: DirectoryDatabase, id: VisitPlanId, day: Day): Promise<Result<null>> {
  return guarded(async () => {
    const { numUpdatedRows } = await db
      .updateTable('visitPlans')
      .set({ day })
      .where('id', '=', id)
      .executeTakeFirstOrThrow();
    return numUpdatedRows === 0n ? refused('notAllowed') : ok(null);
  });
}

export async function removeVisitPlan(db: DirectoryDatabase, id: VisitPlanId): Promise<void> {
  await db.deleteFrom('visitPlans').where('id', '=', id).execute();
}
