import type { DoorSocket } from './server.ts';

type Listeners = Record<string | symbol, unknown>;

/** What is touched here of Node's emitters, Engine.IO's and Socket.IO's connections; what another version lacks is left alone. */
interface Emitter {
  _events?: Listeners;
}

interface Parts extends Emitter {
  _anyListeners?: unknown[];
  readonly client: { readonly decoder?: { readonly _callbacks?: Record<string, unknown> } };
  readonly conn: Emitter & {
    cleanupFn?: unknown[];
    readonly transport: Emitter & { readonly name: string; readonly socket?: Emitter };
  };
}

/** Without prototype, as Node's own; but one that is made by a constructor shares its hidden class with all others like it. */
const SharedListeners = function SharedListeners() {} as unknown as new () => Listeners;
SharedListeners.prototype = Object.create(null);

/**
 * Makes what a line holds for as long as it stands as small as it can be, once all listen to it. Node keeps the listeners of each
 * emitter in a dictionary with room for more, and an array that grew by one entry has room for sixteen others: some 1.3 kB of
 * emptiness for each line. What is listened to later finds its place as before.
 */
export function slim(socket: DoorSocket): void {
  const parts = socket as unknown as Parts;
  const { conn } = parts;
  for (const emitter of [parts, conn]) slimEmitter(emitter);
  if (conn.transport.name === 'websocket') {
    slimEmitter(conn.transport);
    if (conn.transport.socket) slimEmitter(conn.transport.socket);
  }
  if (parts._anyListeners) parts._anyListeners = parts._anyListeners.slice();
  if (conn.cleanupFn) conn.cleanupFn = conn.cleanupFn.slice();
  const callbacks = parts.client.decoder?._callbacks ?? {};
  for (const [name, listeners] of Object.entries(callbacks)) {
    if (Array.isArray(listeners)) callbacks[name] = listeners.slice();
  }
}

function slimEmitter(emitter: Emitter): void {
  if (emitter._events) emitter._events = Object.assign(new SharedListeners(), emitter._events);
}
