import { refused } from '@diemcau/shared/result.ts';
import cookie from '@fastify/cookie';
import multipart from '@fastify/multipart';
import rateLimit from '@fastify/rate-limit';
import type { FastifyInstance } from 'fastify';
import { serializerCompiler, validatorCompiler } from 'fastify-type-provider-zod';
import { callerOf } from './addresses.ts';
import { administrationRoutes } from './administration.ts';
import { attendanceRoutes } from './attendance.ts';
import { createRefreshCookies } from './cookies.ts';
import { demoRoutes } from './demo.ts';
import { answerFaults, RateLimited, sendRefusal } from './errors.ts';
import { homeRoutes } from './home.ts';
import { lineTestRoutes } from './line-test.ts';
import { meetingRoutes } from './meetings.ts';
import { memberRoutes } from './members.ts';
import { observationRoutes } from './observations.ts';
import { onTheSpotRoutes } from './on-the-spot.ts';
import type { HttpParts, RouteParts } from './parts.ts';
import { pinRoutes } from './pins.ts';
import { recordFileRoutes } from './record-files.ts';
import { signInRoutes } from './sign-in.ts';
import { superiorRoutes } from './superiors.ts';
import { visitRoutes } from './visits.ts';

const UPLOAD_MAX = 2 * 1024 * 1024;
/** Requests in a minute from one address, where a route says nothing closer: whole offices stand behind one. */
const perAddress = 18_000;

/**
 * Serves everything under `/api`. What is put beside it (pages, health, sockets) is not touched: fault handlers and
 * limits hold for these routes alone.
 */
export async function httpDoor(app: FastifyInstance, parts: HttpParts): Promise<void> {
  const routeParts: RouteParts = { ...parts, cookies: createRefreshCookies(parts.door) };
  await app.register(async (api) => {
    api.setValidatorCompiler(validatorCompiler);
    api.setSerializerCompiler(serializerCompiler);
    await api.register(cookie);
    await api.register(multipart, { limits: { files: 1, fields: 5, fileSize: UPLOAD_MAX } });
    await api.register(rateLimit, {
      max: perAddress,
      timeWindow: 60_000,
      keyGenerator: (request) => callerOf(request.ip),
      errorResponseBuilder: (_request, context) =>
        new RateLimited(Math.max(1, Math.ceil(context.ttl / 1000))),
    });
    answerFaults(api);
    api.addHook('onSend', async (_request, reply) => {
      // Names and tokens belong in no cache between here and the browser.
      reply.header('cache-control', 'no-store').header('x-content-type-options', 'nosniff');
    });
    signInRoutes(api, routeParts);
    demoRoutes(api, routeParts);
    homeRoutes(api, routeParts);
    administrationRoutes(api, routeParts);
    memberRoutes(api, routeParts);
    meetingRoutes(api, routeParts);
    onTheSpotRoutes(api, routeParts);
    attendanceRoutes(api, routeParts);
    pinRoutes(api, routeParts);
    recordFileRoutes(api, routeParts);
    observationRoutes(api, routeParts);
    visitRoutes(api, routeParts);
    superiorRoutes(api, routeParts);
    await lineTestRoutes(api, routeParts);
    // Not by a not-found handler: there is one for a whole server, and it belongs to the pages.
    api.all('/api/*', (request, reply) => sendRefusal(request, reply, refused('notFound').refusal));
  });
}
