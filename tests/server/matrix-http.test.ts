import { dayOf } from '@diemcau/shared/domain/visits.ts';
import type { PersonId } from '@diemcau/shared/ids.ts';
import {
  memberTemplatePath,
  type RouteName,
  recordFilePaths,
  routes,
} from '@diemcau/shared/protocol/http.ts';
import { errorBody } from '@diemcau/shared/protocol/http-schemas.ts';
import pino from 'pino';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { buildApp } from '../../server/src/app.ts';
import { createCell, createSite } from '../../server/src/directory/cells.ts';
import { addMember } from '../../server/src/directory/members.ts';
import { addObservation } from '../../server/src/directory/observations.ts';
import { createOrganization } from '../../server/src/directory/organizations.ts';
import { addVisitPlan } from '../../server/src/directory/visit-plans.ts';
import { machine } from '../../server/src/meeting/ports.ts';
import {
  type MatrixWorld,
  matrixConfig,
  openMatrixWorld,
  type Role,
  roles,
  routesOf,
  type Side,
  type Target,
  targets,
} from './support/matrix-world.ts';
import { bare, must } from './support/village.ts';

let world: MatrixWorld;
beforeAll(async () => {
  world = await openMatrixWorld();
});
afterAll(() => world.close());

/** Refused for who one is, before anything else is looked at. */
const shut = [
  'unauthenticated',
  'sessionEnded',
  'notAllowed',
  'notOfThisMeeting',
  'notJoined',
  'personExcluded',
];

const unknown: readonly Role[] = ['anonymous', 'forged'];
const terminals: readonly Role[] = ['terminal', 'replacedTerminal', 'strangeTerminal'];
const persons = roles.filter((role) => !unknown.includes(role) && !terminals.includes(role));
const rollOfOwn: readonly Role[] = [
  'member',
  'probationary',
  'exempt',
  'temporaryIn',
  'chair',
  'clerk',
  'secretary',
  'deputySecretary',
  'committeeMember',
  'siteResponsible',
  'teller',
];

/** Who has which right, written from the rules and not from the product. Nobody has one over what is nowhere. */
type Rights = Readonly<Record<Target, readonly Role[]>>;
const over = (own: readonly Role[], strange: readonly Role[] = []): Rights => ({ own, strange, nowhere: [] });
const always = (list: readonly Role[]): Rights => ({ own: list, strange: list, nowhere: list });
const administers = over(
  ['administrator', 'provinceAdministrator'],
  ['strangeAdministrator', 'provinceAdministrator'],
);
const anyAdministrator = always(['administrator', 'provinceAdministrator', 'strangeAdministrator']);
const summons = over(['secretary', 'deputySecretary'], ['strangeSecretary']);
const leads = over([...summons.own, ...administers.own], [...summons.strange, ...administers.strange]);
const reads = over([...rollOfOwn, 'superior'], ['strangeMember', 'strangeSecretary']);

/** How somebody is refused what belongs to a meeting: `notAllowed` where they may enter it. */
function asReader(role: Role, target: Target): string {
  if (unknown.includes(role)) return 'unauthenticated';
  if (terminals.includes(role)) return 'notAllowed';
  if (reads[target].includes(role)) return 'notAllowed';
  if (target === 'own') {
    if (role === 'suspended' || role === 'temporaryOut') return 'personExcluded';
    if (role === 'superiorUnseen') return 'notJoined';
  }
  if (target === 'strange' && role === 'strangeSuperior') return 'notJoined';
  return 'notOfThisMeeting';
}

interface Asked {
  readonly params?: Readonly<Record<string, string>>;
  readonly query?: Readonly<Record<string, string>>;
  readonly body?: unknown;
  readonly cookies?: Readonly<Record<string, string>>;
}

interface Expectation {
  readonly may: Rights;
  readonly otherwise?: (role: Role, target: Target) => string;
  /** Made anew for each role, so that one that may remove something removes nothing of another's. */
  readonly ask: (side: Side, target: Target, role: Role) => Asked | Promise<Asked>;
}

let counter = 0;
const name = () => `Số ${++counter}`;
const text = { kind: 'proposal', text: 'Kiến nghị riêng' } as const;
const placeless = (target: Target) => target === 'nowhere';

async function freshMember({ cellId, personId }: Side, target: Target): Promise<PersonId> {
  return placeless(target) ? personId : must(await addMember(world.db, cellId, { ...bare, name: name() }));
}

/** An observation of the side's superior, not sent. */
async function freshObservation({ meetingId }: Side, target: Target): Promise<string> {
  if (placeless(target)) return meetingId;
  const personId = target === 'own' ? world.people.superior : world.people.strangeSuperior;
  return addObservation(world.db, {
    meetingId,
    author: { personId, name: 'Trần Thị Cấp Trên', office: '' },
    ...text,
    moment: { seq: 1, hash: 'a'.repeat(64), at: 1, item: null },
    writtenAt: 1,
  });
}

const dayAfter = () => dayOf(world.clock.at + 86_400_000 * ++counter);

async function freshPlan({ cellId }: Side, target: Target): Promise<string> {
  if (placeless(target)) return cellId;
  const person = target === 'own' ? world.people.superior : world.people.strangeSuperior;
  return must(await addVisitPlan(world.db, { person, cell: cellId, day: dayAfter() }, person));
}

/** The role's own person, or somebody who isn't. */
const selfOf = (role: Role, fallback: PersonId): PersonId =>
  (world.people as Partial<Record<Role, PersonId>>)[role] ?? fallback;

const itsSuperior = over(['superior'], ['strangeSuperior']);

/** Every route that needs a session. What may be done once only is done to something made for it. */
const guarded: { readonly [N in Exclude<RouteName, (typeof open)[number]>]: Expectation } = {
  home: { may: always(persons), ask: () => ({}) },
  pin: { may: always(persons), ask: () => ({}) },
  setPin: { may: always(persons), ask: () => ({ body: { pin: '1234' } }) },
  // The session that is locked is one made for it.
  lock: {
    may: always(persons),
    ask: async (_side, _target, role) => ({
      body: { slot: 'x' },
      cookies: { diemcau_x: await world.newRefreshToken(role) },
    }),
  },
  administration: { may: anyAdministrator, ask: () => ({}) },
  createOrganization: {
    may: administers,
    ask: ({ organizationId }) => ({
      body: { parentId: organizationId, kind: 'other', name: name(), committeeName: 'X' },
    }),
  },
  updateOrganization: {
    may: administers,
    ask: ({ organizationId }) => ({ params: { organizationId }, body: {} }),
  },
  removeOrganization: {
    may: administers,
    ask: async ({ organizationId }, target) => {
      if (placeless(target)) return { params: { organizationId } };
      const wish = { parentId: organizationId, kind: 'other', name: name(), committeeName: 'X' } as const;
      return { params: { organizationId: must(await createOrganization(world.db, wish)) } };
    },
  },
  createCell: {
    may: administers,
    ask: ({ organizationId }) => ({ body: { organizationId, name: name(), type: 'rural' } }),
  },
  cell: { may: leads, ask: ({ cellId }) => ({ params: { cellId } }) },
  updateCell: { may: administers, ask: ({ cellId }) => ({ params: { cellId }, body: {} }) },
  removeCell: {
    may: administers,
    ask: async ({ organizationId, cellId }, target) => {
      if (placeless(target)) return { params: { cellId } };
      const wish = { organizationId, name: name(), type: 'rural' } as const;
      return { params: { cellId: must(await createCell(world.db, wish)) } };
    },
  },
  createSite: { may: administers, ask: ({ cellId }) => ({ params: { cellId }, body: { name: name() } }) },
  updateSite: {
    may: administers,
    ask: ({ otherSite }) => ({ params: { siteId: otherSite }, body: { name: name() } }),
  },
  removeSite: {
    may: administers,
    ask: async ({ cellId, siteId }, target) => {
      if (placeless(target)) return { params: { siteId } };
      const site = await createSite(world.db, cellId, { name: name(), address: '', isMain: false });
      return { params: { siteId: must(site) } };
    },
  },
  addMember: {
    may: administers,
    ask: ({ cellId }) => ({ params: { cellId }, body: { ...bare, name: name() } }),
  },
  updateMember: {
    may: administers,
    ask: async (side, target) => ({
      params: { cellId: side.cellId, personId: await freshMember(side, target) },
      body: { ...bare, name: name() },
    }),
  },
  removeMember: {
    may: administers,
    ask: async (side, target) => ({
      params: { cellId: side.cellId, personId: await freshMember(side, target) },
    }),
  },
  importMembers: {
    may: administers,
    ask: ({ cellId }) => ({ params: { cellId }, query: { mode: 'preview' } }),
  },
  issueCodes: {
    may: leads,
    ask: ({ cellId, personId }) => ({ params: { cellId }, body: { personIds: [personId] } }),
  },
  assignSuperior: {
    may: administers,
    ask: async (side, target) => ({
      body: { personId: await freshMember(side, target), cellId: side.cellId },
    }),
  },
  endSuperior: { may: administers, ask: ({ personId, cellId }) => ({ body: { personId, cellId } }) },
  appointAdministrator: {
    may: administers,
    ask: async (side, target) => ({
      params: { organizationId: side.organizationId },
      body: { personId: await freshMember(side, target) },
    }),
  },
  absenceStreaks: {
    may: over(['secretary'], ['strangeSecretary']),
    ask: ({ cellId }) => ({ params: { cellId } }),
  },
  createMeeting: {
    may: summons,
    ask: ({ cellId, clerk }) => ({
      body: {
        cellId,
        kind: 'topic',
        title: 'Chuyên đề',
        startsAt: world.clock.at,
        sites: [],
        clerkId: clerk,
      },
    }),
  },
  issueSiteCode: {
    may: over(['chair', 'clerk', 'secretary', 'deputySecretary'], ['strangeSecretary']),
    ask: ({ meetingId, siteId }) => ({ params: { meetingId, siteId }, body: {} }),
  },
  issueMemberCode: {
    may: over([...leads.own, 'siteResponsible'], leads.strange),
    ask: ({ meetingId, personId }) => ({ params: { meetingId }, body: { personId } }),
  },
  observationBoard: { may: always(persons), ask: () => ({}) },
  meetingObservations: {
    may: reads,
    otherwise: asReader,
    ask: ({ meetingId }) => ({ params: { meetingId } }),
  },
  writeObservation: {
    may: over(['superior']),
    otherwise: (role, target) => {
      const said = asReader(role, target);
      return said === 'notJoined' ? 'notAttended' : said;
    },
    ask: ({ meetingId }) => ({
      params: { meetingId },
      body: { ...text, seq: 1, hash: 'a'.repeat(64) },
    }),
  },
  editObservation: {
    may: itsSuperior,
    ask: async (side, target) => ({
      params: { observationId: await freshObservation(side, target) },
      body: text,
    }),
  },
  deleteObservation: {
    may: itsSuperior,
    ask: async (side, target) => ({ params: { observationId: await freshObservation(side, target) } }),
  },
  sendObservations: {
    may: itsSuperior,
    ask: async (side, target) => ({ body: { observationIds: [await freshObservation(side, target)] } }),
  },
  visits: { may: always(['superior', 'superiorUnseen', 'strangeSuperior']), ask: () => ({}) },
  planVisit: {
    may: over(['superior', 'superiorUnseen'], ['strangeSuperior']),
    ask: ({ cellId, personId }, _target, role) => ({
      body: { personId: selfOf(role, personId), cellId, day: dayAfter() },
    }),
  },
  moveVisit: {
    may: itsSuperior,
    ask: async (side, target) => ({
      params: { visitPlanId: await freshPlan(side, target) },
      body: { day: dayAfter() },
    }),
  },
  removeVisit: {
    may: itsSuperior,
    ask: async (side, target) => ({ params: { visitPlanId: await freshPlan(side, target) } }),
  },
  meetingSuperiors: {
    may: over(['chair', 'clerk'], ['strangeSecretary']),
    otherwise: asReader,
    ask: ({ meetingId }) => ({ params: { meetingId } }),
  },
  assignments: { may: anyAdministrator, ask: () => ({}) },
  assignable: { may: anyAdministrator, ask: () => ({ query: { name: 'Trong' } }) },
};

/** Routes that anybody may ask: who one is changes nothing of what they answer. */
const open = [
  'login',
  'refresh',
  'logout',
  'unlock',
  'activate',
  'firstAdministrator',
  'openTerminal',
  'demo',
  'demoLogin',
] as const;
const code = 'AAAA-BBBB-CCCC';
const password = 'mật khẩu để thử';
const openTable: {
  readonly [N in (typeof open)[number]]: { readonly body?: unknown; readonly says: string };
} = {
  login: { body: { name: 'Không Có Ai', password }, says: 'wrongCredentials' },
  refresh: { body: {}, says: 'unauthenticated' },
  logout: { body: {}, says: 'ok' },
  unlock: { body: { pin: '1234' }, says: 'unauthenticated' },
  activate: { body: { code, password }, says: 'codeInvalid' },
  firstAdministrator: {
    body: {
      code,
      name: 'X',
      login: 'x',
      password,
      organization: { kind: 'province', name: 'X', committeeName: 'Y' },
    },
    says: 'codeInvalid',
  },
  openTerminal: { body: { code: '12345678' }, says: 'codeInvalid' },
  // This server is no demonstration: the routes aren't there.
  demo: { says: 'notFound' },
  demoLogin: { body: { enterAs: { kind: 'person', personId: 'x' } }, says: 'notFound' },
};

/** Answers that are no JSON. */
const files: Readonly<
  Record<
    string,
    { readonly path: string; readonly may: Rights; readonly otherwise?: Expectation['otherwise'] }
  >
> = {
  docx: { path: recordFilePaths.docx, may: reads, otherwise: asReader },
  pdf: { path: recordFilePaths.pdf, may: reads, otherwise: asReader },
  log: { path: recordFilePaths.log, may: reads, otherwise: asReader },
  template: { path: memberTemplatePath, may: anyAdministrator },
};

/** Neither people's nor a cell's: figures of the process, and pages. */
const bare200 = ['GET /healthz', 'GET /readyz', 'GET /', 'GET /index.html', 'GET /*', 'GET /metrics'];
const lineTest = ['GET /api/line/trip', 'GET /api/line/down', 'POST /api/line/up'];

async function inject(
  role: Role,
  method: string,
  path: string,
  { params, query, body, cookies }: Asked = {},
) {
  const address = path.replace(/:(\w+)/g, (_, key: string) => encodeURIComponent(params?.[key] ?? ''));
  const token = world.tokenOf(role);
  const answer = await world.app.http.inject({
    method: method as 'GET',
    url: query ? `${address}?${new URLSearchParams(query)}` : address,
    headers: token === undefined ? {} : { authorization: `Bearer ${token}` },
    // Another place for each role, none of them this computer.
    remoteAddress: `10.0.0.${1 + roles.indexOf(role)}`,
    ...(body === undefined ? {} : { payload: body as object }),
    ...(cookies === undefined ? {} : { cookies }),
  });
  const ok = answer.statusCode >= 200 && answer.statusCode < 300;
  return {
    code: ok ? 'ok' : errorBody.parse(answer.json()).code,
    text: answer.body,
    status: answer.statusCode,
  };
}

const refusalOf = ({ otherwise }: Pick<Expectation, 'otherwise'>, role: Role, target: Target): string =>
  otherwise?.(role, target) ?? (unknown.includes(role) ? 'unauthenticated' : 'notAllowed');

/** What only the strange cell knows. */
const secrets = ['thôn Ngoài', 'Hà Thị Ngoài', 'Nông Văn Ngoài'];

/** Who may enter the strange cell's meeting, or be told at its door why not. */
const ofStrange: readonly Role[] = ['strangeMember', 'strangeSecretary', 'strangeSuperior'];

const names = Object.keys(guarded) as (keyof typeof guarded)[];
let asked = 0;

describe('SEC1 role × route', () => {
  test('SEC1 every route that Fastify knows stands in a table, with the demonstration and without', async () => {
    const expected = new Set([
      ...Object.values(routes).map(({ method, path }) => `${method} ${path}`),
      ...Object.values(files).map(({ path }) => `GET ${path}`),
      ...bare200,
      ...lineTest,
    ]);
    const config = await matrixConfig({ DEMO: '1' });
    const logger = pino({ level: 'silent' });
    const demo = await buildApp(config, { source: machine, logger, media: null, certificate: null });
    await demo.http.ready();
    for (const app of [world.app, demo]) {
      // What no route takes is answered as nothing, for every method.
      const found = routesOf(app).filter((route) => !/ (\/api)?(\/)?\*$/.test(route) || route === 'GET /*');
      expect(found.length).toBeGreaterThan(50);
      expect(found.filter((route) => !expected.has(route))).toEqual([]);
    }
    const known = new Set(routesOf(demo));
    expect(Object.values(routes).filter(({ method, path }) => !known.has(`${method} ${path}`))).toEqual([]);
    await demo.close();
  });

  describe.each(names)('%s', (route) => {
    const expectation = guarded[route];
    const { method, path } = routes[route];
    test.each(targets)(`SEC1 ${route} of a cell %s`, async (target) => {
      for (const role of roles) {
        asked += 1;
        const answer = await inject(
          role,
          method,
          path,
          await expectation.ask(world.side(target), target, role),
        );
        const where = `${role} ${route} ${target}: ${answer.text.slice(0, 200)}`;
        if (expectation.may[target].includes(role)) {
          expect(shut.includes(answer.code), where).toBe(false);
          continue;
        }
        expect(answer.code, where).toBe(refusalOf(expectation, role, target));
        if (target !== 'strange' || ofStrange.includes(role)) continue;
        for (const secret of secrets) expect(answer.text, where).not.toContain(secret);
        // SEC2: an identifier alone is worth nothing; whoever guesses learns not even whether it is one.
        const nowhere = await expectation.ask(world.side('nowhere'), 'nowhere', role);
        expect((await inject(role, method, path, nowhere)).text, where).toBe(answer.text);
      }
    });
  });

  test.each(open)('SEC1 %s answers everybody alike', async (route) => {
    const { method, path } = routes[route];
    const { body, says } = openTable[route];
    for (const role of roles) {
      asked += 1;
      expect((await inject(role, method, path, { body })).code, role).toBe(says);
    }
  });

  test.each(Object.keys(files))('SEC1 the file %s', async (file) => {
    const { path, may, otherwise } = files[file] ?? { path: '', may: over([]) };
    for (const target of targets) {
      const { meetingId } = world.side(target);
      for (const role of roles) {
        // Drawing one paper shows as much as drawing forty.
        if (may[target].includes(role) && file !== 'log' && !['chair', 'administrator'].includes(role))
          continue;
        asked += 1;
        const answer = await inject(role, 'GET', path, { params: { meetingId } }).catch(() => null);
        const where = `${role} ${file} ${target}`;
        if (may[target].includes(role)) expect(answer?.code, where).toBe('ok');
        else
          expect(answer?.code, where).toBe(refusalOf({ ...(otherwise ? { otherwise } : {}) }, role, target));
      }
    }
  });

  test('SEC1 figures of the process answer this computer alone, tests of a line anybody', async () => {
    for (const role of roles) {
      asked += 4;
      const metrics = await world.app.http.inject({ url: '/metrics', remoteAddress: '10.0.0.9' });
      expect(metrics.statusCode).toBe(404);
      for (const route of lineTest) {
        const [method = '', path = ''] = route.split(' ');
        const answer = await world.app.http.inject({
          method: method as 'GET',
          url: path,
          remoteAddress: `10.0.0.${1 + roles.indexOf(role)}`,
          ...(method === 'POST'
            ? { payload: Buffer.from('x'), headers: { 'content-type': 'application/octet-stream' } }
            : {}),
        });
        expect(answer.statusCode).toBeLessThan(300);
      }
    }
  });

  test('SEC1 nothing of the table was left out', () => {
    expect(asked).toBe(
      (names.length * targets.length + open.length) * roles.length + fileQuestions() + 4 * roles.length,
    );
    process.stdout.write(`matrix over HTTP: ${asked} questions of ${roles.length} roles\n`);
  });
});

function fileQuestions(): number {
  let count = 0;
  for (const [file, { may }] of Object.entries(files)) {
    for (const target of targets) {
      for (const role of roles) {
        const drawn =
          may[target].includes(role) && file !== 'log' && !['chair', 'administrator'].includes(role);
        if (!drawn) count += 1;
      }
    }
  }
  return count;
}
