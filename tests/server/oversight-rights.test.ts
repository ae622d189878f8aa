import {
  asId,
  type MeetingId,
  type ObservationId,
  type PersonId,
  type VisitPlanId,
} from '@diemcau/shared/ids.ts';
import type { RouteName, RouteRequest } from '@diemcau/shared/protocol/http.ts';
import type { oversightRoutes } from '@diemcau/shared/protocol/http-oversight.ts';
import type { RefusalCode } from '@diemcau/shared/result.ts';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { endAssignment } from '../../server/src/directory/rights.ts';
import { openTestDoor, type TestDoor } from './support/http-app.ts';
import { attendedMeeting, granted, superiorOver } from './support/oversight.ts';
import { must, settle, type Village } from './support/village.ts';

let door: TestDoor;
let village: Village;
let meetingId: MeetingId;
let head: { readonly seq: number; readonly hash: string };
let observation: ObservationId;
let visit: VisitPlanId;
const people: { strangeSuperior?: PersonId; ended?: PersonId } = {};
let day: string;

beforeAll(async () => {
  door = await openTestDoor();
  village = await settle(door);
  people.strangeSuperior = await superiorOver(door, 'Đảng Ủy Khác', { organizationId: village.otherCommune });
  people.ended = await superiorOver(door, 'Đã Thôi', { organizationId: village.commune });
  must(await endAssignment(door.db, people.ended, { organizationId: village.commune }));
  const attended = await attendedMeeting(door, village);
  ({ meetingId } = attended);
  head = attended.room.head;
  const token = await door.tokenOf(village.superior);
  const body = { kind: 'proposal', text: 'Kiến nghị riêng', ...head } as const;
  observation = granted(await door.ask('writeObservation', { token, params: { meetingId }, body })).id;
  day = granted(await door.ask('visits', { token, query: {} })).today;
  const wish = { personId: village.superior, cellId: village.own.cellId, day };
  visit = granted(await door.ask('planVisit', { token, body: wish })).visitPlanId;
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
  'strangeSuperior',
  'ended',
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
    case 'strangeSuperior':
    case 'ended': {
      const person = people[role];
      return person === undefined ? undefined : door.tokenOf(person);
    }
    case 'superior':
    case 'administrator':
    case 'provinceAdministrator':
      return door.tokenOf(village[role]);
  }
}

type Name = keyof typeof oversightRoutes;
type Request = { [N in RouteName]: { readonly name: N } & Partial<RouteRequest<N>> }[RouteName];

/** Who gets an answer; how each other is refused, `notAllowed` where nothing else is said. */
interface Row {
  readonly allowed: readonly Role[];
  readonly otherwise?: Partial<Record<Role, RefusalCode>>;
  readonly request: () => Request & { readonly name: Name };
}

/** A meeting out of reach answers as one that doesn't exist. */
const strangers = {
  strangeSuperior: 'notOfThisMeeting',
  ended: 'notOfThisMeeting',
  administrator: 'notOfThisMeeting',
  provinceAdministrator: 'notOfThisMeeting',
  strangeSecretary: 'notOfThisMeeting',
  suspended: 'personExcluded',
} as const;
const persons = roles.filter((role) => role !== 'nobody' && role !== 'terminal');
const change = { kind: 'proposal', text: 'Kiến nghị riêng' } as const;

const table: { readonly [N in Name]: Row } = {
  observationBoard: { allowed: persons, request: () => ({ name: 'observationBoard', query: {} }) },
  meetingObservations: {
    allowed: ['member', 'clerk', 'secretary', 'superior'],
    otherwise: strangers,
    request: () => ({ name: 'meetingObservations', params: { meetingId } }),
  },
  writeObservation: {
    allowed: ['superior'],
    otherwise: strangers,
    request: () => ({ name: 'writeObservation', params: { meetingId }, body: { ...change, ...head } }),
  },
  editObservation: {
    allowed: ['superior'],
    request: () => ({ name: 'editObservation', params: { observationId: observation }, body: change }),
  },
  // Not the first one's: it is needed by the other rows.
  deleteObservation: {
    allowed: [],
    request: () => ({
      name: 'deleteObservation',
      params: { observationId: asId<ObservationId>('khong-co') },
    }),
  },
  sendObservations: {
    allowed: [],
    request: () => ({
      name: 'sendObservations',
      body: { observationIds: [observation, asId<ObservationId>('khong-co')] },
    }),
  },
  visits: {
    allowed: ['superior', 'strangeSuperior'],
    request: () => ({ name: 'visits', query: {} }),
  },
  planVisit: {
    allowed: [],
    otherwise: { superior: 'alreadyExists' },
    request: () => ({
      name: 'planVisit',
      body: { personId: village.superior, cellId: village.own.cellId, day },
    }),
  },
  moveVisit: {
    allowed: ['superior'],
    request: () => ({ name: 'moveVisit', params: { visitPlanId: visit }, body: { day } }),
  },
  removeVisit: {
    allowed: [],
    request: () => ({ name: 'removeVisit', params: { visitPlanId: asId<VisitPlanId>('khong-co') } }),
  },
  meetingSuperiors: {
    allowed: ['clerk', 'secretary'],
    otherwise: strangers,
    request: () => ({ name: 'meetingSuperiors', params: { meetingId } }),
  },
  assignments: {
    allowed: ['administrator', 'provinceAdministrator'],
    request: () => ({ name: 'assignments' }),
  },
  assignable: {
    allowed: ['administrator', 'provinceAdministrator'],
    request: () => ({ name: 'assignable', query: { name: 'Trong' } }),
  },
};

async function ask(role: Role, request: Request) {
  const { name, ...rest } = request;
  return door.ask(name, { ...(rest as Partial<RouteRequest<typeof name>>), token: await tokenOf(role) });
}

/** What only the own cell and its superior know. */
const secrets = ['Kiến nghị riêng', 'thôn Trong', 'Trần Thị Cấp Trên'];

describe('who may what of supervision, over HTTP', () => {
  for (const [name, { allowed, otherwise, request }] of Object.entries(table)) {
    test.each(roles)(`${name}: %s`, async (role) => {
      const answer = await ask(role, request());
      if (allowed.includes(role)) {
        expect(answer.text).not.toContain('"code"');
        expect(answer.status).toBe(200);
        if (role === 'superior' || role === 'clerk' || role === 'secretary') return;
        if (role === 'administrator' || role === 'provinceAdministrator') return;
      } else {
        expect(answer.code).toBe(role === 'nobody' ? 'unauthenticated' : (otherwise?.[role] ?? 'notAllowed'));
      }
      for (const secret of secrets) expect(answer.text).not.toContain(secret);
    });
  }

  test.each(persons)('what is another’s and what is nowhere answer alike: %s', async (role) => {
    if (role === 'superior') return;
    const pairs: readonly (readonly [Request, Request])[] = [
      [
        { name: 'deleteObservation', params: { observationId: observation } },
        { name: 'deleteObservation', params: { observationId: asId<ObservationId>('khong-co') } },
      ],
      [
        { name: 'sendObservations', body: { observationIds: [observation] } },
        { name: 'sendObservations', body: { observationIds: [asId<ObservationId>('khong-co')] } },
      ],
      [
        { name: 'removeVisit', params: { visitPlanId: visit } },
        { name: 'removeVisit', params: { visitPlanId: asId<VisitPlanId>('khong-co') } },
      ],
      [
        { name: 'moveVisit', params: { visitPlanId: visit }, body: { day } },
        { name: 'moveVisit', params: { visitPlanId: asId<VisitPlanId>('khong-co') }, body: { day } },
      ],
    ];
    for (const [theirs, nowhere] of pairs) {
      const [one, two] = [await ask(role, theirs), await ask(role, nowhere)];
      expect([one.status, one.text]).toEqual([403, two.text]);
    }
    const unknown = asId<MeetingId>('khong-co');
    const members: readonly Role[] = ['member', 'clerk', 'secretary', 'suspended'];
    if (members.includes(role)) return;
    const [one, two] = await Promise.all(
      [meetingId, unknown].map((id) => ask(role, { name: 'meetingObservations', params: { meetingId: id } })),
    );
    expect(one?.text).toBe(two?.text);
  });

  test('SUP9 officers are offered the superiors of their cell, and no one of its roll', async () => {
    const token = await door.tokenOf(village.provinceAdministrator);
    const body = { personId: village.own.member, cellId: village.own.cellId };
    await door.ask('assignSuperior', { token, body });
    const { superiors } = granted(
      await door.ask('meetingSuperiors', {
        token: await door.tokenOf(village.own.clerk),
        params: { meetingId },
      }),
    );
    expect(superiors.map(({ name }) => name)).toEqual(['Trần Thị Cấp Trên']);
    await door.ask('endSuperior', { token, body });
  });

  test('an administrator sees the assignments of the own subtree alone, and assigns whom it knows', async () => {
    const token = await door.tokenOf(village.administrator);
    const seen = await door.ask('assignments', { token });
    expect(granted(seen).assignments).toMatchObject([
      { person: { name: 'Trần Thị Cấp Trên' }, subject: { kind: 'organization', name: 'Đảng bộ xã Trong' } },
    ]);
    const top = granted(
      await door.ask('assignments', { token: await door.tokenOf(village.provinceAdministrator) }),
    );
    expect(top.assignments.map(({ person }) => person.name)).toEqual(['Đảng Ủy Khác', 'Trần Thị Cấp Trên']);

    const find = async (name: string) =>
      granted(await door.ask('assignable', { token, query: { name } })).people.map((person) => person.name);
    expect(await find('nông văn')).toEqual(['Nông Văn Trong']);
    expect(await find('cấp trên')).toEqual(['Trần Thị Cấp Trên']);
    expect(await find('Đảng Ủy')).toEqual([]);
    expect(await find('%')).not.toContain('Nông Văn Ngoài');

    const { superior, own, strange } = village;
    const again = { personId: superior, cellId: own.cellId };
    expect((await door.ask('assignSuperior', { token, body: again })).status).toBe(200);
    const renamed = { ...again, title: 'Chức vụ khác' };
    expect((await door.ask('assignSuperior', { token, body: renamed })).code).toBe('notAllowed');
    const stranger = { personId: strange.member, cellId: own.cellId };
    expect((await door.ask('assignSuperior', { token, body: stranger })).code).toBe('notAllowed');
  });
});
