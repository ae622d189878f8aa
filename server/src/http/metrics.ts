import { isIP } from 'node:net';
import Fastify, { type FastifyInstance, type FastifyRequest } from 'fastify';
import type { ListenAddress } from '../config.ts';
import type { Metrics } from '../metrics/metrics.ts';

type Served = Pick<Metrics, 'text' | 'contentType'>;

/** Serves `/metrics` beside the pages, to this computer alone; to others there is no such address. */
export function localMetrics(app: FastifyInstance, metrics: Served): void {
  app.get('/metrics', async (request, reply) => {
    if (!isFromHere(request)) return reply.callNotFound();
    return reply
      .type(metrics.contentType)
      .header('cache-control', 'no-store')
      .send(await metrics.text());
  });
}

/** A server of its own for `/metrics` and nothing else, wherever the operator wants it; not listening yet. */
export function metricsServer(metrics: Served): FastifyInstance {
  const app = Fastify({ forceCloseConnections: true });
  app.get('/metrics', async (_request, reply) => reply.type(metrics.contentType).send(await metrics.text()));
  return app;
}

/** Starts {@link metricsServer} where `address` says. Rejects when the port is taken. */
export async function serveMetrics(metrics: Served, address: ListenAddress): Promise<FastifyInstance> {
  const app = metricsServer(metrics);
  await app.listen(address);
  return app;
}

/** A proxy on this computer speaks for others, and says so. */
function isFromHere(request: FastifyRequest): boolean {
  const { headers, socket } = request;
  if (headers['x-forwarded-for'] !== undefined || headers.forwarded !== undefined) return false;
  const address = (socket.remoteAddress ?? '').replace(/^::ffff:/, '');
  return address === '::1' || (isIP(address) === 4 && address.startsWith('127.'));
}
