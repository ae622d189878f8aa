import type { PersonId } from '@diemcau/shared/ids.ts';
import {
  type Route,
  type RouteAnswer,
  type RouteInput,
  type RouteName,
  routes,
} from '@diemcau/shared/protocol/http.ts';
import type { Result } from '@diemcau/shared/result.ts';
import { refused } from '@diemcau/shared/result.ts';
import type { FastifyContextConfig, FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { Session, Sessions } from '../auth/sessions.ts';
import { Buckets } from '../realtime/rate-limit.ts';
import { sendRefusal } from './errors.ts';

export interface Exchange {
  readonly request: FastifyRequest;
  readonly reply: FastifyReply;
}

/** Answers a route that anybody may ask. */
export type OpenHandler<N extends RouteName> = (
  input: RouteInput<N>,
  exchange: Exchange,
) => Promise<Result<RouteAnswer<N>>>;

/** Answers a route for a person who is signed in. */
export type PersonHandler<N extends RouteName> = (
  input: RouteInput<N>,
  personId: PersonId,
  exchange: Exchange,
) => Promise<Result<RouteAnswer<N>>>;

/** Serves a route of the table: what comes in and what goes out is checked against its schemas. */
export function serve<N extends RouteName>(
  app: FastifyInstance,
  name: N,
  handler: OpenHandler<N>,
  config: FastifyContextConfig = {},
): void {
  const route: Route = routes[name];
  app.route({
    method: route.method,
    url: route.path,
    config,
    schema: {
      ...(route.params ? { params: route.params } : {}),
      ...(route.query ? { querystring: route.query } : {}),
      ...(route.body ? { body: route.body } : {}),
      response: { 200: route.answer },
    },
    handler: async (request, reply) => {
      // The three have just passed the schemas from which the type is inferred.
      const input = { params: request.params, query: request.query, body: request.body } as RouteInput<N>;
      const result = await handler(input, { request, reply });
      return result.ok ? reply.code(200).send(result.value) : sendRefusal(request, reply, result.refusal);
    },
  });
}

/** Serves a route for signed-in people: who that is comes from the session, before anything else is looked at. */
export function serveForPerson<N extends RouteName>(
  app: FastifyInstance,
  sessions: Sessions,
  name: N,
  handler: PersonHandler<N>,
  config: FastifyContextConfig = {},
): void {
  serve(
    app,
    name,
    async (input, exchange) => {
      const session = await sessionOf(sessions, exchange.request);
      if (!session.ok) return session;
      if (session.value.kind !== 'person') return refused('notAllowed');
      return handler(input, session.value.personId, exchange);
    },
    config,
  );
}

/** Far above what a page that somebody works with asks for. */
const perPerson = { burst: 400, perSecond: 40 };
/** One allowance a person for all routes of one server, whatever the number of their devices and addresses. */
const allowances = new WeakMap<Sessions, Buckets>();

/** The session that the request's access token stands for, while its person does not ask too often. */
export async function sessionOf(sessions: Sessions, request: FastifyRequest): Promise<Result<Session>> {
  const token = /^Bearer (\S+)$/i.exec(request.headers.authorization ?? '')?.[1];
  if (token === undefined) return refused('unauthenticated');
  const session = await sessions.authenticate(token);
  if (!session.ok) return session;
  const owner = session.value.kind === 'person' ? session.value.personId : session.value.sid;
  const allowance = allowances.get(sessions) ?? new Buckets(perPerson);
  allowances.set(sessions, allowance);
  return allowance.take(owner, performance.now()) ? session : refused('tooManyRequests', { seconds: 1 });
}
