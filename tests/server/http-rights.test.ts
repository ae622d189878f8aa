import { asId, type CellId, type MeetingId } from '@diemcau/shared/ids.ts';
import { type RouteName, type RouteRequest, routes } from '@diemcau/shared/protocol/http.ts';
import { oversightRoutes } from '@diemcau/shared/protocol/http-oversight.ts';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { openTestDoor, type TestDoor } from './support/http-app.ts';
import { bare, settle, type Village } from './support/village.ts';

let door: TestDoor;
let village: Village;
let meetingId: MeetingId;

beforeAll(async () => {
  door = await openTestDoor();
  village = await settle(door);
  const { own } = village;
  const created = await door.ask('createMeeting', {
    token: await door.tokenOf(own.secretary),
    body: {
      cellId: own.cellId,
      kind: 'regular',
      title: 'Sinh hoạt thường kỳ',
      startsAt: door.clock.at,
      sites: [{ siteId: own.mainSite, method: 'byName' }],
      clerkId: own.clerk,
    },
  });
  if (!created.value) throw new Error(created.text);
  meetingId = created.value.meetingId;
});

afterAll(() => door.close());

const roles = [
  'nobody',
  'terminal',
  'suspended',
  'member',
  'clerk',
  'secretary',
  'superior',
  'administrator',
  'provinceAdministrator',
  'strangeSecretary',
] as const;
type Role = (typeof roles)[number];

async function tokenOf(role: Role): Promise<string | undefined> {
  const { own, strange } = village;
  switch (role) {
    case 'nobody':
      return undefined;
    case 'terminal': {
      const subject = {
        kind: 'terminal',
        meetingId,
        siteId: own.mainSite,
        responsibleId: own.member,
      } as const;
      return (await door.auth.sessions.begin(subject)).accessToken;
    }
    case 'suspended':
    case 'member':
    case 'clerk':
    case 'secretary':
      return door.tokenOf(own[role]);
    case 'strangeSecretary':
      return door.tokenOf(strange.secretary);
    case 'superior':
    case 'administrator':
    case 'provinceAdministrator':
      return door.tokenOf(village[role]);
  }
}

type Ask = () => { [N in RouteName]: { readonly name: N } & Partial<RouteRequest<N>> }[RouteName];

const administrators: readonly Role[] = ['administrator', 'provinceAdministrator'];
const fields = { ...bare, name: 'Một Người' };
const cellParams = () => ({ cellId: village.own.cellId });

/** Who may, on the own cell; everybody else is refused. What may not happen twice is asked in a way that changes nothing. */
const table: readonly (readonly [string, readonly Role[], Ask])[] = [
  [
    'the roster of the cell',
    [...administrators, 'secretary'],
    () => ({ name: 'cell', params: cellParams() }),
  ],
  [
    'codes on paper',
    [...administrators, 'secretary'],
    () => ({ name: 'issueCodes', params: cellParams(), body: {} }),
  ],
  ['rename the cell', administrators, () => ({ name: 'updateCell', params: cellParams(), body: {} })],
  ['add a member', administrators, () => ({ name: 'addMember', params: cellParams(), body: fields })],
  [
    'change a member',
    administrators,
    () => ({
      name: 'updateMember',
      params: { ...cellParams(), personId: village.own.member },
      body: { ...bare, name: 'Nông Văn Trong' },
    }),
  ],
  [
    'add a site',
    administrators,
    () => ({ name: 'createSite', params: cellParams(), body: { name: `Điểm ${Math.random()}` } }),
  ],
  [
    'change a site',
    administrators,
    () => ({ name: 'updateSite', params: { siteId: village.own.otherSite }, body: { name: 'Điểm trường' } }),
  ],
  [
    'add a cell',
    administrators,
    () => ({
      name: 'createCell',
      body: { organizationId: village.commune, name: `Chi bộ ${Math.random()}`, type: 'rural' },
    }),
  ],
  [
    'change the committee',
    administrators,
    () => ({ name: 'updateOrganization', params: { organizationId: village.commune }, body: {} }),
  ],
  [
    'change the committee above',
    ['provinceAdministrator'],
    () => ({ name: 'updateOrganization', params: { organizationId: village.province }, body: {} }),
  ],
  [
    'assign a superior',
    administrators,
    () => ({ name: 'assignSuperior', body: { personId: village.own.clerk, cellId: village.own.cellId } }),
  ],
  ['the tree of organizations', administrators, () => ({ name: 'administration' })],
  [
    'a code for a site of the meeting',
    ['secretary', 'clerk'],
    () => ({ name: 'issueSiteCode', params: { meetingId, siteId: village.own.mainSite }, body: {} }),
  ],
  [
    'a code for a member on the spot',
    [...administrators, 'secretary'],
    () => ({ name: 'issueMemberCode', params: { meetingId }, body: { personId: village.own.member } }),
  ],
  ['streaks of absence', ['secretary'], () => ({ name: 'absenceStreaks', params: cellParams() })],
  [
    'summon a meeting',
    ['secretary'],
    () => ({
      name: 'createMeeting',
      body: {
        cellId: village.own.cellId,
        kind: 'topic',
        title: 'Chuyên đề',
        startsAt: door.clock.at,
        sites: [],
        chairId: village.own.secretary,
        clerkId: village.own.clerk,
      },
    }),
  ],
];

/** Names of people of the own cell; none may stand in an answer to who has no right to them. */
const names = ['Hà Thị Trong', 'Đỗ Văn Trong', 'Nông Văn Trong', 'Lý Văn Trong'];

async function ask(role: Role, request: ReturnType<Ask>) {
  const { name, ...rest } = request;
  return door.ask(name, { ...(rest as Partial<RouteRequest<typeof name>>), token: await tokenOf(role) });
}

describe('who may what, over HTTP', () => {
  for (const [what, allowed, request] of table) {
    test.each(roles)(`${what}: %s`, async (role) => {
      const answer = await ask(role, request());
      if (allowed.includes(role)) {
        expect(answer.text).not.toContain('"code":"notAllowed"');
        expect(answer.status).toBe(200);
        return;
      }
      expect(answer).toMatchObject(
        role === 'nobody' ? { status: 401, code: 'unauthenticated' } : { status: 403, code: 'notAllowed' },
      );
      for (const name of names) expect(answer.text).not.toContain(name);
    });
  }

  test('the table leaves out no route that needs a session', () => {
    const open = [
      'login',
      'refresh',
      'logout',
      'activate',
      'firstAdministrator',
      'openTerminal',
      'demo',
      'demoLogin',
      'unlock',
    ];
    const elsewhere = [
      'home',
      'pin',
      'setPin',
      'lock',
      'tryLine',
      'createOrganization',
      'removeOrganization',
      'removeCell',
      'removeSite',
      'removeMember',
      'importMembers',
      'endSuperior',
      'appointAdministrator',
      ...Object.keys(oversightRoutes),
    ];
    const tested = table.map(([, , request]) => request().name);
    expect(new Set([...open, ...elsewhere, ...tested])).toEqual(new Set(Object.keys(routes)));
  });

  test.each(roles.filter((role) => !administrators.includes(role)))(
    'what removes or appoints: %s',
    async (role) => {
      const { own, commune } = village;
      const requests: ReturnType<Ask>[] = [
        {
          name: 'createOrganization',
          body: { parentId: commune, kind: 'other', name: 'X', committeeName: 'Y' },
        },
        { name: 'removeOrganization', params: { organizationId: commune } },
        { name: 'removeCell', params: { cellId: own.cellId } },
        { name: 'removeSite', params: { siteId: own.otherSite } },
        { name: 'removeMember', params: { cellId: own.cellId, personId: own.member } },
        { name: 'importMembers', params: { cellId: own.cellId }, query: { mode: 'commit' } },
        { name: 'endSuperior', body: { personId: village.superior, organizationId: commune } },
        { name: 'appointAdministrator', params: { organizationId: commune }, body: { personId: own.member } },
      ];
      for (const request of requests) {
        const answer = await ask(role, request);
        expect(answer.code, request.name).toBe(role === 'nobody' ? 'unauthenticated' : 'notAllowed');
      }
    },
  );

  test('an administrator of one commune has nothing to say in the next, and learns nothing of it', async () => {
    const { strange, otherCommune } = village;
    const requests: ReturnType<Ask>[] = [
      { name: 'cell', params: { cellId: strange.cellId } },
      { name: 'addMember', params: { cellId: strange.cellId }, body: fields },
      { name: 'createCell', body: { organizationId: otherCommune, name: 'X', type: 'rural' } },
      { name: 'removeOrganization', params: { organizationId: otherCommune } },
      { name: 'assignSuperior', body: { personId: strange.member, cellId: village.own.cellId } },
      {
        name: 'appointAdministrator',
        params: { organizationId: village.commune },
        body: { personId: strange.member },
      },
      { name: 'updateSite', params: { siteId: strange.mainSite }, body: { name: 'X' } },
    ];
    for (const request of requests) {
      const answer = await ask('administrator', request);
      expect(answer.code, request.name).toBe('notAllowed');
      const { code, message } = JSON.parse(answer.text);
      const unknown = await door.ask('cell', {
        params: { cellId: asId<CellId>('nowhere') },
        token: await tokenOf('administrator'),
      });
      expect(JSON.parse(unknown.text)).toEqual({ code, message });
    }
    const tree = await ask('administrator', { name: 'administration' });
    expect(tree.text).not.toContain('Ngoài');
  });

  test('a member of an own cell cannot be reached through another cell', async () => {
    const token = await tokenOf('administrator');
    const moved = await door.ask('updateMember', {
      token,
      params: { cellId: village.own.cellId, personId: village.strange.member },
      body: fields,
    });
    expect(moved).toMatchObject({ status: 404, code: 'notFound' });
    const row = await door.db
      .selectFrom('people')
      .where('id', '=', village.strange.member)
      .select('name')
      .executeTakeFirst();
    expect(row?.name).toBe('Nông Văn Ngoài');
  });

  test('nobody rises by a code: a secretary gets none for an account with rights above', async () => {
    const token = await door.tokenOf(village.strange.secretary);
    const { cellId, member } = village.strange;
    const provinceToken = await door.tokenOf(village.provinceAdministrator);
    await door.ask('appointAdministrator', {
      token: provinceToken,
      params: { organizationId: village.otherCommune },
      body: { personId: member },
    });
    const asked = await door.ask('issueCodes', { token, params: { cellId }, body: { personIds: [member] } });
    expect(asked.code).toBe('notAllowed');
    const everybody = await door.ask('issueCodes', { token, params: { cellId }, body: {} });
    expect(everybody.value?.codes.map((entry) => entry.personId)).not.toContain(member);
    expect(everybody.value?.codes.length).toBeGreaterThan(0);
    const above = await door.ask('issueCodes', {
      token: provinceToken,
      params: { cellId },
      body: { personIds: [member] },
    });
    expect(above.status).toBe(200);
  });

  test('SITE3 a terminal session is no person: home and every roster are closed to it', async () => {
    expect(await ask('terminal', { name: 'home' })).toMatchObject({ status: 403, code: 'notAllowed' });
  });

  test('a session says who one is at this moment: rights that end, end at once', async () => {
    const token = await door.tokenOf(village.superior);
    const cells = async () => (await door.ask('home', { token })).value?.superiorOf.length;
    expect(await cells()).toBeGreaterThan(0);
    await door.ask('endSuperior', {
      token: await tokenOf('administrator'),
      body: { personId: village.superior, organizationId: village.commune },
    });
    expect(await cells()).toBe(0);
  });
});
