import { randomBytes } from 'node:crypto';
import type { FastifyInstance } from 'fastify';

/** Bytes sent down, and at most taken up, in one exchange. */
const size = 256 * 1024;
/** For each address and minute: a test takes some ten of each. */
const limit = { rateLimit: { max: 40, timeWindow: '1 minute' } };

/**
 * What the page that tests a person's line exchanges with: nothing that matters, in no cache, without sign-in. Noise, so
 * that nothing on the way can make it smaller.
 */
export async function lineTestRoutes(api: FastifyInstance): Promise<void> {
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
