import { randomUUID } from 'node:crypto';
import type { Server } from 'node:http';
import { fileURLToPath } from 'node:url';
import Fastify, { type FastifyBaseLogger, type FastifyInstance, LogController } from 'fastify';
import { type Auth, createAuth } from './auth/auth.ts';
import { keepSecrets } from './auth/secrets.ts';
import { lastBackupAt } from './backup/last-backup.ts';
import type { Certificate } from './certificate.ts';
import { joinCluster } from './cluster/join.ts';
import type { ClusterNode } from './cluster/node.ts';
import { shareNotices } from './cluster/notices.ts';
import { cutPrefix } from './cluster/prefix.ts';
import { inTurn } from './cluster/turn.ts';
import type { Config } from './config.ts';
import { createDemoDirectory, type DemoDirectory } from './demo/entries.ts';
import { summonDemoMeetings } from './demo/meetings.ts';
import { rememberOversight } from './demo/oversight.ts';
import { createProvince, refuseInvented } from './demo/province.ts';
import { createAlarmAcknowledgements } from './directory/alarm-acknowledgements.ts';
import { createAttendanceOutcomes, isClosed } from './directory/attendance-outcomes.ts';
import type { DirectoryDatabase } from './directory/database.ts';
import { createMeetingIndex } from './directory/meeting-index.ts';
import { hasAdministrator } from './directory/rights.ts';
import { createVisits, hasEnded } from './directory/visits.ts';
import { httpDoor } from './http/door.ts';
import {
  answerFaults,
  answerUnreadableAddress,
  answerUnreadableRequest,
  refusalCodeOf,
} from './http/errors.ts';
import { siteCodePermission } from './http/meetings.ts';
import { localMetrics, serveMetrics } from './http/metrics.ts';
import { pages } from './http/pages.ts';
import type { MediaEngine } from './media/port.ts';
import { measured } from './meeting/log/measured-log.ts';
import { meetingsPort } from './meeting/meetings.ts';
import { keepOutcomes } from './meeting/outcomes.ts';
import type { Source } from './meeting/ports.ts';
import { MeetingRegistry } from './meeting/registry.ts';
import { Metrics } from './metrics/metrics.ts';
import { Draftsman } from './minutes/draftsman.ts';
import { createDoor } from './realtime/door.ts';
import { superiorsIn } from './realtime/superiors.ts';
import { WallMediaSeats } from './realtime/wall-media-seats.ts';
import { openStorage } from './storage.ts';

const builtClient = fileURLToPath(new URL('../../client/dist', import.meta.url));

/** How long a stopping server of a cluster waits for those who go to another one, milliseconds. */
const farewell = 2_000;

/** What the outside world is to the app. */
export interface AppPorts {
  readonly source: Source;
  readonly logger: FastifyBaseLogger;
  /** Null: a server that carries no picture and no sound. */
  readonly media: MediaEngine | null;
  readonly certificate: Certificate | null;
  /** Another process has taken this node's name in the cluster: this one must end at once. */
  readonly onNameTaken?: (cause: Error) => void;
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
  { source, logger, media, certificate, onNameTaken }: AppPorts,
): Promise<App> {
  const { directory: db, events } = await openStorage(config);
  const jwtSecret = config.jwtSecret ?? keepSecrets(config.dataDir).jwtSecret;
  const auth = createAuth({ db, jwtSecret, now: source.now });
  const index = createMeetingIndex(db);
  const metrics = new Metrics();
  const eventLog = measured(events, (outcome, seconds) => metrics.appended(outcome, seconds));
  const cluster = await joinCluster(config, {
    log: logger,
    meter: (sources) => metrics.cluster(sources),
    workers: media && (() => media.workers.map(({ pid }) => pid)),
    onNameTaken: onNameTaken ?? (() => undefined),
  });
  const registry = new MeetingRegistry({ log: eventLog, index, source, roomLog: logger, ownership: cluster });
  await registry.start();
  const keepers = [
    keepOutcomes({
      registry,
      outcomes: createAttendanceOutcomes(db),
      hasEnded: isClosed,
      roomLog: logger,
    }),
    keepOutcomes({ registry, outcomes: createVisits(db), hasEnded, roomLog: logger }),
  ];
  // Many after an upgrade, none on most days: nobody waits for it.
  for (const keeper of keepers) {
    keeper
      .fill()
      .catch((error: unknown) => logger.error({ error }, 'what came of meetings could not be filled in'));
  }
  let fence: () => void = () => undefined;
  cluster?.serve({ registry, index, onFenced: () => fence() });
  const clockBehind = Math.max(0, (await eventLog.lastAt()) - source.now());
  const meetings = meetingsPort(registry);
  if (config.demo) {
    await cluster?.untilServing();
    await inTurn(cluster ? config.databaseUrl : null, async () => {
      await createProvince(db, source.now());
      await summonDemoMeetings({ db, index, meetings, now: source.now }, config.demoLive);
      await rememberOversight({ db, index, log: eventLog, roomLog: logger, now: source.now });
    });
  } else await refuseInvented(db);
  const demo = config.demo ? createDemoDirectory(db, index) : null;
  const http = createHttp(config, { logger, certificate, metrics });
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
    media,
    now: source.now,
  });
  health(http, media, cluster);
  localMetrics(http, metrics);
  await pages(http, { folder: builtClient, door: doorKind });
  const door = createDoor({
    registry,
    sessions: auth.sessions,
    superiors: superiorsIn(db),
    acknowledgements: createAlarmAcknowledgements(db),
    proofs: auth,
    media,
    wallMedia: new WallMediaSeats(media, (meetingId) => registry.held(meetingId)?.state ?? null),
    source,
    log: logger,
    meter: metrics,
    admissionsPerSecond: config.admissionsPerSecond,
    ...(cluster ? { stands: () => cluster.stands(), line: cluster.line, neighbours: cluster } : {}),
  });
  fence = () => door.fence();
  if (cluster) {
    shareNotices(door.words, { db, ...auth });
    door.words.hear('take', (meetingId, owner) => void cluster.take(meetingId, owner).catch(() => undefined));
  }
  door.attach(http.server);
  if (config.cluster) cutPrefix(http.server, config.cluster.nodeAddress);
  metrics.watch({
    states: () => registry.rooms().map(({ state }) => state),
    seats: () => door.seats,
    media,
    lines: () => door.lines.map(({ level }) => level),
  });
  metrics.watchBackups(() => lastBackupAt(config.dataDir));
  const metricsDoor = config.metrics && (await serveMetrics(metrics, config.metrics));
  let closing: Promise<void> | null = null;
  const close = async () => {
    await cluster?.drain((meetingId, owner) => door.words.say('take', meetingId, owner));
    // Who was in a meeting has been told where it went, and goes by itself.
    if (cluster) await door.emptied(farewell);
    await door.close();
    await http.close();
    await metricsDoor?.close();
    await draftsman.close();
    await media?.close();
    await registry.close();
    for (const keeper of keepers) await keeper.close();
    await cluster?.close();
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
  {
    logger,
    certificate,
    metrics,
  }: {
    readonly logger: FastifyBaseLogger;
    readonly certificate: Certificate | null;
    readonly metrics: Metrics;
  },
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
    clientErrorHandler: answerUnreadableRequest,
  };
  const http: FastifyInstance = certificate
    ? (Fastify({
        ...common,
        https: { cert: certificate.cert, key: certificate.key },
      }) as unknown as FastifyInstance<Server>)
    : Fastify(common);
  answerFaults(http);
  http.addHook('onResponse', async (request, reply) => {
    if (!request.url.startsWith('/api/')) return;
    const refusal = refusalCodeOf(reply);
    if (refusal !== null) metrics.refused('http', refusal);
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

/** For whoever watches over the process: alive, and able to hold meetings. Of several servers, whether it wants to be sent any. */
function health(http: FastifyInstance, media: MediaEngine | null, cluster: ClusterNode | null): void {
  http.get('/healthz', async () => ({ status: 'alive' }));
  http.get('/readyz', async (_request, reply) => {
    const state = cluster?.state ?? 'serving';
    return reply.code(state === 'serving' ? 200 : 503).send({
      status: state === 'serving' ? 'ready' : state,
      media: media?.available ? 'available' : 'unavailable',
    });
  });
}

async function firstCode(db: DirectoryDatabase, auth: Auth): Promise<string | null> {
  if (await hasAdministrator(db)) return null;
  return (await auth.codes.issue({ purpose: 'firstAdministrator' })).code;
}
