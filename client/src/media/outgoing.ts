import type { MediaSource, ProducerInfo } from '@diemcau/shared/protocol/media.ts';
import type { types } from 'mediasoup-client';
import type { Observable } from '../store/observable.ts';
import type { MediaLink } from './link.ts';
import type { LocalMedia, LocalState } from './local-media.ts';
import type { HeldSources } from './media-state.ts';
import { asked, type Signal } from './signalling.ts';

/** What a source should send: nothing, or a track, heard or muted. */
type Wish = { readonly track: MediaStreamTrack; readonly state: 'heard' | 'muted' } | null;

interface Sent {
  readonly producer: types.Producer;
  held: boolean;
  /** What the server knows of it; null while that is uncertain. */
  told: 'heard' | 'muted' | null;
}

const retryPause = 1_000;
const sources: readonly MediaSource[] = ['camera', 'microphone', 'screen', 'screenAudio'];

/** Sends what this device's own media offer, one change after the other, until both agree. */
export class Outgoing {
  readonly #signal: Signal;
  readonly #local: LocalMedia;
  readonly #held: Observable<HeldSources>;
  readonly #sent = new Map<MediaSource, Sent>();
  readonly #stop: () => void;
  #link: MediaLink | null = null;
  #running: Promise<void> = Promise.resolve();
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(signal: Signal, local: LocalMedia, held: Observable<HeldSources>) {
    this.#signal = signal;
    this.#local = local;
    this.#held = held;
    this.#stop = local.states.subscribe(() => {
      // At once: an answer that is waited for may be long in coming.
      for (const [source, sent] of this.#sent) this.#rest(source, sent);
      this.#agree();
    });
  }

  /** Begins anew on a fresh link; a link that only receives sends nothing. */
  adopt(link: MediaLink): void {
    this.reset();
    if (!link.sends) return;
    this.#link = link;
    this.#agree();
  }

  /** Ids of what is sent now. */
  get producers(): readonly string[] {
    return [...this.#sent.values()].map(({ producer }) => producer.id);
  }

  /** After a lost line: what could not be said meanwhile is said. */
  goOn(): void {
    this.#agree();
  }

  reset(): void {
    clearTimeout(this.#timer);
    this.#link = null;
    this.#sent.clear();
    this.#publish();
  }

  close(): void {
    this.#stop();
    this.reset();
  }

  /** The server held a track of ours back, or let it through. */
  changed(info: ProducerInfo): void {
    const sent = this.#sent.get(info.source);
    if (sent?.producer.id !== info.producerId) return;
    sent.held = info.held;
    this.#rest(info.source, sent);
    this.#publish();
  }

  #agree(): void {
    const link = this.#link;
    if (link === null) return;
    this.#running = this.#running.then(async () => {
      for (const source of sources) {
        if (this.#link !== link) return;
        try {
          await this.#settle(link, source);
        } catch {
          // Tried again shortly; when the whole link is gone another one takes over.
          clearTimeout(this.#timer);
          this.#timer = setTimeout(() => this.#agree(), retryPause);
        }
      }
    });
  }

  async #settle(link: MediaLink, source: MediaSource): Promise<void> {
    const wish = wishOf(this.#local.states.get(), source);
    const sent = this.#sent.get(source);
    if (wish === null) {
      if (sent !== undefined) await this.#end(source, sent);
      return;
    }
    if (sent === undefined) {
      await this.#begin(link, source, wish);
      return;
    }
    if (sent.producer.track !== wish.track) await sent.producer.replaceTrack({ track: wish.track });
    this.#rest(source, sent);
    await this.#tell(sent, wish.state);
  }

  async #begin(link: MediaLink, source: MediaSource, wish: NonNullable<Wish>): Promise<void> {
    // A microphone that has never been on is nobody's business yet.
    if (wish.state === 'muted') return;
    const { producer, held } = await link.produce(source, wish.track);
    if (this.#link !== link) {
      producer.close();
      return;
    }
    const sent: Sent = { producer, held, told: 'heard' };
    this.#sent.set(source, sent);
    this.#rest(source, sent);
    this.#publish();
  }

  async #tell(sent: Sent, state: 'heard' | 'muted'): Promise<void> {
    if (sent.told === state) return;
    sent.told = null;
    const { id: producerId } = sent.producer;
    await asked(this.#signal, state === 'muted' ? 'pauseProducer' : 'resumeProducer', { producerId });
    sent.told = state;
  }

  /** What nobody may hear doesn't leave the device: a held-back microphone sends silence, and costs the line nothing. */
  #rest(source: MediaSource, { producer, held }: Sent): void {
    if (producer.closed) return;
    const heard = wishOf(this.#local.states.get(), source)?.state === 'heard';
    if (held || !heard) producer.pause();
    else producer.resume();
  }

  async #end(source: MediaSource, { producer }: Sent): Promise<void> {
    this.#sent.delete(source);
    producer.close();
    this.#publish();
    await asked(this.#signal, 'closeProducer', { producerId: producer.id });
  }

  #publish(): void {
    const held = [...this.#sent].filter(([, sent]) => sent.held).map(([source]) => source);
    this.#held.set(new Set(held));
  }
}

function wishOf(states: { readonly [source: string]: LocalState }, source: MediaSource): Wish {
  const state = states[source === 'screenAudio' ? 'screen' : source];
  if (state === undefined || (state.kind !== 'on' && state.kind !== 'muted')) return null;
  const track = source === 'screenAudio' ? state.sound : state.track;
  return track && { track, state: state.kind === 'on' ? 'heard' : 'muted' };
}
