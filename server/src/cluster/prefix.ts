import type { IncomingMessage, Server } from 'node:http';

/**
 * Behind one address a proxy sends `/n/a/…` to node `a`, with or without cutting the prefix off: here it is cut off before
 * anybody reads the address. Call it after everything else listens on the server.
 */
export function cutPrefix(server: Server, prefix: string): void {
  const cut = (request: IncomingMessage) => {
    const { url } = request;
    if (url === prefix || url?.startsWith(`${prefix}/`)) request.url = url.slice(prefix.length) || '/';
  };
  server.prependListener('request', cut);
  server.prependListener('upgrade', cut);
}
