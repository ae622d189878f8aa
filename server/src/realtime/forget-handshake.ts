import type { DoorSocket } from './server.ts';

/** One for all connections. */
const nothing: Record<string, never> = Object.freeze({});

/**
 * Lets go of what came with the handshake once somebody is let in: headers, address line and token are read once, and a
 * connection would keep some kilobytes of them for as long as it stands. Where it came from stays.
 */
export function forgetHandshake({ handshake, request, conn }: DoorSocket): void {
  handshake.headers = nothing;
  handshake.query = nothing;
  handshake.auth = nothing;
  handshake.url = '';
  handshake.time = '';
  // A connection that is still polling has not done with its request; a WebSocket only still holds on to it.
  if (conn.transport.name !== 'websocket') return;
  for (const key of Reflect.ownKeys(request)) Reflect.deleteProperty(request, key);
}
