import type { Clip } from './clip.ts';
import { OutgoingStream, type SendBytes, type StreamIdentity } from './outgoing.ts';

/** Speaking plays the clip's voice; silent sends what Opus DTX sends in a quiet room. */
export type Voice = 'speaking' | 'silent';

const FRAME_MILLISECONDS = 20;
const SILENCE_EVERY_MILLISECONDS = 400;
const SILENCE = Buffer.from([0xf8, 0xff, 0xfe]);
const SILENCE_LEVEL = 127;
const LARGEST_BACKLOG_MILLISECONDS = 200;

/** Plays the clip's sound in a loop, or keeps still. */
export class SoundStream {
  readonly stream: OutgoingStream;
  readonly #clip: Clip;
  voice: Voice;
  #next: number;
  #dueAt: number;

  constructor(
    clip: Clip,
    voice: Voice,
    identity: StreamIdentity,
    start: { readonly at: number; readonly phase: number; readonly send: SendBytes },
  ) {
    this.stream = new OutgoingStream(identity, start.at, start.send);
    this.#clip = clip;
    this.voice = voice;
    this.#next = Math.floor(start.phase / FRAME_MILLISECONDS) % clip.sound.length;
    this.#dueAt = start.at;
  }

  /** Sends what is due. */
  tick(now: number): void {
    if (now - this.#dueAt > LARGEST_BACKLOG_MILLISECONDS) this.#dueAt = now;
    while (this.#dueAt <= now) this.#sendNext();
    this.stream.report(now);
  }

  /** Begins or ends to speak at the next frame. */
  setVoice(voice: Voice, now: number): void {
    this.voice = voice;
    // Keeps timestamps on the grid of whole frames.
    while (this.#dueAt - FRAME_MILLISECONDS > now) this.#dueAt -= FRAME_MILLISECONDS;
  }

  #sendNext(): void {
    const speaking = this.voice === 'speaking';
    const frame = speaking ? this.#clip.sound[this.#next] : undefined;
    const data = frame?.data ?? SILENCE;
    this.stream.send({
      at: this.#dueAt,
      marker: false,
      bytes: data.length,
      audioLevel: frame?.level ?? SILENCE_LEVEL,
      fill: (packet, offset) => data.copy(packet, offset),
    });
    if (speaking) this.#next = (this.#next + 1) % this.#clip.sound.length;
    this.#dueAt += speaking ? FRAME_MILLISECONDS : SILENCE_EVERY_MILLISECONDS;
  }
}
