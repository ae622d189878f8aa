import type { MediaOwner } from '@diemcau/shared/protocol/media.ts';
import type { ActiveSpeakerObserver, AudioLevelObserver, Router } from 'mediasoup/types';
import type { MediaLog } from './attempt.ts';
import type { SentTrack } from './sent-track.ts';

const interval = 400;
/** dBov below which a room counts as silent. */
const silence = -60;

/** Who is speaking now: the observer of dominance says who, the one of levels when nobody does. */
export class Speakers {
  readonly #dominance: ActiveSpeakerObserver;
  readonly #levels: AudioLevelObserver;
  readonly #log: MediaLog;
  readonly #tell: (owner: MediaOwner | null) => void;
  readonly #tracks = new Map<string, SentTrack>();
  #dominant: string | null = null;
  #told: string | null = null;
  #sounding = false;

  private constructor(
    dominance: ActiveSpeakerObserver,
    levels: AudioLevelObserver,
    log: MediaLog,
    tell: (owner: MediaOwner | null) => void,
  ) {
    this.#dominance = dominance;
    this.#levels = levels;
    this.#log = log;
    this.#tell = tell;
    dominance.on('dominantspeaker', ({ producer }) => {
      this.#dominant = producer.id;
      this.#report();
    });
    levels.on('volumes', ([loudest]) => {
      this.#sounding = true;
      if (this.#dominant === null || !this.#tracks.has(this.#dominant))
        this.#dominant = loudest?.producer.id ?? null;
      this.#report();
    });
    levels.on('silence', () => {
      this.#sounding = false;
      this.#report();
    });
  }

  /** @param tell is called with each change, null for silence. */
  static async on(
    router: Router,
    log: MediaLog,
    tell: (owner: MediaOwner | null) => void,
  ): Promise<Speakers> {
    const [dominance, levels] = await Promise.all([
      router.createActiveSpeakerObserver({ interval }),
      router.createAudioLevelObserver({ interval, threshold: silence, maxEntries: 1 }),
    ]);
    return new Speakers(dominance, levels, log, tell);
  }

  /** Who speaks now, as it was told last; null for silence. */
  get now(): MediaOwner | null {
    return this.#told === null ? null : (this.#tracks.get(this.#told)?.owner ?? null);
  }

  /** Listens to a microphone until it is closed. */
  add(track: SentTrack): void {
    this.#tracks.set(track.id, track);
    track.producer.observer.once('close', () => {
      this.#tracks.delete(track.id);
      this.#report();
    });
    for (const observer of [this.#dominance, this.#levels]) {
      observer.addProducer({ producerId: track.id }).catch((error: unknown) => {
        if (!track.producer.closed) this.#log.warn({ err: error }, 'media: a microphone is not observed');
      });
    }
  }

  #report(): void {
    const track = this.#sounding && this.#dominant !== null ? this.#tracks.get(this.#dominant) : undefined;
    const now = track?.id ?? null;
    if (now === this.#told) return;
    this.#told = now;
    this.#tell(track?.owner ?? null);
  }
}
