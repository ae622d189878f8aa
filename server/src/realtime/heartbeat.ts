import type { Server as HttpServer } from 'node:http';
import type { Socket } from 'node:net';

/**
 * How often a page is asked whether it is there, and how long it has to answer, in milliseconds. Tens of thousands of lines at rest cost
 * a server little else than this; the network alone is watched by {@link watchLines}.
 */
export const heartbeat = { pingInterval: 15_000, pingTimeout: 8_000 } as const;

/** After so long without a word on a line, in milliseconds, the system asks whether its other end is there: once a second, ten times. */
const silence = 8_000;

/** Has the system notice a line that has died without a word within 18 seconds: sooner than pages are asked, and for next to nothing. */
export function watchLines(server: HttpServer): void {
  server.on('connection', (socket: Socket) => socket.setKeepAlive(true, silence));
}
