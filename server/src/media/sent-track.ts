import type { MediaOwner, MediaSource, ProducerInfo } from '@diemcau/shared/protocol/media.ts';
import type { Producer } from 'mediasoup/types';
import type { MediaLog } from './attempt.ts';

/** A producer with the two reasons for which it may rest: its owner muted it, or the floor holds it back. */
export class SentTrack {
  readonly producer: Producer;
  readonly owner: MediaOwner;
  readonly source: MediaSource;
  readonly #log: MediaLog;
  #held: boolean;
  #muted = false;
  #settled: Promise<void> = Promise.resolve();

  constructor(producer: Producer, owner: MediaOwner, source: MediaSource, log: MediaLog) {
    this.producer = producer;
    this.owner = owner;
    this.source = source;
    this.#held = producer.paused;
    this.#log = log;
  }

  get id(): string {
    return this.producer.id;
  }

  get info(): ProducerInfo {
    const { id, owner, source } = this;
    return { producerId: id, owner, source, held: this.#held, muted: this.#muted };
  }

  /** @returns whether anything changed, once the SFU does it. */
  async hold(state: 'held' | 'free'): Promise<boolean> {
    const held = state === 'held';
    if (held === this.#held) return false;
    this.#held = held;
    await this.#settle();
    return true;
  }

  /** @returns whether anything changed, once the SFU does it. */
  async mute(state: 'muted' | 'heard'): Promise<boolean> {
    const muted = state === 'muted';
    if (muted === this.#muted) return false;
    this.#muted = muted;
    await this.#settle();
    return true;
  }

  #settle(): Promise<void> {
    this.#settled = this.#settled.then(() => this.#apply());
    return this.#settled;
  }

  async #apply(): Promise<void> {
    const { producer } = this;
    const resting = this.#held || this.#muted;
    if (producer.closed || producer.paused === resting) return;
    try {
      await (resting ? producer.pause() : producer.resume());
    } catch (error) {
      if (producer.closed) return;
      // What can't be held back must not be heard.
      this.#log.error(
        { err: error, producerId: producer.id },
        'media: a producer obeys no more and is closed',
      );
      producer.close();
    }
  }
}
