import { once } from 'node:events';
import { createServer, request as httpRequest, type IncomingMessage } from 'node:http';
import { connect } from 'node:net';

/** One address before several servers, as a reverse proxy gives it: `/n/a/…` goes to `a`, all else to any that is ready. */
export interface Front {
  readonly url: string;
  /** To which server the next request without a prefix goes, if it answers; null: in turns. */
  prefer(name: string | null): void;
  close(): Promise<void>;
}

/** A server's answer whether it is ready holds so long, milliseconds: a proxy doesn't ask for each connection. */
const readyFor = 100;

/** @param nodes addresses by name, as `http://127.0.0.1:PORT`. */
export async function startFront(nodes: ReadonlyMap<string, string>): Promise<Front> {
  let preferred: string | null = null;
  let turn = 0;

  const answers = new Map<string, { readonly askedAt: number; readonly isReady: Promise<boolean> }>();

  async function isReady(url: string): Promise<boolean> {
    const known = answers.get(url);
    if (known && performance.now() - known.askedAt < readyFor) return known.isReady;
    const isReady = fetch(`${url}/readyz`, { signal: AbortSignal.timeout(500) }).then(
      ({ ok }) => ok,
      () => false,
    );
    answers.set(url, { askedAt: performance.now(), isReady });
    return isReady;
  }

  async function targetOf(request: IncomingMessage): Promise<string | null> {
    const named = /^\/n\/([^/]+)\//.exec(request.url ?? '')?.[1];
    if (named !== undefined) return nodes.get(named) ?? null;
    // What belongs to a session of Socket.IO's polling stays with its server.
    turn += 1;
    const all = [...nodes.keys()];
    const rotated = [...all.slice(turn % all.length), ...all.slice(0, turn % all.length)];
    const order = preferred === null ? rotated : [preferred, ...rotated];
    for (const name of order) {
      const url = nodes.get(name);
      if (url !== undefined && (await isReady(url))) return url;
    }
    return null;
  }

  const server = createServer((request, response) => {
    targetOf(request).then((target) => {
      if (target === null) return response.writeHead(502).end();
      const { method, headers, url } = request;
      const onwards = httpRequest(`${target}${url}`, { method: method ?? 'GET', headers }, (answer) => {
        response.writeHead(answer.statusCode ?? 502, answer.headers);
        answer.pipe(response);
      });
      onwards.on('error', () => response.destroy());
      return request.pipe(onwards);
    });
  });

  server.on('upgrade', (request, socket, head) => {
    socket.on('error', () => undefined);
    targetOf(request).then((target) => {
      if (target === null) return socket.end('HTTP/1.1 502 Bad Gateway\r\n\r\n');
      const { hostname, port } = new URL(target);
      const onwards = connect(Number(port), hostname, () => {
        const lines = [`GET ${request.url} HTTP/1.1`];
        for (let index = 0; index < request.rawHeaders.length; index += 2)
          lines.push(`${request.rawHeaders[index]}: ${request.rawHeaders[index + 1]}`);
        onwards.write(`${lines.join('\r\n')}\r\n\r\n`);
        onwards.write(head);
        onwards.pipe(socket).pipe(onwards);
      });
      onwards.on('error', () => socket.destroy());
      onwards.on('close', () => socket.destroy());
      socket.on('close', () => onwards.destroy());
      return onwards;
    });
  });

  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  return {
    url: `http://127.0.0.1:${typeof address === 'object' ? address?.port : ''}`,
    prefer: (name) => {
      preferred = name;
    },
    close: async () => {
      server.closeAllConnections();
      server.close();
    },
  };
}
