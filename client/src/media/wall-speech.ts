import type { MediaNotice, MediaOwner } from '@diemcau/shared/protocol/media.ts';
import type { Answer } from '@diemcau/shared/protocol/socket.ts';
import { Observable, type Readable } from '../store/observable.ts';
import { pageSight, watchReturns, watchSight } from '../store/page-watch.ts';
import type { LocalMedia } from './local-media.ts';
import { type MediaOutlet, MediaSession, type SessionNotice, type SessionOffer } from './media-session.ts';
import type { HeldSources, LineState, MediaState, RemoteTrack } from './media-state.ts';
import type { Signal } from './signalling.ts';

/** What speaking needs of a meeting's connection; a `MeetingClient` that has joined with `media: 'unwanted'` is one. */
export interface SpeechDoor {
  readonly media: Signal;
  readonly onMediaNotice: (listener: (notice: MediaNotice) => void) => () => void;
  /** Looks whether the line to the server still stands. */
  readonly check?: () => void;
}

/**
 * A superior's own voice and picture in one meeting, over a transport that only sends: what is received comes over the wall.
 * Sends whatever `local` has turned on, heard there while holding the floor and nowhere else (SPK3); builds itself anew
 * after a dead worker or a lost path. Make it when the floor is granted (or a little before, so that the first word is not
 * lost), call `open()`, and `close()` when the speech has ended.
 */
export class WallSpeech {
  readonly #session: MediaSession;
  readonly #ask: () => Promise<Answer<SessionOffer>>;
  readonly #subscriptions: readonly (() => void)[];
  readonly #outlet: MediaOutlet = {
    state: new Observable<MediaState>({ kind: 'off', reason: null }),
    remote: new Observable<readonly RemoteTrack[]>([]),
    activeSpeaker: new Observable<MediaOwner | null>(null),
    held: new Observable<HeldSources>(new Set()),
    line: new Observable<LineState | null>(null),
  };

  /** @param local stays the caller's: closing this doesn't turn the devices off. */
  constructor(door: SpeechDoor, local: LocalMedia) {
    this.#ask = async () => {
      const answer = await door.media('openSending', {});
      return answer.ok ? { ok: true, value: { ...answer.value, receive: null, producers: [] } } : answer;
    };
    this.#session = new MediaSession({
      signal: door.media,
      ask: this.#ask,
      local,
      outlet: this.#outlet,
      sizes: new Map(),
      view: () => 'soundOnly',
      sight: pageSight,
      check: () => door.check?.(),
      random: Math.random,
      start: 'all',
    });
    this.#subscriptions = [
      door.onMediaNotice((notice) => {
        // What others send is the wall's affair.
        if (isOwn(notice)) this.#session.receive(notice);
      }),
      watchSight(() => this.#session.sightChanged()),
      watchReturns((what) => this.#session.lookAfter(what)),
    ];
  }

  get state(): Readable<MediaState> {
    return this.#outlet.state;
  }

  /** Own sources that the server holds back now: not yet granted, or ended. */
  get held(): Readable<HeldSources> {
    return this.#outlet.held;
  }

  async open(): Promise<void> {
    const answer = await this.#ask();
    if (answer.ok) this.#session.start(answer.value);
    else await this.#session.reopen(null);
  }

  close(): void {
    for (const unsubscribe of this.#subscriptions) unsubscribe();
    this.#session.close();
  }
}

function isOwn(
  notice: MediaNotice,
): notice is Extract<SessionNotice, { type: 'producerChanged' | `media${string}` }> {
  return notice.type === 'producerChanged' || notice.type.startsWith('media');
}
