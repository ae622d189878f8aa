import { type IncomingMessage, ServerResponse } from 'node:http';
import type { Duplex } from 'node:stream';
import type { DoorSocket } from './server.ts';

/** One for all connections. */
const nothing: Record<string, never> = Object.freeze({});

/** What Engine.IO hands to a middleware: for an upgrade it is its own likeness of a response, with the socket in it. */
type Response = ServerResponse | { readonly socket: Duplex };

/**
 * Lets go of what came with the handshake once somebody is let in: headers, address line and token are read once, and a
 * connection would keep some kilobytes of them for as long as it stands. Where it came from stays.
 */
export function forgetHandshake({ handshake, conn }: DoorSocket): void {
  handshake.headers = nothing;
  handshake.query = nothing;
  handshake.auth = nothing;
  handshake.url = '';
  handshake.time = '';
  // A connection that is still polling has not done with its request; a WebSocket only still holds on to it.
  if (conn.transport.name !== 'websocket') return;
  (conn as { request: IncomingMessage | null }).request = null;
}

/**
 * Middleware of Engine.IO. For middlewares that want to know when a response is done it makes one up for each upgrade and ties it,
 * with the request, to the end of the socket. Here nobody wants to know, and the newest listener is that one.
 */
export function forgetResponse(_request: IncomingMessage, response: Response, next: () => void): void {
  if (!(response instanceof ServerResponse)) {
    const { socket } = response;
    const [newest] = socket.rawListeners('close').slice(-1);
    if (newest) socket.removeListener('close', newest as () => void);
  }
  next();
}
