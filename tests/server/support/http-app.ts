import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { PersonId } from '@diemcau/shared/ids.ts';
import {
  type RouteAnswer,
  type RouteName,
  type RouteRequest,
  routes,
} from '@diemcau/shared/protocol/http.ts';
import type { RefusalCode } from '@diemcau/shared/result.ts';
import Fastify, { type FastifyInstance } from 'fastify';
import { type Auth, createAuth } from '../../../server/src/auth/auth.ts';
import { createAttendanceOutcomes, isClosed } from '../../../server/src/directory/attendance-outcomes.ts';
import type { DirectoryDatabase } from '../../../server/src/directory/database.ts';
import { createMeetingIndex, type MeetingIndex } from '../../../server/src/directory/meeting-index.ts';
import type { MeetingsPort } from '../../../server/src/directory/summoning.ts';
import { createVisits, hasEnded } from '../../../server/src/directory/visits.ts';
import { httpDoor } from '../../../server/src/http/door.ts';
import { answerUnreadableAddress } from '../../../server/src/http/errors.ts';
import { siteCodePermission } from '../../../server/src/http/meetings.ts';
import type { HttpParts } from '../../../server/src/http/parts.ts';
import { meetingsPort } from '../../../server/src/meeting/meetings.ts';
import { keepOutcomes, type OutcomeKeeper } from '../../../server/src/meeting/outcomes.ts';
import { MeetingRegistry } from '../../../server/src/meeting/registry.ts';
import { Draftsman } from '../../../server/src/minutes/draftsman.ts';
import { superiorsIn } from '../../../server/src/realtime/superiors.ts';
import { silent, TestClock } from './rooms.ts';
import { eventLogOf, openDirectoryOf } from './storage.ts';

export const jwtSecret = 'a secret of the tests, long enough to be one';

/** The directory on a real file of its own, with everything that knows who somebody is. */
export interface TestDirectory {
  readonly dataDir: string;
  readonly db: DirectoryDatabase;
  readonly auth: Auth;
  readonly index: MeetingIndex;
  readonly clock: TestClock;
  close(): Promise<void>;
}

export async function openTestDirectory(): Promise<TestDirectory> {
  const dataDir = await mkdtemp(join(tmpdir(), 'diemcau-directory-'));
  const db = await openDirectoryOf(dataDir);
  const clock = new TestClock();
  return {
    dataDir,
    db,
    clock,
    auth: createAuth({ db, jwtSecret, now: clock.now }),
    index: createMeetingIndex(db),
    async close() {
      await db.destroy();
      await rm(dataDir, { recursive: true });
    },
  };
}

interface Asked<N extends RouteName> extends Partial<RouteRequest<N>> {
  readonly token?: string | undefined;
  readonly cookies?: Readonly<Record<string, string>> | undefined;
  readonly headers?: Readonly<Record<string, string>> | undefined;
  readonly remoteAddress?: string | undefined;
}

/** What came back, as a browser would see it. */
export interface Answered<N extends RouteName> {
  readonly status: number;
  /** Null when the route said no. */
  readonly value: RouteAnswer<N> | null;
  readonly code: RefusalCode | null;
  readonly message: string | null;
  readonly text: string;
  /** The refresh cookie's value, '' when it was cleared, undefined when it was left alone. */
  readonly refreshCookie: string | undefined;
  readonly setCookie: string;
}

/** The HTTP door over the real directory, the real event log and the real meetings. */
export interface TestDoor extends TestDirectory {
  readonly app: FastifyInstance;
  readonly registry: MeetingRegistry;
  readonly meetings: MeetingsPort;
  readonly outcomes: OutcomeKeeper;
  readonly visits: OutcomeKeeper;
  ask<N extends RouteName>(name: N, asked: Asked<N>): Promise<Answered<N>>;
  /** An access token of the person, without going through the login. */
  tokenOf(personId: PersonId): Promise<string>;
}

export async function openTestDoor(
  demo: (directory: TestDirectory) => HttpParts['demo'] = () => null,
  door: HttpParts['door'] = 'plain',
): Promise<TestDoor> {
  const directory = await openTestDirectory();
  const { db, auth, index, clock } = directory;
  const log = await eventLogOf(directory.dataDir);
  const registry = new MeetingRegistry({ log, index, source: clock, roomLog: silent });
  await registry.start();
  const outcomes = keepOutcomes({
    registry,
    outcomes: createAttendanceOutcomes(db),
    hasEnded: isClosed,
    roomLog: silent,
  });
  const visits = keepOutcomes({ registry, outcomes: createVisits(db), hasEnded, roomLog: silent });
  const meetings = meetingsPort(registry);
  const draftsman = new Draftsman();
  const app = Fastify({ frameworkErrors: answerUnreadableAddress });
  await httpDoor(app, {
    db,
    auth,
    index,
    meetings,
    siteCodePermission: siteCodePermission(db, index),
    records: { registry, log, superiors: superiorsIn(db), draftsman },
    demo: demo(directory),
    door,
    media: null,
    now: clock.now,
  });
  await app.ready();

  return {
    ...directory,
    app,
    registry,
    meetings,
    outcomes,
    visits,
    async ask(name, asked) {
      const route = routes[name];
      const params: Record<string, string> = asked.params ?? {};
      const said = Object.entries(asked.query ?? {}).filter(([, value]) => value !== undefined);
      const query = new URLSearchParams(said.map(([key, value]) => [key, String(value)])).toString();
      const answer = await app.inject({
        method: route.method,
        url: route.path.replace(/:(\w+)/g, (_, key: string) => params[key] ?? '') + (query && `?${query}`),
        headers: {
          ...asked.headers,
          ...(asked.token === undefined ? {} : { authorization: `Bearer ${asked.token}` }),
        },
        ...(asked.body === undefined ? {} : { payload: asked.body }),
        ...(asked.cookies === undefined ? {} : { cookies: asked.cookies }),
        ...(asked.remoteAddress === undefined ? {} : { remoteAddress: asked.remoteAddress }),
      });
      const body = answer.json();
      const cookie = answer.cookies.find((entry) => entry.name.startsWith('diemcau_'));
      return {
        status: answer.statusCode,
        value: answer.statusCode === 200 ? body : null,
        code: answer.statusCode === 200 ? null : body.code,
        message: answer.statusCode === 200 ? null : body.message,
        text: answer.body,
        refreshCookie: cookie?.value,
        setCookie: String(answer.headers['set-cookie'] ?? ''),
      };
    },
    async tokenOf(personId) {
      return (await auth.sessions.begin({ kind: 'person', personId })).accessToken;
    },
    async close() {
      await app.close();
      await draftsman.close();
      await registry.close();
      await outcomes.close();
      await visits.close();
      await directory.close();
    },
  };
}
