import type { Consumer, Producer, Router } from 'mediasoup/types';
import { attempt, type MediaLog } from './attempt.ts';
import { layPipe } from './pipe.ts';
import type { SentTrack } from './sent-track.ts';

/** A track in the wall's router, for as long as it is held. */
export interface PipedTrack {
  /** The track's stand-in in the wall's router; follows it in pausing, going on and ending. */
  readonly producer: Producer;
  /** Lets the track flow, which nothing does before the first consumer runs. Never rejects. */
  readonly flow: () => Promise<void>;
  /** Gives the track back; a second call does nothing. */
  readonly release: () => void;
}

interface Pipe {
  /** Null where it could not be made. */
  readonly ready: Promise<Producer | null>;
  holders: number;
  /** Made while nobody needs it any more. */
  lingering: NodeJS.Timeout | undefined;
  out: Consumer | null;
  closed: boolean;
}

/**
 * The tracks of meetings that one router takes over: each once, however many walls show it. Piped when the first wall
 * needs it, unpiped some time after the last, so that a click back finds it warm.
 */
export class WallPipes {
  readonly #router: Router;
  readonly #log: MediaLog;
  readonly #linger: number;
  readonly #pipes = new Map<string, Pipe>();

  /** @param linger milliseconds for which a pipe stands after its last holder. */
  constructor(router: Router, log: MediaLog, linger: number) {
    this.#router = router;
    this.#log = log;
    this.#linger = linger;
  }

  get size(): number {
    return this.#pipes.size;
  }

  /**
   * @param from the router that the track is sent to; null when the meeting has none any more.
   * @returns null when the track ended, or its worker or the wall's died meanwhile.
   */
  async hold(track: SentTrack, from: () => Promise<Router | null>): Promise<PipedTrack | null> {
    const pipe = this.#pipes.get(track.id) ?? this.#lay(track, from);
    clearTimeout(pipe.lingering);
    pipe.holders += 1;
    const producer = await pipe.ready;
    let held = true;
    const release = () => {
      if (!held) return;
      held = false;
      this.#release(track.id, pipe);
    };
    if (producer === null || producer.closed) {
      release();
      return null;
    }
    return { producer, flow: () => this.#flow(pipe), release };
  }

  #lay(track: SentTrack, from: () => Promise<Router | null>): Pipe {
    const pipe: Pipe = {
      ready: Promise.resolve().then(() => this.#build(track, from, pipe)),
      holders: 0,
      lingering: undefined,
      out: null,
      closed: false,
    };
    this.#pipes.set(track.id, pipe);
    return pipe;
  }

  async #build(track: SentTrack, from: () => Promise<Router | null>, pipe: Pipe): Promise<Producer | null> {
    const made = await attempt(this.#log, 'piping to a wall', async () => {
      const source = await from();
      if (source === null || track.producer.closed) return null;
      return layPipe(source, this.#router, track.id);
    });
    const out = made.ok ? (made.value?.consumer ?? null) : null;
    const producer = made.ok ? (made.value?.producer ?? null) : null;
    if (out === null || producer === null || producer.closed || pipe.closed) {
      out?.close();
      this.#forget(track.id, pipe);
      return null;
    }
    pipe.out = out;
    producer.observer.once('close', () => this.#forget(track.id, pipe));
    return producer;
  }

  async #flow(pipe: Pipe): Promise<void> {
    const { out } = pipe;
    if (out === null || out.closed || !out.paused) return;
    await attempt(this.#log, 'opening a pipe to a wall', () => out.resume());
  }

  #release(id: string, pipe: Pipe): void {
    pipe.holders -= 1;
    if (pipe.holders > 0 || pipe.closed) return;
    clearTimeout(pipe.lingering);
    pipe.lingering = setTimeout(() => {
      this.#forget(id, pipe);
      pipe.out?.close();
    }, this.#linger);
    pipe.lingering.unref();
  }

  #forget(id: string, pipe: Pipe): void {
    clearTimeout(pipe.lingering);
    pipe.closed = true;
    if (this.#pipes.get(id) === pipe) this.#pipes.delete(id);
  }
}
