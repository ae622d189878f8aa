/** VP8 in RTP (RFC 7741), with the 15-bit picture id that an SFU rewrites when it changes layers. */

/** Leaves room for RTP header, SRTP tag, UDP, IPv6 and a TURN channel under a path of 1280 bytes. */
const LARGEST_FRAGMENT = 1100;
const START_OF_PARTITION = 0x10;
const HAS_EXTENSIONS = 0x80;
const HAS_PICTURE_ID = 0x80;
const HAS_TL0_PICTURE_INDEX = 0x40;
const HAS_TEMPORAL_ID = 0x20;
const HAS_KEY_INDEX = 0x10;

/** Bytes of the descriptor before each fragment. */
export const DESCRIPTOR_BYTES = 4;

/** Cuts a frame into what fits a packet each, without copying. */
export function fragmentsOf(frame: Buffer): Buffer[] {
  const count = Math.max(1, Math.ceil(frame.length / LARGEST_FRAGMENT));
  const size = Math.ceil(frame.length / count);
  return Array.from({ length: count }, (_, n) => frame.subarray(n * size, (n + 1) * size));
}

/** Writes the descriptor of one fragment at `offset`. */
export function writeDescriptor(
  bytes: Buffer,
  offset: number,
  fragment: { readonly pictureId: number; readonly index: number },
): void {
  bytes[offset] = HAS_EXTENSIONS | (fragment.index === 0 ? START_OF_PARTITION : 0);
  bytes[offset + 1] = HAS_PICTURE_ID;
  bytes.writeUInt16BE(0x8000 | (fragment.pictureId & 0x7fff), offset + 2);
}

/** What a receiver learns from a payload without decoding it. */
export interface Vp8Payload {
  readonly startsFrame: boolean;
  /** Only the first packet of a frame tells. */
  readonly key: boolean;
  readonly pictureId: number | undefined;
}

/** Reads the descriptor and the first byte of the frame header. */
export function readVp8(payload: Buffer): Vp8Payload | undefined {
  const first = payload[0];
  if (first === undefined) return undefined;
  let offset = 1;
  let pictureId: number | undefined;
  if (first & HAS_EXTENSIONS) {
    const extensions = payload[offset++] ?? 0;
    if (extensions & HAS_PICTURE_ID) {
      const long = ((payload[offset] ?? 0) & 0x80) !== 0;
      if (payload.length < offset + 2) return undefined;
      pictureId = long ? payload.readUInt16BE(offset) & 0x7fff : payload.readUInt8(offset);
      offset += long ? 2 : 1;
    }
    if (extensions & HAS_TL0_PICTURE_INDEX) offset += 1;
    if (extensions & (HAS_TEMPORAL_ID | HAS_KEY_INDEX)) offset += 1;
  }
  const header = payload[offset];
  if (header === undefined) return undefined;
  const startsFrame = (first & START_OF_PARTITION) !== 0 && (first & 0x07) === 0;
  // RFC 6386: the lowest bit of a frame's first byte is 0 in a key frame.
  return { startsFrame, key: startsFrame && (header & 0x01) === 0, pictureId };
}
