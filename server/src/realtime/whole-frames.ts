import type { DoorServer } from './server.ts';

interface Packet {
  readonly type: string;
  readonly options: { wsPreEncodedFrame?: Buffer[] };
}

/** Engine.IO's ping as a frame of text, final and unmasked (RFC 6455, 5.2). */
const ping: Buffer[] = [Buffer.from([0x81, 0x01, 0x32])];

/**
 * What goes to many lines alike is handed to each of them in one piece. Engine.IO makes a ping's frame anew for everybody, and the
 * frame of what is sent to a whole meeting comes in two parts, head and body, for which each line builds up and takes down a
 * gathered write of its own. Where a line is not a WebSocket the frames are not looked at.
 */
export function sendWholeFrames(engine: DoorServer['engine']): void {
  engine.on('flush', (_socket: unknown, packets: readonly Packet[]) => {
    for (const { type, options } of packets) {
      if (type === 'ping') options.wsPreEncodedFrame = ping;
      else if (options.wsPreEncodedFrame) joinIn(options.wsPreEncodedFrame);
    }
  });
}

/** The parts are the same array for all who are sent them: the first line joins them for the others. */
function joinIn(parts: Buffer[]): void {
  if (parts.length > 1) parts.splice(0, parts.length, Buffer.concat(parts));
}
