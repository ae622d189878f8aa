import type { Socket } from 'node:net';
import { refusalMessage } from '@diemcau/shared/protocol/refusal-text.ts';
import type { Language } from '@diemcau/shared/protocol/socket.ts';
import { type Refusal, type RefusalCode, refused } from '@diemcau/shared/result.ts';
import type { ConnectionError, FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { hasZodFastifySchemaValidationErrors } from 'fastify-type-provider-zod';
import { TooManyWait } from '../auth/turns.ts';

/** The HTTP status that goes with a refusal; 422 for those that only say no to what was asked. */
const statuses: Partial<Record<RefusalCode, number>> = {
  malformed: 400,
  fileNotReadable: 400,
  unauthenticated: 401,
  sessionEnded: 401,
  wrongCredentials: 401,
  codeInvalid: 401,
  notAllowed: 403,
  notOfThisMeeting: 403,
  personExcluded: 403,
  notJoined: 403,
  onOwnRoll: 403,
  notAttended: 403,
  demoOnlyOnThisComputer: 403,
  pinWrong: 403,
  pinNeeded: 403,
  notFound: 404,
  alreadyExists: 409,
  meetingExists: 409,
  nameIsAmbiguous: 409,
  loginTaken: 409,
  accountLocked: 429,
  pinLocked: 429,
  tooManyRequests: 429,
  internal: 500,
  tryAgain: 503,
};

/** The language the browser asks for first; Vietnamese unless it is English. */
export function languageOf(request: FastifyRequest): Language {
  return /^\s*en\b/i.test(request.headers['accept-language'] ?? '') ? 'en' : 'vi';
}

const refusedWith = new WeakMap<FastifyReply, RefusalCode>();

/** @returns the code that a reply was refused with; null for one that wasn't. */
export function refusalCodeOf(reply: FastifyReply): RefusalCode | null {
  return refusedWith.get(reply) ?? null;
}

/** Answers with the refusal's code, its sentence and its figures: the one form of every answer that is no success. */
export function sendRefusal(request: FastifyRequest, reply: FastifyReply, refusal: Refusal): FastifyReply {
  const seconds = refusal.params?.seconds;
  refusedWith.set(reply, refusal.code);
  if (typeof seconds === 'number') reply.header('retry-after', String(seconds));
  return reply
    .code(statuses[refusal.code] ?? 422)
    .type('application/json; charset=utf-8')
    .serializer(JSON.stringify)
    .send({
      code: refusal.code,
      message: refusalMessage(refusal, languageOf(request)),
      ...(refusal.params ? { params: refusal.params } : {}),
    });
}

function refusalOf(error: unknown): Refusal {
  if (hasZodFastifySchemaValidationErrors(error)) {
    const field = error.validation[0]?.instancePath.replace(/^\//, '').replaceAll('/', '.');
    return refused('malformed', field ? { field } : undefined).refusal;
  }
  if (error instanceof TooManyWait) return refused('tryAgain').refusal;
  if (error instanceof RateLimited) return refused('tooManyRequests', { seconds: error.seconds }).refusal;
  const status = error instanceof Error && 'statusCode' in error ? error.statusCode : undefined;
  if (typeof status === 'number' && status >= 400 && status < 500) return refused('malformed').refusal;
  return refused('internal').refusal;
}

/** Raised by the rate limit; `seconds` until the next attempt. */
export class RateLimited extends Error {
  readonly statusCode = 429;
  readonly seconds: number;
  constructor(seconds: number) {
    super('rate limited');
    this.seconds = seconds;
  }
}

/** Every fault below `/api` becomes a closed code and a sentence; the cause goes to the log and nowhere else. */
export function answerFaults(app: FastifyInstance): void {
  app.setErrorHandler((error, request, reply) => {
    const refusal = refusalOf(error);
    if (refusal.code === 'internal') request.log.error({ err: error }, 'request failed');
    return sendRefusal(request, reply, refusal);
  });
}

/** For Fastify's `frameworkErrors`: an address that can't even be read never reaches a route or its fault handler. */
export function answerUnreadableAddress(_error: unknown, request: FastifyRequest, reply: FastifyReply): void {
  sendRefusal(request, reply, refused('malformed').refusal);
}

/** For Fastify's `clientErrorHandler`: what is no HTTP at all. Says so once, in the form of every refusal, and hangs up. */
export function answerUnreadableRequest(error: ConnectionError, socket: Socket): void {
  if (error.code === 'ECONNRESET' || !socket.writable) {
    socket.destroy();
    return;
  }
  const refusal: Refusal = { code: 'malformed' };
  const body = JSON.stringify({ code: refusal.code, message: refusalMessage(refusal, 'vi') });
  const status =
    error.code === 'HPE_HEADER_OVERFLOW' ? '431 Request Header Fields Too Large' : '400 Bad Request';
  socket.end(
    `HTTP/1.1 ${status}\r\ncontent-type: application/json; charset=utf-8\r\ncontent-length: ${Buffer.byteLength(body)}\r\nconnection: close\r\n\r\n${body}`,
  );
  socket.destroySoon();
}
