import type { IncomingMessage } from 'node:http';
import type { DoorServer } from './server.ts';

interface Packet {
  readonly type: string;
  readonly data?: unknown;
  readonly options: { wsPreEncodedFrame?: Buffer[] };
}

/** A frame of text, final and unmasked (RFC 6455, 5.2). */
function frameOf(text: string): Buffer {
  const length = Buffer.byteLength(text);
  const head = length < 126 ? 2 : length < 65_536 ? 4 : 10;
  const frame = Buffer.allocUnsafe(head + length);
  frame[0] = 0x81;
  if (head === 2) {
    frame[1] = length;
  } else if (head === 4) {
    frame[1] = 126;
    frame.writeUInt16BE(length, 2);
  } else {
    frame[1] = 127;
    frame.writeBigUInt64BE(BigInt(length), 2);
  }
  frame.write(text, head);
  return frame;
}

/** Engine.IO's ping, the same for everybody. */
const ping: Buffer[] = [frameOf('2')];
/** Engine.IO's marks of what else a line is told: its opening, and messages. */
const marks: Readonly<Record<string, string>> = { open: '0', message: '4' };

/**
 * What goes to a line is handed to it in one piece. Engine.IO makes a ping's frame anew for everybody, and any other frame comes
 * in two parts, head and body, for which each line builds up and takes down a gathered write of its own. What goes to a whole
 * meeting is the same array of parts for all. The door's encoder makes one text of each packet, so that no two share their options.
 */
export function sendWholeFrames(engine: DoorServer['engine']): void {
  engine.on(
    'flush',
    (line: { readonly transport: { readonly name: string } }, packets: readonly Packet[]) => {
      if (line.transport.name !== 'websocket') return;
      for (const { type, data, options } of packets) {
        if (type === 'ping') options.wsPreEncodedFrame = ping;
        else if (options.wsPreEncodedFrame) joinIn(options.wsPreEncodedFrame);
        else if (marks[type] !== undefined && typeof data === 'string')
          options.wsPreEncodedFrame = [frameOf(marks[type] + data)];
      }
    },
  );
}

/** The first line joins them for the others. */
function joinIn(parts: Buffer[]): void {
  if (parts.length > 1) parts.splice(0, parts.length, Buffer.concat(parts));
}

/** The answer to an upgrade that is let in, and the opening of the line, which follows at once, leave in one piece. */
export function openInOnePiece(engine: DoorServer['engine']): void {
  engine.on('headers', (_headers: unknown, { headers, socket }: IncomingMessage) => {
    if (headers.upgrade === undefined) return;
    socket.cork();
    process.nextTick(() => socket.uncork());
  });
}
