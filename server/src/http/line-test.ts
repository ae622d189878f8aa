import { randomBytes } from 'node:crypto';
import { refused } from '@diemcau/shared/result.ts';
import type { FastifyInstance } from 'fastify';
import type { RouteParts } from './parts.ts';
import { serveForPerson } from './serve.ts';

/** Bytes sent down, and at most taken up, in one exchange. */
const size = 256 * 1024;
/** For each address and minute: a test takes some ten of each. */
const limit = { rateLimit: { max: 40, timeWindow: '1 minute' } };

/**
 * What the page that tests a person's line exchanges with: nothing that matters, in no cache, without sign-in. Noise, so
 * that nothing on the way can make it smaller. Whether media get through is tried by who is signed in alone: that takes a
 * piece of a worker for some seconds.
 */
export async function lineTestRoutes(api: FastifyInstance, { auth, media }: RouteParts): Promise<void> {
  serveForPerson(
    api,
    auth.sessions,
    'tryLine',
    async (_input, personId) => media?.tryLine(personId) ?? refused('mediaUnavailable'),
    { rateLimit: { max: 30, timeWindow: 60_000 } },
  );
  const noise = randomBytes(size);
  // Its body is read and forgotten; other routes go on taking JSON alone.
  await api.register(async (scope) => {
    scope.addContentTypeParser(
      'application/octet-stream',
      { parseAs: 'buffer', bodyLimit: size },
      (_request, body, done) => done(null, body.length),
    );
    scope.get('/api/line/trip', { config: limit }, async (_request, reply) => reply.code(204).send());
    scope.get('/api/line/down', { config: limit }, async (_request, reply) =>
      reply.type('application/octet-stream').send(noise),
    );
    scope.post('/api/line/up', { config: limit }, async (_request, reply) => reply.code(204).send());
  });
}
