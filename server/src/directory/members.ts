import type { CellOffice, GroupOffice, Standing } from '@diemcau/shared/domain/roster.ts';
import { asId, type CellId, type PersonId } from '@diemcau/shared/ids.ts';
import { ok, type Result, refused } from '@diemcau/shared/result.ts';
import type { DirectoryDatabase } from './database.ts';
import { flag, guarded, inTransaction, nameKey, tidyName, unguessable } from './shape.ts';

/** Somebody on a cell's roster, with all that the cell knows of them. */
export interface Member {
  readonly personId: PersonId;
  readonly name: string;
  readonly birthYear: number | null;
  readonly phone: string | null;
  readonly standing: Standing;
  readonly office: CellOffice | null;
  /** Usually keeps the minutes. */
  readonly isClerk: boolean;
  readonly partyGroup: string | null;
  readonly groupOffice: GroupOffice | null;
  /** Armed forces on duty that keeps them away: not summoned (ATT5). */
  readonly specialDuty: boolean;
  readonly detained: boolean;
}

export type MemberDetails = Omit<Member, 'personId'>;

const rosterOrder: Record<CellOffice | 'none', number> = {
  cellSecretary: 0,
  deputySecretary: 1,
  committeeMember: 2,
  none: 3,
};

/** A cell's roster: its committee first, then by given name as a Vietnamese list is. */
export async function roster(db: DirectoryDatabase, cellId: CellId): Promise<readonly Member[]> {
  const rows = await db
    .selectFrom('memberships')
    .innerJoin('people', 'people.id', 'memberships.personId')
    .where('memberships.cellId', '=', cellId)
    .select([
      'people.id as personId',
      'people.name',
      'people.birthYear',
      'people.phone',
      'memberships.standing',
      'memberships.office',
      'memberships.isClerk',
      'memberships.partyGroup',
      'memberships.groupOffice',
      'memberships.specialDuty',
      'memberships.detained',
    ])
    .execute();
  return rows
    .map((row) => ({
      ...row,
      isClerk: row.isClerk === 1,
      specialDuty: row.specialDuty === 1,
      detained: row.detained === 1,
    }))
    .sort(
      (a, b) =>
        rosterOrder[a.office ?? 'none'] - rosterOrder[b.office ?? 'none'] || byGivenName(a.name, b.name),
    );
}

const collator = new Intl.Collator('vi');

function byGivenName(a: string, b: string): number {
  const given = (name: string) => name.slice(name.lastIndexOf(' ') + 1);
  return collator.compare(given(a), given(b)) || collator.compare(a, b);
}

/** Adds a person who wasn't known before to a cell. */
export async function addMember(
  db: DirectoryDatabase,
  cellId: CellId,
  details: MemberDetails,
  personId: PersonId = asId<PersonId>(unguessable()),
): Promise<Result<PersonId>> {
  return guarded(() => inTransaction(db, (within) => insertMember(within, cellId, details, personId)));
}

/** Adds all of them or none. */
export async function addMembers(
  db: DirectoryDatabase,
  cellId: CellId,
  members: readonly MemberDetails[],
): Promise<Result<readonly PersonId[]>> {
  return guarded(() =>
    inTransaction(db, async (within) => {
      const ids: PersonId[] = [];
      for (const details of members) {
        const personId = asId<PersonId>(unguessable());
        await insertMember(within, cellId, details, personId);
        ids.push(personId);
      }
      return ok(ids);
    }),
  );
}

async function insertMember(
  within: DirectoryDatabase,
  cellId: CellId,
  details: MemberDetails,
  personId: PersonId,
): Promise<Result<PersonId>> {
  await within
    .insertInto('people')
    .values({ id: personId, ...personColumns(details), title: '' })
    .execute();
  await within
    .insertInto('memberships')
    .values({ personId, cellId, ...membershipColumns(details) })
    .execute();
  return ok(personId);
}

export async function updateMember(
  db: DirectoryDatabase,
  cellId: CellId,
  personId: PersonId,
  details: MemberDetails,
): Promise<Result<PersonId>> {
  return guarded(() =>
    inTransaction(db, async (within) => {
      const { numUpdatedRows } = await within
        .updateTable('memberships')
        .set(membershipColumns(details))
        .where('personId', '=', personId)
        .where('cellId', '=', cellId)
        .executeTakeFirstOrThrow();
      if (numUpdatedRows === 0n) return refused('notFound');
      await within.updateTable('people').set(personColumns(details)).where('id', '=', personId).execute();
      return ok(personId);
    }),
  );
}

/** Takes somebody off a cell's roster. The person stays: past meetings name them. */
export async function removeMember(
  db: DirectoryDatabase,
  cellId: CellId,
  personId: PersonId,
): Promise<Result<PersonId>> {
  const { numDeletedRows } = await db
    .deleteFrom('memberships')
    .where('personId', '=', personId)
    .where('cellId', '=', cellId)
    .executeTakeFirstOrThrow();
  return numDeletedRows === 0n ? refused('notFound') : ok(personId);
}

function personColumns(details: MemberDetails) {
  return {
    name: tidyName(details.name),
    nameKey: nameKey(details.name),
    birthYear: details.birthYear,
    phone: details.phone,
  };
}

function membershipColumns(details: MemberDetails) {
  return {
    standing: details.standing,
    office: details.office,
    isClerk: flag(details.isClerk),
    partyGroup: details.partyGroup === null ? null : tidyName(details.partyGroup),
    groupOffice: details.groupOffice,
    specialDuty: flag(details.specialDuty),
    detained: flag(details.detained),
  };
}
