import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import helmet from '@fastify/helmet';
import fastifyStatic from '@fastify/static';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';

export interface PagesParts {
  /** Folder of the built client. */
  readonly folder: string;
  readonly door: 'tls' | 'plain';
}

/** What the build leaves in the page for the nonce (client/vite.config.ts). */
const nonceInBuild = 'STYLE-NONCE';

const notBuilt =
  'Trang web chưa được tạo. Đề nghị chạy "npm start" để tạo.\n' +
  'The pages have not been built yet. "npm start" builds them.\n';

/** Serves the client: its files, and its one page for every address that isn't a file. */
export async function pages(app: FastifyInstance, { folder, door }: PagesParts): Promise<void> {
  await app.register(helmet, {
    // A certificate of one's own, or none, must not bind browsers to TLS for months; a proxy that has a real one sets this.
    hsts: false,
    // A word for each page, by which the browser knows the style elements that the page's own code makes.
    enableCSPNonces: true,
    crossOriginOpenerPolicy: door === 'tls' ? { policy: 'same-origin' } : false,
    originAgentCluster: door === 'tls',
    contentSecurityPolicy: {
      useDefaults: false,
      directives: {
        defaultSrc: ["'self'"],
        scriptSrc: ["'self'"],
        styleSrc: ["'self'"],
        imgSrc: ["'self'", 'data:', 'blob:'],
        fontSrc: ["'self'"],
        mediaSrc: ["'self'", 'blob:'],
        workerSrc: ["'self'", 'blob:'],
        connectSrc: ["'self'"],
        objectSrc: ["'none'"],
        baseUri: ["'none'"],
        formAction: ["'self'"],
        frameAncestors: ["'none'"],
      },
    },
  });
  app.addHook('onSend', async (_request, reply) => {
    reply.header(
      'permissions-policy',
      'camera=(self), microphone=(self), display-capture=(self), geolocation=()',
    );
  });
  const page = join(folder, 'index.html');
  if (!existsSync(page)) {
    app.setNotFoundHandler((request, reply) =>
      wantsPage(request) ? reply.code(503).type('text/plain; charset=utf-8').send(notBuilt) : nothing(reply),
    );
    return;
  }
  const html = readFileSync(page, 'utf8');
  const sendPage = (request: FastifyRequest, reply: FastifyReply) => {
    const text = html.replaceAll(nonceInBuild, reply.cspNonce.style);
    reply
      .type('text/html; charset=utf-8')
      // Kept nowhere: an old page would carry another nonce than the policy that comes with it.
      .header('cache-control', 'no-store')
      .header('vary', 'accept-encoding');
    // A tenth of a millisecond for a quarter of the size; nothing that a visitor says stands in it.
    return /\bgzip\b/.test(request.headers['accept-encoding'] ?? '')
      ? reply.header('content-encoding', 'gzip').send(gzipSync(text))
      : reply.send(text);
  };
  app.get('/', sendPage);
  app.get('/index.html', sendPage);
  await app.register(fastifyStatic, {
    root: folder,
    index: false,
    cacheControl: false,
    // Made with the build: a brotli, a gzip or the file itself, as the browser takes it.
    preCompressed: true,
    setHeaders: (response, path) => {
      // Built files carry their content's hash in their name.
      const unchanging = path.startsWith(join(folder, 'assets'));
      response.header('cache-control', unchanging ? 'public, max-age=31536000, immutable' : 'no-cache');
    },
  });
  app.setNotFoundHandler((request, reply) =>
    wantsPage(request) ? sendPage(request, reply) : nothing(reply),
  );
}

function wantsPage(request: FastifyRequest): boolean {
  const accepts = request.headers.accept ?? '';
  return (request.method === 'GET' || request.method === 'HEAD') && accepts.includes('text/html');
}

function nothing(reply: FastifyReply): FastifyReply {
  return reply.code(404).type('text/plain; charset=utf-8').send('404\n');
}
