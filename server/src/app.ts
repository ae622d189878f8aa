import { randomUUID } from 'node:crypto';
import type { Server } from 'node:http';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import Fastify, { type FastifyBaseLogger, type FastifyInstance, LogController } from 'fastify';
import { type Auth, createAuth } from './auth/auth.ts';
import { keepSecrets } from './auth/secrets.ts';
import type { Certificate } from './certificate.ts';
import type { Config } from './config.ts';
import { createDemoDirectory, type DemoDirectory } from './demo/entries.ts';
import { summonDemoMeetings } from './demo/meetings.ts';
import { createProvince, refuseInvented } from './demo/province.ts';
import { createAttendanceOutcomes } from './directory/attendance-outcomes.ts';
import { createMeetingIndex } from './directory/meeting-index.ts';
import { hasAdministrator } from './directory/rights.ts';
import { type DirectoryDatabase, openDirectoryDatabase } from './directory/sqlite.ts';
import { httpDoor } from './http/door.ts';
import { answerUnreadableAddress } from './http/errors.ts';
import { siteCodePermission } from './http/meetings.ts';
import { pages } from './http/pages.ts';
import type { MediaEngine } from './media/port.ts';
import { SqliteEventLog } from './meeting/log/sqlite-event-log.ts';
import { meetingsPort } from './meeting/meetings.ts';
import { keepOutcomes } from './meeting/outcomes.ts';
import type { Source } from './meeting/ports.ts';
import { MeetingRegistry } from './meeting/registry.ts';
import { Draftsman } from './minutes/draftsman.ts';
import { createDoor } from './realtime/door.ts';
import { superiorsIn } from './realtime/superiors.ts';

const builtClient = fileURLToPath(new URL('../../client/dist', import.meta.url));

/** What the outside world is to the app. */
export interface AppPorts {
  readonly source: Source;
  readonly logger: FastifyBaseLogger;
  /** Null: a server that carries no picture and no sound. */
  readonly media: MediaEngine | null;
  readonly certificate: Certificate | null;
}

/** A whole server, wired and not listening. */
export interface App {
  readonly http: FastifyInstance;
  readonly registry: MeetingRegistry;
  /** Null outside demonstration mode. */
  readonly demo: DemoDirectory | null;
  /** By how many milliseconds the machine's clock lies behind the last event; 0 when it is right. */
  readonly clockBehind: number;
  /** A fresh code for the first administrator; null where somebody administers already. */
  firstAdministratorCode(): Promise<string | null>;
  /** Answers nobody any more, and makes durable what was begun. Closing twice is no fault. */
  close(): Promise<void>;
}

/** Wires everything on the folder of `config`, which the caller has locked. */
export async function buildApp(
  config: Config,
  { source, logger, media, certificate }: AppPorts,
): Promise<App> {
  const db = await openDirectoryDatabase(config.dataDir);
  const jwtSecret = config.jwtSecret ?? keepSecrets(config.dataDir).jwtSecret;
  const auth = createAuth({ db, jwtSecret, now: source.now });
  const index = createMeetingIndex(db);
  const eventLog = new SqliteEventLog(join(config.dataDir, 'events.sqlite'));
  const registry = new MeetingRegistry({ log: eventLog, index, source, roomLog: logger });
  await registry.start();
  const outcomes = keepOutcomes({ registry, outcomes: createAttendanceOutcomes(db), roomLog: logger });
  // Many after an upgrade, none on most days: nobody waits for it.
  outcomes
    .fill()
    .catch((error: unknown) => logger.error({ error }, 'past attendance could not be filled in'));
  const clockBehind = Math.max(0, (await eventLog.lastAt()) - source.now());
  const meetings = meetingsPort(registry);
  if (config.demo) {
    await createProvince(db, source.now());
    await summonDemoMeetings({ db, index, meetings, now: source.now }, config.demoLive);
  } else await refuseInvented(db);
  const demo = config.demo ? createDemoDirectory(db, index) : null;
  const http = createHttp(config, logger, certificate);
  const draftsman = new Draftsman();
  const doorKind = certificate || config.publicUrl?.startsWith('https:') ? 'tls' : 'plain';
  await httpDoor(http, {
    db,
    auth,
    index,
    meetings,
    siteCodePermission: siteCodePermission(db, index),
    records: { registry, log: eventLog, superiors: superiorsIn(db), draftsman },
    demo: demo && { directory: demo, reach: config.demoLan ? 'network' : 'thisComputer' },
    door: doorKind,
    now: source.now,
  });
  health(http, media);
  await pages(http, { folder: builtClient, door: doorKind });
  const door = createDoor({
    registry,
    sessions: auth.sessions,
    superiors: superiorsIn(db),
    proofs: auth,
    media,
    source,
    log: logger,
  });
  door.attach(http.server);
  let closing: Promise<void> | null = null;
  const close = async () => {
    await door.close();
    await http.close();
    await draftsman.close();
    await media?.close();
    await registry.close();
    await outcomes.close();
    await db.destroy();
  };
  return {
    http,
    registry,
    demo,
    clockBehind,
    firstAdministratorCode: () => firstCode(db, auth),
    close: () => {
      closing ??= close();
      return closing;
    },
  };
}

function createHttp(
  config: Config,
  logger: FastifyBaseLogger,
  certificate: Certificate | null,
): FastifyInstance {
  const common = {
    loggerInstance: logger,
    logController: new LogController({ disableRequestLogging: true }),
    genReqId: () => randomUUID(),
    forceCloseConnections: true,
    // Only a proxy that the operator has named by its address is believed about who asks.
    trustProxy: config.publicUrl === null ? false : ['loopback', 'uniquelocal'],
    routerOptions: { maxParamLength: 128 },
    frameworkErrors: answerUnreadableAddress,
  };
  const http: FastifyInstance = certificate
    ? (Fastify({
        ...common,
        https: { cert: certificate.cert, key: certificate.key },
      }) as unknown as FastifyInstance<Server>)
    : Fastify(common);
  http.addHook('onResponse', async (request, reply) => {
    if (!request.url.startsWith('/api/')) return;
    // The route's pattern and the meeting it concerns; never bodies, headers or names.
    const { meetingId } = Object(request.params);
    request.log.info(
      {
        method: request.method,
        route: request.routeOptions.url,
        ...(typeof meetingId === 'string' ? { meetingId } : {}),
        status: reply.statusCode,
        milliseconds: Math.round(reply.elapsedTime),
      },
      'request',
    );
  });
  return http;
}

/** For whoever watches over the process: alive, and able to hold meetings. */
function health(http: FastifyInstance, media: MediaEngine | null): void {
  http.get('/healthz', async () => ({ status: 'alive' }));
  http.get('/readyz', async () => ({
    status: 'ready',
    media: media?.available ? 'available' : 'unavailable',
  }));
}

async function firstCode(db: DirectoryDatabase, auth: Auth): Promise<string | null> {
  if (await hasAdministrator(db)) return null;
  return (await auth.codes.issue({ purpose: 'firstAdministrator' })).code;
}
