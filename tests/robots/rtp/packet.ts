/** RTP (RFC 3550): just the parts that a replayed stream needs. */

const HEADER_BYTES = 12;
const VERSION_2 = 0x80;
const EXTENSION_BIT = 0x10;
const MARKER_BIT = 0x80;
const ONE_BYTE_EXTENSIONS = 0xbede;

/** Id under which robots announce and send RFC 6464 audio levels; the SFU finds active speakers by them. */
export const AUDIO_LEVEL_ID = 1;

/** What varies from packet to packet. */
export interface OutgoingPacket {
  readonly payloadType: number;
  readonly marker: boolean;
  readonly sequence: number;
  readonly timestamp: number;
  readonly ssrc: number;
  /** −dBov for sound; no extension is written without it. */
  readonly audioLevel?: number;
}

/** Allocates a packet with its header written and room for a payload; answers where that begins. */
export function allocatePacket(
  packet: OutgoingPacket,
  payloadBytes: number,
): { bytes: Buffer; payload: number } {
  const extended = packet.audioLevel !== undefined;
  const payload = HEADER_BYTES + (extended ? 8 : 0);
  const bytes = Buffer.allocUnsafe(payload + payloadBytes);
  bytes[0] = VERSION_2 | (extended ? EXTENSION_BIT : 0);
  bytes[1] = packet.payloadType | (packet.marker ? MARKER_BIT : 0);
  bytes.writeUInt16BE(packet.sequence & 0xffff, 2);
  bytes.writeUInt32BE(packet.timestamp >>> 0, 4);
  bytes.writeUInt32BE(packet.ssrc, 8);
  if (packet.audioLevel !== undefined) {
    bytes.writeUInt16BE(ONE_BYTE_EXTENSIONS, HEADER_BYTES);
    bytes.writeUInt16BE(1, HEADER_BYTES + 2);
    bytes[HEADER_BYTES + 4] = AUDIO_LEVEL_ID << 4;
    // The first bit says "voice".
    bytes[HEADER_BYTES + 5] = (packet.audioLevel < 60 ? 0x80 : 0) | packet.audioLevel;
    bytes.writeUInt16BE(0, HEADER_BYTES + 6);
  }
  return { bytes, payload };
}

/** A received packet, its payload still part of the given bytes. */
export interface IncomingPacket {
  readonly ssrc: number;
  readonly sequence: number;
  readonly timestamp: number;
  readonly marker: boolean;
  readonly payloadType: number;
  readonly payload: Buffer;
}

/** RTP and RTCP share one port (RFC 5761): RTCP packet types are 192 to 223. */
export function isRtcp(bytes: Buffer): boolean {
  const type = bytes[1] ?? 0;
  return type >= 192 && type <= 223;
}

/** Reads a packet; `undefined` for what is not whole RTP. */
export function readPacket(bytes: Buffer): IncomingPacket | undefined {
  const first = bytes[0] ?? 0;
  const second = bytes[1] ?? 0;
  if (bytes.length < HEADER_BYTES || first >> 6 !== 2) return undefined;
  let start = HEADER_BYTES + (first & 0x0f) * 4;
  if (first & EXTENSION_BIT) {
    if (bytes.length < start + 4) return undefined;
    start += 4 + bytes.readUInt16BE(start + 2) * 4;
  }
  const padding = first & 0x20 ? (bytes[bytes.length - 1] ?? 0) : 0;
  if (start + padding > bytes.length) return undefined;
  return {
    ssrc: bytes.readUInt32BE(8),
    sequence: bytes.readUInt16BE(2),
    timestamp: bytes.readUInt32BE(4),
    marker: (second & MARKER_BIT) !== 0,
    payloadType: second & 0x7f,
    payload: bytes.subarray(start, bytes.length - padding),
  };
}
