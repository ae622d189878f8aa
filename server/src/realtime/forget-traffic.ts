import type { DoorServer } from './server.ts';

/** A WebSocket of `ws`, as far as it is touched here; what another version of it lacks is left alone. */
interface Line {
  on(event: 'message', listener: (this: Line) => void): unknown;
  readonly _receiver?: { _fragments?: unknown; _mask?: unknown } | null;
}

interface EngineSocket {
  writeBuffer: unknown[];
  readonly transport: { readonly name: string; readonly socket?: Line };
}

/** The array in which a line's receiver gathers what arrives: the same for as long as the line stands. */
const gathering = Symbol('gathering');

/**
 * Engine.IO and `ws` make an array anew for each message that goes out or comes in, and keep it, empty, until the next one, some seconds
 * later. By then it is old to the collector of garbage, and whatever is put into it, buffers and all, is kept as old as it until the next
 * full collection: most of what makes those come often where tens of thousands are connected. So what has been sent is taken out
 * at once, and what arrives is gathered in one array for each line.
 */
export function forgetTraffic(engine: DoorServer['engine']): void {
  let sending: unknown[] | null = null;
  engine.on('flush', (_socket: EngineSocket, packets: unknown[]) => {
    sending = packets;
  });
  // Comes in the same turn. A WebSocket has taken all by then; an answer to a poll may not be written yet.
  engine.on('drain', (socket: EngineSocket) => {
    if (sending && socket.transport.name === 'websocket') {
      sending.length = 0;
      if (socket.writeBuffer.length === 0) socket.writeBuffer = sending;
    }
    sending = null;
  });
  engine.on('connection', ({ transport }: EngineSocket) => {
    if (transport.name === 'websocket') transport.socket?.on('message', forgetArrival);
  });
}

/** One for all lines, so that it costs each of them nothing. */
function forgetArrival(this: Line): void {
  const receiver = this._receiver as
    | { _fragments?: unknown; _mask?: unknown; [gathering]?: unknown[] }
    | null
    | undefined;
  if (!receiver || !Array.isArray(receiver._fragments) || receiver._fragments.length > 0) return;
  // A view of all that came with it.
  receiver._mask = undefined;
  receiver[gathering] ??= receiver._fragments;
  receiver[gathering].length = 0;
  receiver._fragments = receiver[gathering];
}
