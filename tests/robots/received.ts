import { z } from 'zod';
import type { IncomingPacket } from './rtp/packet.ts';
import { readVp8 } from './rtp/vp8.ts';

/** What the server answers when it makes a consumer, as far as counting needs it. */
export const consumerParameters = z.object({
  id: z.string(),
  producerId: z.string(),
  kind: z.enum(['audio', 'video']),
  rtpParameters: z.object({ encodings: z.tuple([z.object({ ssrc: z.number() })], z.unknown()) }),
});
export type ConsumerParameters = z.infer<typeof consumerParameters>;

/** Counts what arrives of one consumer; nothing is decoded. Times are `performance.now()`. */
export class ReceivedStream {
  readonly id: string;
  readonly producerId: string;
  readonly kind: 'audio' | 'video';
  readonly ssrc: number;
  packets = 0;
  bytes = 0;
  /** Whole frames by their last packet; for sound, packets. */
  frames = 0;
  keyFrames = 0;
  /** Packets that never came, by gaps in the numbering. */
  missing = 0;
  firstPacketAt: number | undefined;
  /** When the first frame that could be decoded was whole. */
  firstFrameAt: number | undefined;
  lastKeyFrameAt: number | undefined;
  lastPictureId: number | undefined;
  lastTimestamp: number | undefined;
  #expected: number | undefined;
  #keyStarted = false;

  constructor(consumer: ConsumerParameters) {
    this.id = consumer.id;
    this.producerId = consumer.producerId;
    this.kind = consumer.kind;
    this.ssrc = consumer.rtpParameters.encodings[0].ssrc;
  }

  count(packet: IncomingPacket, now: number): void {
    if (packet.payload.length === 0) return;
    this.firstPacketAt ??= now;
    this.packets += 1;
    this.bytes += packet.payload.length;
    this.#countMissing(packet.sequence);
    this.lastTimestamp = packet.timestamp;
    if (this.kind === 'audio') {
      this.frames += 1;
      this.firstFrameAt ??= now;
      return;
    }
    const payload = readVp8(packet.payload);
    this.lastPictureId = payload?.pictureId ?? this.lastPictureId;
    if (payload?.startsFrame) this.#keyStarted = payload.key;
    if (!packet.marker) return;
    this.frames += 1;
    if (!this.#keyStarted) return;
    this.#keyStarted = false;
    this.keyFrames += 1;
    this.lastKeyFrameAt = now;
    this.firstFrameAt ??= now;
  }

  #countMissing(sequence: number): void {
    const ahead = this.#expected === undefined ? 0 : (sequence - this.#expected) & 0xffff;
    // More than half the circle ahead is a late packet, which was counted as missing before.
    if (ahead >= 0x8000) {
      this.missing = Math.max(0, this.missing - 1);
      return;
    }
    this.missing += ahead;
    this.#expected = (sequence + 1) & 0xffff;
  }
}
