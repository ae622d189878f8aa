import { rm } from 'node:fs/promises';
import { routes } from '@diemcau/shared/protocol/http.ts';
import { errorBody } from '@diemcau/shared/protocol/http-schemas.ts';
import pino from 'pino';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { buildApp } from '../../server/src/app.ts';
import { machine } from '../../server/src/meeting/ports.ts';
import {
  type Asked,
  type Expectation,
  files,
  lineTest,
  open,
  openTable,
  over,
  plainRoutes,
  unknown,
} from './support/matrix-rights.ts';
import { guardedRoutes } from './support/matrix-routes.ts';
import {
  type MatrixWorld,
  matrixConfig,
  openMatrixWorld,
  type Role,
  roles,
  routesOf,
  type Target,
  targets,
} from './support/matrix-world.ts';

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

const guarded = guardedRoutes(() => world);
const names = Object.keys(guarded) as (keyof typeof guarded)[];
let asked = 0;

describe('SEC1 role × route', () => {
  test('SEC1 every route that Fastify knows stands in a table, with the demonstration and without', async () => {
    const expected = new Set([
      ...Object.values(routes).map(({ method, path }) => `${method} ${path}`),
      ...Object.values(files).map(({ path }) => `GET ${path}`),
      ...plainRoutes,
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
    await rm(config.dataDir, { recursive: true });
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
        const answer = await inject(role, 'GET', path, { params: { meetingId } });
        const where = `${role} ${file} ${target}`;
        if (may[target].includes(role)) expect(answer.code, where).toBe('ok');
        else
          expect(answer.code, where).toBe(refusalOf({ ...(otherwise ? { otherwise } : {}) }, role, target));
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
