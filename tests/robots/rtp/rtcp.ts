/** RTCP: the feedback a sender must answer (RFC 4585, RFC 5104) and the reports it must give (RFC 3550). */

const SENDER_REPORT = 200;
const SOURCE_DESCRIPTION = 202;
const TRANSPORT_FEEDBACK = 205;
const PAYLOAD_FEEDBACK = 206;
const GENERIC_NACK = 1;
const PICTURE_LOSS = 1;
const FULL_INTRA_REQUEST = 4;
const CNAME = 1;
/** Seconds from 1900, where NTP begins, to 1970. */
const NTP_EPOCH_SECONDS = 2_208_988_800;

/** What a receiver asks of a sender; `ssrc` is the sender's stream. */
export type Feedback =
  | { readonly type: 'keyFrame'; readonly ssrc: number }
  | { readonly type: 'resend'; readonly ssrc: number; readonly sequences: readonly number[] };

/** Reads all feedback of a compound packet; other packets and malformed rests are passed over. */
export function readFeedback(bytes: Buffer): Feedback[] {
  const feedback: Feedback[] = [];
  let offset = 0;
  while (offset + 4 <= bytes.length) {
    const format = bytes.readUInt8(offset) & 0x1f;
    const type = bytes.readUInt8(offset + 1);
    const end = offset + 4 + bytes.readUInt16BE(offset + 2) * 4;
    if (end > bytes.length) break;
    if ((type === TRANSPORT_FEEDBACK || type === PAYLOAD_FEEDBACK) && end >= offset + 12) {
      const ssrc = bytes.readUInt32BE(offset + 8);
      const items = bytes.subarray(offset + 12, end);
      if (type === PAYLOAD_FEEDBACK && format === PICTURE_LOSS) feedback.push({ type: 'keyFrame', ssrc });
      if (type === PAYLOAD_FEEDBACK && format === FULL_INTRA_REQUEST)
        feedback.push(...readIntraRequests(items));
      if (type === TRANSPORT_FEEDBACK && format === GENERIC_NACK) {
        feedback.push({ type: 'resend', ssrc, sequences: readNack(items) });
      }
    }
    offset = end;
  }
  return feedback;
}

/** FIR names its streams in its entries; the header's field is empty. */
function readIntraRequests(items: Buffer): Feedback[] {
  return Array.from({ length: Math.floor(items.length / 8) }, (_, n) => ({
    type: 'keyFrame',
    ssrc: items.readUInt32BE(n * 8),
  }));
}

function readNack(items: Buffer): number[] {
  const sequences: number[] = [];
  for (let offset = 0; offset + 4 <= items.length; offset += 4) {
    const first = items.readUInt16BE(offset);
    const following = items.readUInt16BE(offset + 2);
    sequences.push(first);
    for (let bit = 0; bit < 16; bit++) {
      if (following & (1 << bit)) sequences.push((first + bit + 1) & 0xffff);
    }
  }
  return sequences;
}

/** Where a stream stands on the wall clock and on its own. */
export interface SenderReport {
  readonly ssrc: number;
  /** Milliseconds since 1970. */
  readonly wallClock: number;
  readonly timestamp: number;
  readonly packets: number;
  readonly bytes: number;
  readonly cname: string;
}

/** A sender report with its source description: by these the SFU aligns the layers of a camera before it changes between them. */
export function writeSenderReport(report: SenderReport): Buffer {
  const name = Buffer.from(report.cname);
  const chunkBytes = Math.ceil((4 + 2 + name.length + 1) / 4) * 4;
  const bytes = Buffer.alloc(28 + 4 + chunkBytes);
  bytes.writeUInt8(0x80, 0);
  bytes.writeUInt8(SENDER_REPORT, 1);
  bytes.writeUInt16BE(6, 2);
  bytes.writeUInt32BE(report.ssrc, 4);
  const seconds = Math.floor(report.wallClock / 1000);
  bytes.writeUInt32BE((seconds + NTP_EPOCH_SECONDS) >>> 0, 8);
  bytes.writeUInt32BE(Math.floor(((report.wallClock - seconds * 1000) / 1000) * 2 ** 32) >>> 0, 12);
  bytes.writeUInt32BE(report.timestamp >>> 0, 16);
  bytes.writeUInt32BE(report.packets >>> 0, 20);
  bytes.writeUInt32BE(report.bytes >>> 0, 24);
  bytes.writeUInt8(0x81, 28);
  bytes.writeUInt8(SOURCE_DESCRIPTION, 29);
  bytes.writeUInt16BE(chunkBytes / 4, 30);
  bytes.writeUInt32BE(report.ssrc, 32);
  bytes.writeUInt8(CNAME, 36);
  bytes.writeUInt8(name.length, 37);
  name.copy(bytes, 38);
  return bytes;
}
