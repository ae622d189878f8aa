import type { WebRtcTransport } from 'mediasoup/types';
import type { MediaLog } from './attempt.ts';

/** How a receiver's line has been of late. */
export interface LineReading {
  /** Bits per second that were sent, retransmissions with them. */
  readonly sent: number;
  /** Share of the packets that did not arrive. */
  readonly loss: number;
}

/** What a receiver is sent at most, and for how many looks all of it has arrived. */
export interface Cap {
  /** Bits per second. */
  readonly bits: number;
  readonly calm: number;
  /** Calm looks before the next step up. */
  readonly patience: number;
  /** Whether the last change was a step up: trouble after it means that the step was too far. */
  readonly last: 'cut' | 'raised';
}

/** Milliseconds between two looks at a line that is in trouble. */
const lookEvery = 1_000;
/** From this share of loss on the line is held to what it carried; below the other it may carry more. */
const lossy = 0.1;
const clean = 0.02;
/** Sound and one small picture; less than this helps nobody. */
const least = 160_000;
/** What a cap of this height holds back is nothing that a tile needs. */
const enough = 4_000_000;
/** A cap leaves some room under what arrived, and is raised by small steps after some calm looks; more after each that failed. */
const cutTo = 0.85;
const growth = 1.15;
const firstPatience = 5;
const longestPatience = 60;
/** A consumer's score, of ten, at which its line is looked at. */
const troubled = 7;
/** Looks in trouble at the lowest cap, one after the other, after which the line is held to carry not even that. */
const hopelessAfter = 8;

/**
 * The SFU's own estimate takes seconds to see that a line has become narrow, and forgets it after some calm: it then sends three
 * large pictures at once, and all of them freeze. This remembers what the line carried.
 * @returns the cap from now on; null for none.
 */
export function nextCap(cap: Cap | null, { sent, loss }: LineReading): Cap | null {
  if (loss >= lossy) {
    const carried = sent * (1 - loss) * cutTo;
    const bits = Math.max(least, Math.min(carried, cap?.bits ?? carried));
    return { bits, calm: 0, patience: patienceAfter(cap), last: 'cut' };
  }
  if (cap === null) return null;
  if (loss > clean) return { ...cap, calm: 0 };
  if (cap.calm + 1 < cap.patience) return { ...cap, calm: cap.calm + 1 };
  const bits = cap.bits * growth;
  return bits >= enough ? null : { ...cap, bits, calm: 0, last: 'raised' };
}

/** A line that has shown its bound is not tried again every few seconds: each attempt costs a picture. */
function patienceAfter(cap: Cap | null): number {
  if (cap === null) return firstPatience;
  return cap.last === 'raised' ? Math.min(cap.patience * 2, longestPatience) : cap.patience;
}

/**
 * While a line is found out the SFU's estimate may fall below one small picture; nothing more is sent then that it could learn from,
 * and every picture stands still for seconds. So one small picture goes on, unless the line shows that it cannot carry it.
 * @returns how many looks in a row have found trouble although no more was sent than sound and one small picture.
 */
export function nextHopeless(hopeless: number, cap: Cap | null, { loss }: LineReading): number {
  return cap !== null && cap.bits <= least && loss >= lossy ? hopeless + 1 : 0;
}

/** @returns bits per second that the SFU sends although its estimate is lower; 0 for no such floor. */
export function floorOf(hopeless: number): number {
  return hopeless >= hopelessAfter ? 0 : least;
}

/** Holds one receiving transport to what its line carries, from the first trouble until it has carried everything for a while. */
export class Restraint {
  readonly #transport: WebRtcTransport;
  readonly #log: MediaLog;
  #cap: Cap | null = null;
  #hopeless = 0;
  #floor = 0;
  #timer: NodeJS.Timeout | null = null;

  constructor(transport: WebRtcTransport, log: MediaLog) {
    this.#transport = transport;
    this.#log = log;
    transport.observer.once('close', () => this.#rest());
  }

  /** To be told of every score of every consumer: a poor one begins the looking. */
  scored(score: number): void {
    if (score > troubled || this.#timer !== null || this.#transport.closed) return;
    this.#timer = setInterval(() => void this.#look(), lookEvery);
    void this.#look();
  }

  #rest(): void {
    if (this.#timer !== null) clearInterval(this.#timer);
    this.#timer = null;
  }

  async #hold(floor: number): Promise<void> {
    if (floor === this.#floor) return;
    await this.#transport.setMinOutgoingBitrate(floor);
    this.#floor = floor;
  }

  async #look(): Promise<void> {
    try {
      const reading = await readingOf(this.#transport);
      if (reading === null) return this.#rest();
      const before = this.#cap;
      this.#cap = nextCap(before, reading);
      if (this.#cap?.bits !== before?.bits)
        await this.#transport.setMaxOutgoingBitrate(Math.round(this.#cap?.bits ?? 0));
      this.#hopeless = nextHopeless(this.#hopeless, before, reading);
      await this.#hold(this.#cap === null ? 0 : floorOf(this.#hopeless));
      if (this.#cap === null) this.#rest();
    } catch (error) {
      this.#rest();
      if (!this.#transport.closed) this.#log.warn({ err: error }, 'media: a line could not be looked at');
    }
  }
}

/** @returns null for a receiver that doesn't report what arrives. */
async function readingOf(transport: WebRtcTransport): Promise<LineReading | null> {
  for (const stats of await transport.getStats()) {
    if (stats.type === 'webrtc-transport' && stats.rtpPacketLossSent !== undefined)
      return { sent: stats.rtpSendBitrate, loss: stats.rtpPacketLossSent };
  }
  return null;
}
