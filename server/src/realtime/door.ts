import type { Server as HttpServer } from 'node:http';
import { setTimeout as wait } from 'node:timers/promises';
import { handshake, socketRequests } from '@diemcau/shared/protocol/requests.ts';
import type { Answer } from '@diemcau/shared/protocol/socket.ts';
import { protocolVersion } from '@diemcau/shared/protocol/version.ts';
import { wallRequests } from '@diemcau/shared/protocol/wall.ts';
import { type Result, refused } from '@diemcau/shared/result.ts';
import { Server } from 'socket.io';
import type { z } from 'zod';
import type { Session, Sessions } from '../auth/sessions.ts';
import { TooManyWait } from '../auth/turns.ts';
import type { Line, WordLine } from '../cluster/words.ts';
import type { AlarmAcknowledgements } from '../directory/alarm-acknowledgements.ts';
import type { MediaEngine } from '../media/port.ts';
import type { RoomLog, Source } from '../meeting/ports.ts';
import type { MeetingRegistry } from '../meeting/registry.ts';
import type { Meter } from '../metrics/metrics.ts';
import { Admissions } from './admissions.ts';
import { answerOf, say } from './answers.ts';
import { Connections } from './connections.ts';
import { plainParser } from './encoder.ts';
import { forgetHandshake, forgetResponse } from './forget-handshake.ts';
import { forgetTraffic } from './forget-traffic.ts';
import { LineQuality, type LineReport } from './line-quality.ts';
import { MediaSeats } from './media-seats.ts';
import type { ProofChecks } from './proofs.ts';
import { publishTo } from './publisher.ts';
import { Bucket, Buckets } from './rate-limit.ts';
import { endConnection, Requests } from './requests.ts';
import { Seats } from './seat.ts';
import type { DoorServer, DoorSocket } from './server.ts';
import { slim } from './slim-lines.ts';
import type { SuperiorDirectory } from './superiors.ts';
import { type Neighbours, WallExchange } from './wall-exchange.ts';
import type { WallMedia } from './wall-media-port.ts';
import { WallDesk } from './wall-requests.ts';
import { Walls } from './walls.ts';
import { openInOnePiece, sendWholeFrames } from './whole-frames.ts';
import { silence, wordsOver } from './words.ts';

/** Largest message from a client, in bytes; RTP parameters of a browser stay under a tenth of it. */
const largestMessage = 128 * 1024;

/** Far above what a hand or a joining page does, far below what hurts. */
const perSocket = { burst: 120, perSecond: 30 };
const perPerson = { burst: 240, perSecond: 60 };
/** A connection refused so often in a row doesn't listen, and is closed. */
const patience = 500;
/**
 * How often a page is asked whether it is there, and how long it has to answer, in milliseconds. Lines at rest cost a server little
 * else; a line that died without a word is noticed within both together (ATT2).
 */
const heartbeat = { pingInterval: 15_000, pingTimeout: 8_000 };
/** How often the rights of those who attend by them are looked up again, in milliseconds. */
const recheckEvery = 15_000;

export interface DoorParts {
  readonly registry: MeetingRegistry;
  readonly sessions: Pick<Sessions, 'authenticate' | 'onEnded'>;
  readonly superiors: SuperiorDirectory;
  readonly acknowledgements: AlarmAcknowledgements;
  readonly media: MediaEngine | null;
  /** Null: walls carry no picture and no sound. */
  readonly wallMedia: WallMedia | null;
  readonly proofs: ProofChecks;
  readonly source: Source;
  readonly log: RoomLog;
  readonly meter: Meter;
  /** New connections let in each second; without it as many as this process keeps up with. */
  readonly admissionsPerSecond?: number;
  /** The line to the other servers of the cluster; without it this one is alone. */
  readonly line?: Pick<Line, 'adapter' | 'isUp'>;
  readonly neighbours?: Neighbours;
  /** Whether this server may answer at this moment: one of several that has lost its lease may not. */
  readonly stands?: () => boolean;
}

export interface Door {
  /** Connections that are in a meeting. */
  readonly seats: number;
  /** How the lines of those are who have said so. */
  readonly lines: readonly LineReport[];
  /** Says and hears what servers of a cluster tell each other. */
  readonly words: WordLine;
  /** Begins to answer on a server that may or may not listen yet. */
  attach(server: HttpServer): void;
  /** Resolves when nobody is in a meeting here any more and lines to it have gone, or after `patience` milliseconds. */
  emptied(patience: number): Promise<void>;
  /** Closes all routers and ends all connections, at once; those who come back are answered anew. */
  fence(): void;
  close(): Promise<void>;
}

/** Refusal of a connection: Socket.IO hands `data` on to the client. */
class HandshakeRefused extends Error {
  readonly data: ReturnType<typeof say>;
  constructor(data: ReturnType<typeof say>) {
    super(data.message);
    this.data = data;
  }
}

const doorRequests = { ...socketRequests, ...wallRequests };
type RequestName = keyof typeof doorRequests;
type Answered = (result: Result<unknown>) => void;
/** A command's answer is given within the turn in which it became durable: before others are told (hence no promise). */
type Handlers = {
  readonly [N in RequestName]: (
    socket: DoorSocket,
    request: z.output<(typeof doorRequests)[N]>,
    answer: Answered,
  ) => void | Promise<void>;
};

/** The realtime door: authenticates, parses, limits, and answers each request exactly once, whatever a client sends. */
export function createDoor(parts: DoorParts): Door {
  const { registry, sessions, source, log, meter } = parts;
  const stands = parts.stands ?? (() => true);
  const admissions = new Admissions(parts.admissionsPerSecond);
  const io: DoorServer = new Server({
    serveClient: false,
    maxHttpBufferSize: largestMessage,
    transports: ['websocket', 'polling'],
    parser: plainParser,
    ...heartbeat,
    ...(parts.line ? { adapter: parts.line.adapter } : {}),
    allowRequest: (_request, admit) => admit(null, admissions.take()),
  });
  const seats = new Seats();
  const media = new MediaSeats(parts.media);
  const lineQuality = new LineQuality(seats, ({ socketId, meetingId }, notice) =>
    io.local.to(socketId).emit('media', { meetingId, notice }),
  );
  const words = parts.line ? wordsOver(io, parts.line) : silence;
  const { neighbours } = parts;
  const walls = new Walls({
    ...parts,
    ...(neighbours ? { exchange: (ears) => new WallExchange(words, neighbours, ears) } : {}),
  });
  const requests = new Requests({ ...parts, io, seats, media, lineQuality, focus: walls.focus });
  const desk = new WallDesk({ ...parts, walls });
  const limits = new Buckets(perPerson);
  const connections = new Connections();

  io.use((socket, next) => {
    authenticate(socket).then(
      (refusal) => next(refusal ?? undefined),
      (error: unknown) => {
        log.error({ error }, 'a connection could not be checked');
        next(new HandshakeRefused(say({ code: 'tryAgain' }, 'vi')));
      },
    );
  });

  async function authenticate(socket: DoorSocket): Promise<HandshakeRefused | null> {
    if (!stands()) return new HandshakeRefused(say({ code: 'tryAgain' }, 'vi'));
    const said = handshake.safeParse(socket.handshake.auth);
    if (!said.success)
      return new HandshakeRefused(say({ code: 'malformed', params: { field: 'auth' } }, 'vi'));
    const { token, protocol, language } = said.data;
    if (protocol !== protocolVersion) return new HandshakeRefused(say({ code: 'protocolTooOld' }, language));
    const session = await sessions.authenticate(token);
    if (!session.ok) return new HandshakeRefused(say(session.refusal, language));
    if (connections.isFull(ownerOf(session.value)))
      return new HandshakeRefused(say({ code: 'tooManyRequests', params: { seconds: 60 } }, language));
    socket.data.session = session.value;
    socket.data.language = language;
    socket.data.seats = new Map();
    socket.data.wall = null;
    return null;
  }

  const handlers: Handlers = {
    join: async (socket, request, answer) => answer(await requests.join(socket, request)),
    leave: (socket, request, answer) => answer(requests.leave(socket, request.meetingId)),
    command: (socket, request, answer) => {
      const came = performance.now();
      return requests.command(socket, request, (result) => {
        answer(result);
        const seconds = (performance.now() - came) / 1000;
        meter.commandAnswered(request.command.type, result.ok ? 'accepted' : 'refused', seconds);
      });
    },
    siteCode: (socket, request, answer) => answer(requests.siteCode(socket, request.meetingId)),
    catchUp: (socket, request, answer) => answer(requests.catchUp(socket, request)),
    media: async (socket, request, answer) => answer(await requests.media(socket, request)),
    watchWall: async (socket, request, answer) => answer(await desk.watchWall(socket, request)),
    unwatchWall: (socket, _request, answer) => answer(desk.unwatchWall(socket)),
    showTiles: async (socket, request, answer) => answer(await desk.showTiles(socket, request)),
    attendMeetings: async (socket, request, answer) => answer(await desk.attendMeetings(socket, request)),
    leaveMeetings: async (socket, request, answer) => answer(await desk.leaveMeetings(socket, request)),
    focusMeeting: async (socket, request, answer) => answer(await desk.focusMeeting(socket, request)),
    acknowledgeAlarm: async (socket, request, answer) => answer(await desk.acknowledgeAlarm(socket, request)),
    messageChairs: async (socket, request, answer) => answer(await desk.messageChairs(socket, request)),
    wallMedia: async (socket, request, answer) => answer(await desk.wallMedia(socket, request)),
    clock: (_socket, _request, answer) => answer({ ok: true, value: { now: source.now() } }),
  };

  io.on('connection', (socket) => {
    forgetHandshake(socket);
    const owner = ownerOf(socket.data.session);
    connections.opened(owner);
    const bucket = new Bucket(perSocket, source.now());
    let refusedInARow = 0;

    socket.onAny((name: unknown, ...rest: unknown[]) => {
      const ack = rest.at(-1);
      // A server that stood still past its lease closes all of its doors here, before it hears of anything.
      if (!stands()) return;
      const answer = (result: Result<unknown>) => {
        if (!result.ok) meter.refused('socket', result.refusal.code);
        // Who wants no answer gets none, and no more done than who does.
        if (typeof ack !== 'function') return;
        ack(answerOf(result, socket.data.language) satisfies Answer<unknown>);
      };
      const now = source.now();
      if (!bucket.take(now) || !limits.take(owner, now)) {
        refusedInARow += 1;
        if (refusedInARow > patience) socket.disconnect(true);
        answer(refused('tooManyRequests', { seconds: 1 }));
        return;
      }
      refusedInARow = 0;
      if (typeof ack !== 'function') return;
      handle(socket, name, rest.length > 1 ? rest[0] : undefined, answer).catch((error: unknown) => {
        if (error instanceof TooManyWait) return answer(refused('tryAgain'));
        log.error({ socketId: socket.id, request: String(name), error }, 'a request failed');
        answer(refused('internal'));
      });
    });

    socket.on('disconnect', (reason) => {
      connections.closed(owner);
      // Who was sent away has no media to come back for; who left says so before.
      const fate = reason === 'server namespace disconnect' ? 'ended' : 'kept';
      for (const seat of [...socket.data.seats.values()]) requests.vacate(socket, seat, fate);
      walls.lost(socket);
    });
    slim(socket);
  });

  async function handle(
    socket: DoorSocket,
    name: unknown,
    payload: unknown,
    answer: Answered,
  ): Promise<void> {
    if (!isRequestName(name)) return answer(refused('malformed', { field: 'event' }));
    return parseAndHandle(socket, name, payload, answer);
  }

  function parseAndHandle<N extends RequestName>(
    socket: DoorSocket,
    name: N,
    payload: unknown,
    answer: Answered,
  ): void | Promise<void> {
    const parsed = doorRequests[name].safeParse(payload);
    if (parsed.success) {
      // The schema of this very name gave the data; the compiler can't follow the pair through the table.
      return handlers[name](socket, parsed.data as z.output<(typeof doorRequests)[N]>, answer);
    }
    const field = parsed.error.issues[0]?.path.join('.') ?? '';
    answer(refused('malformed', field ? { field } : {}));
  }

  const stopPublications = registry.onPublication((publication) => {
    const present = seats.of(publication.room.meetingId);
    media.follow(present, publication);
    parts.wallMedia?.follow(publication);
    publishTo(io, present, publication);
    requests.evict(publication);
    walls.note(publication);
  });

  const stopArrivals = registry.onArrival((room) => walls.arrive(room));
  const stopDepartures = registry.onDeparture((departure) => {
    requests.depart(departure);
    walls.depart(departure);
  });

  // What no longer stands ends at once: on walls, and for who attends one meeting alone.
  const stopRights = parts.superiors.onChange((person) => {
    Promise.all([walls.rightsChanged(person), requests.recheckSuperiors(person)]).catch((error: unknown) =>
      log.error({ error }, 'rights could not be looked up'),
    );
  });

  const stopEnded = sessions.onEnded((sid) => {
    media.release(sid, null);
    for (const socket of io.of('/').sockets.values()) {
      if (socket.data.session.sid === sid) endConnection(socket, 'sessionEnded');
    }
  });

  let recheckedAt = source.now();
  const recheck = setInterval(() => {
    walls.tick();
    if (source.now() - recheckedAt < recheckEvery) return;
    recheckedAt = source.now();
    Promise.all([walls.recheck(), requests.recheckSuperiors(null)]).catch((error: unknown) =>
      log.error({ error }, 'rights could not be looked up'),
    );
  }, 1_000);

  return {
    get seats() {
      return seats.all().length;
    },
    get lines() {
      return lineQuality.all();
    },
    words,
    attach: (server) => {
      io.attach(server);
      io.engine.use(forgetResponse);
      forgetTraffic(io.engine);
      sendWholeFrames(io.engine);
      openInOnePiece(io.engine);
    },
    emptied: async (patience) => {
      const until = performance.now() + patience;
      while (io.of('/').sockets.size > 0 && performance.now() < until) await wait(50);
    },
    fence: () => {
      media.forgetAll();
      io.local.disconnectSockets(true);
    },
    close: async () => {
      clearInterval(recheck);
      admissions.close();
      stopPublications();
      stopArrivals();
      stopDepartures();
      stopRights();
      walls.close();
      stopEnded();
      // Connections end as if the line was lost, so that clients come back by themselves.
      io.engine.close();
    },
  };
}

/** Whose allowance a connection takes from. */
function ownerOf(session: Session): string {
  return session.kind === 'person' ? session.personId : session.sid;
}

function isRequestName(name: unknown): name is RequestName {
  return typeof name === 'string' && Object.hasOwn(doorRequests, name);
}
