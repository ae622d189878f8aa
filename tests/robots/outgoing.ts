import { randomInt } from 'node:crypto';
import { allocatePacket } from './rtp/packet.ts';
import { writeSenderReport } from './rtp/rtcp.ts';

const REPORT_EVERY_MILLISECONDS = 1000;
/** Packets kept for a receiver that lost some: about two seconds of the smallest layer, half a second of the largest. */
const KEPT_PACKETS = 64;

/** What tells one stream from another. */
export interface StreamIdentity {
  readonly ssrc: number;
  readonly payloadType: number;
  readonly clockRate: number;
  readonly cname: string;
}

/** How an outgoing stream gets its bytes away. */
export type SendBytes = (bytes: Buffer) => void;

/** One payload to send; `payload` is written by `fill` straight into the packet. */
export interface OutgoingPayload {
  /** `performance.now()` at which the frame was due. */
  readonly at: number;
  readonly marker: boolean;
  readonly bytes: number;
  readonly audioLevel?: number;
  readonly fill: (packet: Buffer, offset: number) => void;
}

/** One RTP stream: numbers without gaps, timestamps by the clock, a sender report each second, lost packets sent again. */
export class OutgoingStream {
  readonly identity: StreamIdentity;
  readonly #send: SendBytes;
  readonly #startedAt: number;
  readonly #firstTimestamp = randomInt(2 ** 32);
  readonly #kept: (Buffer | undefined)[] = new Array(KEPT_PACKETS);
  #sequence = randomInt(2 ** 15);
  #nextReportAt = 0;
  packets = 0;
  bytes = 0;

  constructor(identity: StreamIdentity, startedAt: number, send: SendBytes) {
    this.identity = identity;
    this.#startedAt = startedAt;
    this.#send = send;
  }

  send(payload: OutgoingPayload): void {
    const { ssrc, payloadType } = this.identity;
    const sequence = this.#sequence;
    const packet = allocatePacket(
      {
        ssrc,
        payloadType,
        sequence,
        marker: payload.marker,
        timestamp: this.#timestampAt(payload.at),
        ...(payload.audioLevel === undefined ? {} : { audioLevel: payload.audioLevel }),
      },
      payload.bytes,
    );
    payload.fill(packet.bytes, packet.payload);
    this.#sequence = (sequence + 1) & 0xffff;
    this.packets += 1;
    this.bytes += payload.bytes;
    this.#kept[sequence % KEPT_PACKETS] = packet.bytes;
    this.#send(packet.bytes);
  }

  /** Reports when one is due; the first goes out with the first packets. */
  report(now: number): void {
    if (now < this.#nextReportAt || this.packets === 0) return;
    this.#nextReportAt = now + REPORT_EVERY_MILLISECONDS;
    this.#send(
      writeSenderReport({
        ssrc: this.identity.ssrc,
        cname: this.identity.cname,
        wallClock: performance.timeOrigin + now,
        timestamp: this.#timestampAt(now),
        packets: this.packets,
        bytes: this.bytes,
      }),
    );
  }

  resend(sequences: readonly number[]): void {
    for (const sequence of sequences) {
      const kept = this.#kept[sequence % KEPT_PACKETS];
      if (kept?.readUInt16BE(2) === sequence) this.#send(kept);
    }
  }

  #timestampAt(now: number): number {
    const ticks = Math.round(((now - this.#startedAt) * this.identity.clockRate) / 1000);
    return (this.#firstTimestamp + ticks) % 2 ** 32;
  }
}
