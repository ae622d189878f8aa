import type { DoorSocket } from './server.ts';

/**
 * Lets go of what came with the handshake once somebody is let in: headers, address line and token are read once, and a
 * connection would keep some kilobytes of them for as long as it stands. Where it came from stays.
 */
export function forgetHandshake({ handshake, request }: DoorSocket): void {
  handshake.headers = {};
  handshake.query = {};
  handshake.auth = {};
  handshake.url = '';
  handshake.time = '';
  request.headers = {};
  request.headersDistinct = {};
  request.rawHeaders = [];
  request.url = '';
}
