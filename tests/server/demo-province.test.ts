import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createDemoDirectory } from '../../server/src/demo/entries.ts';
import { summonDemoMeetings } from '../../server/src/demo/meetings.ts';
import { liveCells, organizations, usuallyLive } from '../../server/src/demo/plan.ts';
import {
  createProvince,
  demoPassword,
  NotADemonstration,
  refuseInvented,
} from '../../server/src/demo/province.ts';
import { cellsOfOrganizations, sitesOfCell } from '../../server/src/directory/cells.ts';
import { roster } from '../../server/src/directory/members.ts';
import { createOrganization, subtree } from '../../server/src/directory/organizations.ts';
import { addPerson } from '../../server/src/directory/people.ts';
import { cellsOfSuperior, relationTo } from '../../server/src/directory/rights.ts';
import { openTestDirectory, openTestDoor, type TestDoor } from './support/http-app.ts';

let door: TestDoor;

beforeAll(async () => {
  door = await openTestDoor(({ db, index }) => ({
    directory: createDemoDirectory(db, index),
    reach: 'thisComputer',
  }));
  await createProvince(door.db, door.clock.at);
  await summonDemoMeetings({ ...door, now: door.clock.now });
});

afterAll(() => door.close());

async function allCells() {
  const [top] = await door.db
    .selectFrom('organizations')
    .where('parentId', 'is', null)
    .select('id')
    .execute();
  const organizations = await subtree(door.db, top ? [top.id] : []);
  return {
    organizations,
    cells: await cellsOfOrganizations(
      door.db,
      organizations.map((entry) => entry.id),
    ),
  };
}

describe('the demonstration province', () => {
  test('one province committee, four below it, sixteen cells of all five types, about 250 members', async () => {
    const { organizations, cells } = await allCells();
    expect(organizations).toHaveLength(5);
    expect(cells).toHaveLength(16);
    expect(new Set(cells.map((cell) => cell.type))).toEqual(
      new Set(['rural', 'school', 'agency', 'enterprise', 'armedForces']),
    );
    const counts = await Promise.all(cells.map(async (cell) => (await roster(door.db, cell.id)).length));
    const total = counts.reduce((sum, count) => sum + count, 0);
    expect(total).toBeGreaterThan(235);
    expect(total).toBeLessThan(265);
  });

  test('each cell has its officers, its two probationary, its exempt, its temporary member, two or three sites', async () => {
    for (const cell of (await allCells()).cells) {
      const members = await roster(door.db, cell.id);
      const count = (pick: (member: (typeof members)[number]) => boolean) => members.filter(pick).length;
      expect(count((member) => member.office === 'cellSecretary')).toBe(1);
      expect(count((member) => member.office === 'deputySecretary')).toBe(1);
      expect(count((member) => member.isClerk)).toBe(1);
      expect(count((member) => member.standing === 'probationary')).toBe(2);
      expect(count((member) => member.standing === 'exempt')).toBe(1);
      expect(count((member) => member.standing === 'temporaryIn')).toBe(1);
      const sites = await sitesOfCell(door.db, cell.id);
      expect(sites.length === 2 || sites.length === 3).toBe(true);
      expect(sites.filter((site) => site.isMain)).toHaveLength(1);
    }
  });

  test('two superiors have cells below them and an administrator the whole province', async () => {
    const { superior, administrator } = await groups();
    expect(superior).toHaveLength(2);
    expect(administrator).toHaveLength(1);
    const reach = [];
    for (const entry of superior) {
      if (entry.enterAs.kind !== 'person') throw new Error('a superior is a person');
      reach.push((await cellsOfSuperior(door.db, entry.enterAs.personId)).length);
    }
    expect(reach.toSorted((a, b) => a - b)).toEqual([5, 16]);
    const [only] = administrator;
    const [cell] = (await allCells()).cells;
    if (only?.enterAs.kind !== 'person' || !cell) throw new Error('an administrator is a person');
    expect(await relationTo(door.db, only.enterAs.personId, cell.id)).toEqual({
      membership: null,
      isSuperior: false,
      isAdministrator: true,
    });
  });

  test('the same people on every machine; a second start changes nothing', async () => {
    const other = await openTestDirectory();
    expect(await createProvince(other.db, 0)).toBe('created');
    const names = (db: typeof other.db) =>
      db.selectFrom('people').select(['name', 'birthYear', 'phone']).orderBy('phone').execute();
    expect(await names(other.db)).toEqual(await names(door.db));
    const before = await names(door.db);
    expect(await createProvince(door.db, 0)).toBe('found');
    expect(await names(door.db)).toEqual(before);
    await other.close();
  });

  test('never over a directory of real people', async () => {
    const real = await openTestDirectory();
    await createOrganization(real.db, {
      parentId: null,
      kind: 'commune',
      name: 'Đảng bộ xã',
      committeeName: 'Đảng ủy xã',
    });
    await expect(createProvince(real.db, 0)).rejects.toThrow(NotADemonstration);
    expect(await real.db.selectFrom('people').selectAll().execute()).toEqual([]);
    await real.close();
  });

  test('never without DEMO=1 over a directory of invented people, whose password everybody can read', async () => {
    await expect(refuseInvented(door.db)).rejects.toThrow(/holds the demonstration/);
    const real = await openTestDirectory();
    await refuseInvented(real.db);
    await real.close();
  });

  test('four cells have a meeting on now, a village with the thường kỳ programme; others come later', async () => {
    const { chair } = await groups();
    const [entry] = chair;
    if (entry?.enterAs.kind !== 'person' || entry.meetingId === null) throw new Error('no chair, no meeting');
    const token = await door.tokenOf(entry.enterAs.personId);
    const home = await door.ask('home', { token });
    expect(home.value?.now).toMatchObject([{ id: entry.meetingId, kind: 'regular', role: 'chair' }]);
    const room = await door.registry.room(entry.meetingId);
    expect(room?.state.phase).toBe('summoned');
    expect(room?.state.agenda).toHaveLength(14);
    expect(room?.state.agenda.reduce((sum, item) => sum + item.minutes, 0)).toBe(95);
    expect(Object.values(room?.state.sites ?? {}).map((site) => site.method)).toEqual(
      expect.arrayContaining(['byName', 'byTeller']),
    );
    const all = await door.index.unfinished();
    expect(all.length).toBe(14);
    expect(all.filter((meeting) => meeting.startsAt > door.clock.at)).toHaveLength(10);
  });

  test('starting again makes no second meeting; on the next day there is one again', async () => {
    const count = async () => (await door.index.unfinished()).length;
    const before = await count();
    await summonDemoMeetings({ ...door, now: door.clock.now });
    expect(await count()).toBe(before);
    const tomorrow = door.clock.at + 24 * 3_600_000;
    await summonDemoMeetings({ ...door, now: () => tomorrow });
    const [featured] = (await groups()).chair;
    const meeting = featured?.meetingId ? await door.index.get(featured.meetingId) : undefined;
    expect(Math.abs((meeting?.startsAt ?? 0) - tomorrow)).toBeLessThan(10 * 60_000);
  });
});

describe('DEMO_LIVE', () => {
  test('gives each committee a meeting before a second to any, and at most one a cell', () => {
    const live = liveCells(usuallyLive);
    expect(organizations.map(({ cells }) => cells.filter((cell) => live.has(cell)).length)).toEqual([
      1, 1, 1, 1,
    ]);
    expect(liveCells(Number.POSITIVE_INFINITY).size).toBe(16);
  });

  test('brings a meeting on now to every cell, beside what comes later, and once only', async () => {
    const now = door.clock.now();
    const countNow = async () =>
      (await door.index.unfinished()).filter(({ startsAt }) => Math.abs(startsAt - now) < 10 * 60_000).length;
    await summonDemoMeetings({ ...door, now: () => now }, Number.POSITIVE_INFINITY);
    expect(await countNow()).toBe(16);
    await summonDemoMeetings({ ...door, now: () => now }, Number.POSITIVE_INFINITY);
    expect(await countNow()).toBe(16);
  });
});

describe('entering the demonstration', () => {
  test('offers member, room terminal, clerk, chair, superior and administrator', async () => {
    const found = await groups();
    for (const part of ['chair', 'clerk', 'member', 'terminal', 'superior', 'administrator'] as const) {
      expect(found[part].length).toBeGreaterThan(0);
    }
  });

  test('one click makes a session of that person, or of the room', async () => {
    const { clerk, terminal } = await groups();
    const [person, room] = [clerk[0], terminal[0]];
    if (!person || !room) throw new Error('nobody is offered');
    const entered = await door.ask('demoLogin', { body: { enterAs: person.enterAs } });
    expect(entered.value?.session).toMatchObject({ kind: 'person', name: person.name });
    const opened = await door.ask('demoLogin', { body: { enterAs: room.enterAs, slot: 'hall' } });
    expect(opened.value?.session).toMatchObject({ kind: 'terminal', siteName: room.name });
    const session = await door.auth.sessions.authenticate(opened.value?.accessToken ?? '');
    expect(session).toMatchObject({ ok: true, value: { kind: 'terminal' } });
  });

  test('the invented password works as well, by name and by telephone', async () => {
    const [entry] = (await groups()).member;
    const phones = await door.db
      .selectFrom('people')
      .select(['phone', 'name'])
      .where('name', '=', entry?.name ?? '')
      .execute();
    for (const name of [entry?.name ?? '', phones[0]?.phone ?? '']) {
      const answer = await door.ask('login', { body: { name, password: demoPassword } });
      expect(answer.value?.session).toMatchObject({ kind: 'person', name: entry?.name });
    }
  });

  test.each([
    ['another machine', { remoteAddress: '192.168.1.20' }],
    ['a proxy that forwards strangers', { headers: { 'x-forwarded-for': '203.0.113.9' } }],
    ['a foreign name that points here', { headers: { host: 'evil.example:3000' } }],
  ])('is refused from %s', async (_from, asked) => {
    const [entry] = (await groups()).clerk;
    if (!entry) throw new Error('nobody is offered');
    for (const answer of [
      await door.ask('demo', asked),
      await door.ask('demoLogin', { ...asked, body: { enterAs: entry.enterAs } }),
      await door.ask('login', { ...asked, body: { name: entry.name, password: demoPassword } }),
    ]) {
      expect(answer).toMatchObject({ status: 403, code: 'demoOnlyOnThisComputer' });
      expect(answer.text).not.toContain(entry.name);
    }
  });

  test('somebody who was not invented cannot be entered as', async () => {
    const real = await addPerson(door.db, { name: 'Người Thật', birthYear: null, phone: null, title: '' });
    if (!real.ok) throw new Error(real.refusal.code);
    const answer = await door.ask('demoLogin', {
      body: { enterAs: { kind: 'person', personId: real.value } },
    });
    expect(answer).toMatchObject({ status: 404, code: 'notFound' });
  });

  test('outside demonstration mode the routes do not exist', async () => {
    const real = await openTestDoor();
    expect(await real.ask('demo', {})).toMatchObject({ status: 404, code: 'notFound' });
    await real.close();
  });
});

async function groups() {
  const answer = await door.ask('demo', {});
  const found = new Map(answer.value?.groups.map((group) => [group.part, group.entries]));
  const of = (part: Parameters<typeof found.get>[0]) => found.get(part) ?? [];
  return {
    chair: of('chair'),
    clerk: of('clerk'),
    member: of('member'),
    terminal: of('terminal'),
    superior: of('superior'),
    administrator: of('administrator'),
  };
}
