import type { MediaNotice } from '@diemcau/shared/protocol/media.ts';
import { delayBefore } from '../net/backoff.ts';
import { Observable, type Readable } from '../store/observable.ts';
import { MediaLink } from './link.ts';
import type { LocalMedia } from './local-media.ts';
import type { HeldSources } from './media-state.ts';
import { Outgoing } from './outgoing.ts';
import type { Signal } from './signalling.ts';

/** `failed`: given up until it is opened again. */
export type VoiceState = 'off' | 'connecting' | 'live' | 'failed';

/** What a voice needs of a meeting's connection; a `MeetingClient` is one. */
export interface VoiceDoor {
  readonly media: Signal;
  readonly onMediaNotice: (listener: (notice: MediaNotice) => void) => () => void;
}

const reopening = { first: 300, longest: 4_000 };
const attempts = 5;

/** A superior's own voice in one meeting: a transport that only sends, beside the wall's one that only receives. */
export class WallVoice {
  readonly #signal: Signal;
  readonly #outgoing: Outgoing;
  readonly #state = new Observable<VoiceState>('off');
  readonly #held = new Observable<HeldSources>(new Set());
  readonly #stop: () => void;
  #link: MediaLink | null = null;
  /** Raised with every opening and closing; what belongs to an earlier one ends by itself. */
  #build = 0;

  /** @param local stays the caller's: closing this doesn't turn the microphone off. */
  constructor(door: VoiceDoor, local: LocalMedia) {
    this.#signal = (name, data) => door.media(name, data);
    this.#outgoing = new Outgoing(this.#signal, local, this.#held);
    this.#stop = door.onMediaNotice((notice) => this.#receive(notice));
  }

  get state(): Readable<VoiceState> {
    return this.#state;
  }

  /** Own sources that the server holds back now (SPK3). */
  get held(): Readable<HeldSources> {
    return this.#held;
  }

  /** Makes the way for the voice; while it is made or stands, nothing happens. */
  async open(): Promise<void> {
    const now = this.#state.get();
    if (now === 'connecting' || now === 'live') return;
    await this.#reopen();
  }

  /** Takes the way down; the voice can be opened again. */
  end(): void {
    this.#drop();
    this.#state.set('off');
  }

  close(): void {
    this.#stop();
    this.end();
    this.#outgoing.close();
  }

  async #reopen(): Promise<void> {
    const build = this.#drop();
    this.#state.set('connecting');
    for (let attempt = 0; attempt < attempts; attempt += 1) {
      if (attempt > 0) await pause(delayBefore(attempt, reopening, Math.random));
      if (this.#build !== build) return;
      const link = await this.#linkNow();
      if (this.#build !== build) {
        link?.close();
        return;
      }
      if (link === null) continue;
      this.#link = link;
      link.line.subscribe(() => {
        if (this.#link === link && link.line.get() === 'failed') void this.#reopen();
      });
      this.#outgoing.adopt(link);
      this.#state.set('live');
      return;
    }
    this.#state.set('failed');
  }

  /** @returns a new link; null where the server or the browser gave none. */
  async #linkNow(): Promise<MediaLink | null> {
    const answer = await this.#signal('openSending', {});
    if (!answer.ok) return null;
    const { routerRtpCapabilities, send } = answer.value;
    try {
      return await MediaLink.open({ routerRtpCapabilities, send, receive: null }, this.#signal);
    } catch {
      return null;
    }
  }

  #receive(notice: MediaNotice): void {
    if (notice.type === 'producerChanged') this.#outgoing.changed(notice.producer);
    else if (notice.type === 'mediaClosed') {
      if (notice.reason === 'workerDied' && this.#state.get() !== 'off') void this.#reopen();
      else this.end();
    }
  }

  #drop(): number {
    this.#build += 1;
    this.#outgoing.reset();
    this.#link?.close();
    this.#link = null;
    return this.#build;
  }
}

function pause(milliseconds: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, milliseconds));
}
