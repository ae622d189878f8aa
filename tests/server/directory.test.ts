import { stat } from 'node:fs/promises';
import { join } from 'node:path';
import { asId, type MeetingId, type OrganizationId } from '@diemcau/shared/ids.ts';
import { sql } from 'kysely';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import {
  cellEntry,
  createCell,
  createSite,
  removeCell,
  removeSite,
  sitesOfCell,
  updateSite,
} from '../../server/src/directory/cells.ts';
import {
  addMember,
  addMembers,
  removeMember,
  roster,
  updateMember,
} from '../../server/src/directory/members.ts';
import { migrations as released } from '../../server/src/directory/migrations.ts';
import {
  createOrganization,
  pathUp,
  removeOrganization,
  rulesOf,
  subtree,
} from '../../server/src/directory/organizations.ts';
import { addPerson } from '../../server/src/directory/people.ts';
import {
  administersCell,
  administersOrganization,
  appointAdministrator,
  assignSuperior,
  cellsOfSuperior,
  endAssignment,
  isSuperiorOf,
  relationTo,
} from '../../server/src/directory/rights.ts';
import { tidyPhone } from '../../server/src/directory/shape.ts';
import { openTestDirectory, type TestDirectory } from './support/http-app.ts';
import { engine, openDirectoryOf } from './support/storage.ts';
import { bare, must } from './support/village.ts';

let directory: TestDirectory;
let db: TestDirectory['db'];

beforeEach(async () => {
  directory = await openTestDirectory();
  db = directory.db;
});

afterEach(() => directory.close());

const organization = async (parentId: OrganizationId | null, name: string) =>
  must(await createOrganization(db, { parentId, kind: 'other', name, committeeName: `Ủy ban ${name}` }));
const cell = async (organizationId: OrganizationId, name = 'Chi bộ') =>
  must(await createCell(db, { organizationId, name, type: 'rural' }));
const official = async (name: string) =>
  must(await addPerson(db, { name, birthYear: null, phone: null, title: '' }));

describe('the database', () => {
  test('gives back the rows that it was asked for, and says how many it changed', async () => {
    await organization(null, 'A');
    expect(await db.selectFrom('organizations').select('name').execute()).toEqual([{ name: 'A' }]);
    const returned = await db.updateTable('organizations').set({ name: 'B' }).returning('name').execute();
    expect(returned).toEqual([{ name: 'B' }]);
    const changed = await db.updateTable('organizations').set({ name: 'C' }).executeTakeFirst();
    expect(changed?.numUpdatedRows).toBe(1n);
  });

  test.skipIf(engine === 'postgres')(
    'waits for the disk, keeps a write-ahead log and checks references',
    async () => {
      const pragma = async (name: string) =>
        Object.values((await sql`PRAGMA ${sql.raw(name)}`.execute(db)).rows[0] ?? {})[0];
      expect(await pragma('journal_mode')).toBe('wal');
      expect(await pragma('synchronous')).toBe(2);
      expect(await pragma('foreign_keys')).toBe(1);
      for (const file of ['directory.sqlite', 'directory.sqlite-wal']) {
        expect((await stat(join(directory.dataDir, file))).mode & 0o077).toBe(0);
      }
      const lost = await createCell(db, {
        organizationId: asId<OrganizationId>('nowhere'),
        name: 'X',
        type: 'rural',
      });
      expect(lost).toMatchObject({ ok: false, refusal: { code: 'notFound' } });
    },
  );

  test.skipIf(engine === 'postgres')(
    'transactions come one after another and a failed one leaves nothing',
    async () => {
      const order: string[] = [];
      const write = (name: string, outcome: 'kept' | 'failed') =>
        db.transaction().execute(async (within) => {
          order.push(`begin ${name}`);
          await within
            .insertInto('people')
            .values({ id: asId(name), name, nameKey: name, birthYear: null, phone: null })
            .execute();
          await within.selectFrom('people').select('id').execute();
          order.push(`end ${name}`);
          if (outcome === 'failed') throw new Error(name);
        });
      const all = await Promise.allSettled([write('a', 'kept'), write('b', 'failed'), write('c', 'kept')]);
      expect(all.map((result) => result.status)).toEqual(['fulfilled', 'rejected', 'fulfilled']);
      expect(order).toEqual(['begin a', 'end a', 'begin b', 'end b', 'begin c', 'end c']);
      const people = await db.selectFrom('people').select('name').orderBy('name').execute();
      expect(people.map((row) => row.name)).toEqual(['a', 'c']);
    },
  );

  test('is migrated once and opened again with all that was in it', async () => {
    await organization(null, 'A');
    await db.destroy();
    db = await openDirectoryOf(directory.dataDir);
    expect(await db.selectFrom('organizations').select('name').execute()).toEqual([{ name: 'A' }]);
    const migrations = await sql<{ name: string }>`SELECT name FROM kysely_migration`.execute(db);
    expect(migrations.rows).toHaveLength(Object.keys(released).length);
    await db.destroy();
    directory = { ...(await openTestDirectory()) };
    db = directory.db;
  });
});

describe('the tree of organizations', () => {
  test('takes any depth: who administers the top administers the bottom, and not the other way round', async () => {
    const chain: OrganizationId[] = [await organization(null, 'top')];
    for (let depth = 1; depth <= 12; depth += 1)
      chain.push(await organization(chain.at(-1) ?? null, `level ${depth}`));
    const [top, bottom] = [chain[0], chain.at(-1)];
    if (!top || !bottom) throw new Error('no chain');
    const deep = await cell(bottom);
    const aside = await cell(await organization(top, 'aside'));
    const [above, below] = [await official('Trên'), await official('Dưới')];
    must(await appointAdministrator(db, above, top));
    must(await appointAdministrator(db, below, bottom));
    expect(await administersCell(db, above, deep)).toBe(true);
    expect(await administersCell(db, below, deep)).toBe(true);
    expect(await administersCell(db, below, aside)).toBe(false);
    expect(await administersOrganization(db, below, top)).toBe(false);
    expect((await pathUp(db, bottom)).map((entry) => entry.id)).toEqual(chain.toReversed());
    expect(await subtree(db, [top])).toHaveLength(14);
    expect(await subtree(db, [bottom])).toHaveLength(1);
  });

  test('an organization or cell with something below it stays', async () => {
    const top = await organization(null, 'top');
    const below = await organization(top, 'below');
    const only = await cell(below);
    expect((await removeOrganization(db, top)).ok).toBe(false);
    expect((await removeOrganization(db, below)).ok).toBe(false);
    await directory.index.upsert({
      id: asId<MeetingId>('m'),
      cellId: only,
      kind: 'regular',
      title: 'X',
      startsAt: 1,
      phase: 'sealed',
      chairId: null,
      deputyChairId: null,
      clerkId: null,
    });
    expect((await removeCell(db, only)).ok).toBe(false);
    expect(await cellEntry(db, only)).toBeDefined();
  });

  test('rules are inherited, overridden below, and standard where nobody set them', async () => {
    const top = must(
      await createOrganization(db, {
        parentId: null,
        kind: 'province',
        name: 'top',
        committeeName: 'top',
        settings: { attendanceThreshold: 80, emptyLimit: 30 },
      }),
    );
    const below = must(
      await createOrganization(db, {
        parentId: top,
        kind: 'commune',
        name: 'below',
        committeeName: 'below',
        settings: { attendanceThreshold: 95 },
      }),
    );
    expect(await rulesOf(db, top)).toMatchObject({
      attendanceThreshold: 80,
      emptyLimit: 30,
      minimumVote: 30,
    });
    expect(await rulesOf(db, below)).toMatchObject({
      attendanceThreshold: 95,
      emptyLimit: 30,
      minimumVote: 30,
    });
  });
});

describe('superiors', () => {
  test('SUP1 by one cell or by a subtree; each cell once; assigned twice is assigned once', async () => {
    const top = await organization(null, 'top');
    const commune = await organization(top, 'commune');
    const [inside, outside, far] = [
      await cell(commune, 'A'),
      await cell(top, 'B'),
      await cell(await organization(top, 'far'), 'C'),
    ];
    const person = await official('Cấp Trên');
    for (let round = 0; round < 2; round += 1) {
      must(await assignSuperior(db, person, { organizationId: commune }));
      must(await assignSuperior(db, person, { cellId: inside }));
      must(await assignSuperior(db, person, { cellId: outside }));
    }
    expect(await db.selectFrom('superiorAssignments').selectAll().execute()).toHaveLength(3);
    expect((await cellsOfSuperior(db, person)).map((entry) => entry.id).toSorted()).toEqual(
      [inside, outside].toSorted(),
    );
    expect(await isSuperiorOf(db, person, far)).toBe(false);
    must(await endAssignment(db, person, { cellId: inside }));
    expect(await isSuperiorOf(db, person, inside)).toBe(true);
    must(await endAssignment(db, person, { organizationId: commune }));
    expect(await isSuperiorOf(db, person, inside)).toBe(false);
    expect(await isSuperiorOf(db, person, outside)).toBe(true);
  });

  test('an administrator is no superior, a superior no administrator, and neither a member', async () => {
    const top = await organization(null, 'top');
    const one = await cell(top);
    const [superior, administrator] = [await official('S'), await official('A')];
    must(await assignSuperior(db, superior, { organizationId: top }));
    must(await appointAdministrator(db, administrator, top));
    expect(await relationTo(db, superior, one)).toEqual({
      membership: null,
      isSuperior: true,
      isAdministrator: false,
    });
    expect(await relationTo(db, administrator, one)).toEqual({
      membership: null,
      isSuperior: false,
      isAdministrator: true,
    });
  });
});

describe('cells, sites and members', () => {
  test('the roster has the committee first and then goes by given name', async () => {
    const one = await cell(await organization(null, 'top'));
    for (const [name, office] of [
      ['Nguyễn Văn Yên', null],
      ['Trần Thị Ánh', null],
      ['Lê Văn Đức', null],
      ['Đỗ Thị Dung', null],
      ['Vũ Văn Zũng', 'cellSecretary'],
      ['Hà Văn Xuân', 'committeeMember'],
    ] as const) {
      must(await addMember(db, one, { ...bare, name, office }));
    }
    expect((await roster(db, one)).map((member) => member.name)).toEqual([
      'Vũ Văn Zũng',
      'Hà Văn Xuân',
      'Trần Thị Ánh',
      'Đỗ Thị Dung',
      'Lê Văn Đức',
      'Nguyễn Văn Yên',
    ]);
  });

  test('everything that was written of a member is read back, and changed as a whole', async () => {
    const one = await cell(await organization(null, 'top'));
    const details = {
      name: 'Ma Văn Hòa',
      birthYear: 1961,
      phone: '0912345678',
      standing: 'exempt',
      office: 'deputySecretary',
      isClerk: true,
      partyGroup: 'Tổ 2',
      groupOffice: 'groupLeader',
      specialDuty: true,
      detained: true,
    } as const;
    const personId = must(await addMember(db, one, details));
    expect(await roster(db, one)).toEqual([{ personId, ...details }]);
    must(await updateMember(db, one, personId, bare));
    expect(await roster(db, one)).toEqual([{ personId, ...bare }]);
  });

  test('a telephone number belongs to one person; of a list with a taken one nobody is added', async () => {
    const one = await cell(await organization(null, 'top'));
    must(await addMember(db, one, { ...bare, phone: '0912345678' }));
    const list = [
      { ...bare, name: 'Một' },
      { ...bare, name: 'Hai', phone: '0912345678' },
    ];
    expect(await addMembers(db, one, list)).toMatchObject({ ok: false, refusal: { code: 'alreadyExists' } });
    expect(await roster(db, one)).toHaveLength(1);
    expect(await db.selectFrom('people').select('id').execute()).toHaveLength(1);
  });

  test('who leaves the roster stays known: past meetings name them', async () => {
    const one = await cell(await organization(null, 'top'));
    const personId = must(await addMember(db, one, bare));
    must(await removeMember(db, one, personId));
    expect(await roster(db, one)).toEqual([]);
    expect(await db.selectFrom('people').select('id').execute()).toEqual([{ id: personId }]);
    expect((await removeMember(db, one, personId)).ok).toBe(false);
  });

  test('a cell has one main site: the first, until another takes its place', async () => {
    const one = await cell(await organization(null, 'top'));
    const site = async (name: string, isMain: boolean) =>
      must(await createSite(db, one, { name, address: '', isMain }));
    const first = await site('A', false);
    const second = await site('B', false);
    const mains = async () =>
      (await sitesOfCell(db, one)).filter((entry) => entry.isMain).map((entry) => entry.id);
    expect(await mains()).toEqual([first]);
    must(await updateSite(db, second, { name: 'B', address: 'x', isMain: true }));
    expect(await mains()).toEqual([second]);
    const third = await site('C', true);
    expect(await mains()).toEqual([third]);
    must(await updateSite(db, third, { name: 'C', address: '', isMain: false }));
    expect(await mains()).toEqual([third]);
    must(await removeSite(db, third));
    expect(await mains()).toHaveLength(1);
  });

  test('names are unique where they would be mistaken: cells of a committee, sites of a cell', async () => {
    const top = await organization(null, 'top');
    const one = await cell(top, 'Chi bộ');
    const taken = { ok: false, refusal: { code: 'alreadyExists' } };
    expect(await createCell(db, { organizationId: top, name: ' Chi  bộ ', type: 'school' })).toMatchObject(
      taken,
    );
    must(await createSite(db, one, { name: 'Nhà', address: '', isMain: true }));
    expect(await createSite(db, one, { name: 'Nhà', address: '', isMain: false })).toMatchObject(taken);
  });

  test.each([
    ['0912 345 678', '0912345678'],
    ['+84 912.345.678', '0912345678'],
    ['0084912345678', '0912345678'],
    ['(024) 3825 1234', '02438251234'],
    ['912345678', null],
    ['0912', null],
    ['một', null],
  ])('the telephone number %s is %s', (typed, tidy) => {
    expect(tidyPhone(typed)).toBe(tidy);
  });
});

describe('the index of meetings', () => {
  test('one line per meeting, the last one written; what is over is not looked at again', async () => {
    const one = await cell(await organization(null, 'top'));
    const entry = (
      id: string,
      startsAt: number,
      phase: 'summoned' | 'open' | 'sealed' | 'cancelled' | 'interrupted',
    ) => ({
      id: asId<MeetingId>(id),
      cellId: one,
      kind: 'regular' as const,
      title: 'X',
      startsAt,
      phase,
      chairId: null,
      deputyChairId: null,
      clerkId: null,
    });
    for (const line of [
      entry('b', 2, 'summoned'),
      entry('a', 1, 'summoned'),
      entry('b', 3, 'open'),
      entry('c', 4, 'sealed'),
      entry('d', 5, 'cancelled'),
      entry('e', 6, 'interrupted'),
    ]) {
      await directory.index.upsert(line);
    }
    expect((await directory.index.ofCells([one])).map(({ id }) => id)).toEqual(['a', 'b', 'c', 'd', 'e']);
    expect(await directory.index.get(asId<MeetingId>('b'))).toEqual(entry('b', 3, 'open'));
    expect((await directory.index.unfinished()).map(({ id }) => id)).toEqual(['a', 'b', 'e']);
    expect(await directory.index.ofCells([])).toEqual([]);
  });
});
