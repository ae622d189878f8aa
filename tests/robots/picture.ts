import { randomInt } from 'node:crypto';
import type { Clip, ClipLayer, PictureFrame } from './clip.ts';
import { OutgoingStream, type SendBytes, type StreamIdentity } from './outgoing.ts';
import { DESCRIPTOR_BYTES, fragmentsOf, writeDescriptor } from './rtp/vp8.ts';

/** Two requests in a row mostly come from the same cause; the later one waits this long for its key frame. */
const BETWEEN_KEY_FRAMES_MILLISECONDS = 20;
/** A process that stood still goes on from now instead of sending all it missed. */
const LARGEST_BACKLOG_MILLISECONDS = 200;

const fragmented = new WeakMap<PictureFrame, Buffer[]>();

/** Fragments are the same for all robots: cut once. */
function fragments(frame: PictureFrame): Buffer[] {
  const known = fragmented.get(frame);
  if (known) return known;
  const cut = fragmentsOf(frame.data);
  fragmented.set(frame, cut);
  return cut;
}

/** Plays one layer of the clip in a loop and jumps to a key frame when asked. */
export class PictureStream {
  readonly stream: OutgoingStream;
  readonly #layer: ClipLayer;
  readonly #loop: number;
  /** Where in the clip the robot began, so that a crowd doesn't move in step. */
  readonly #phase: number;
  readonly #startedAt: number;
  #next = 0;
  #dueAt: number;
  #pictureId = randomInt(2 ** 15);
  #lastAt = Number.NEGATIVE_INFINITY;
  #lastKeyAt = Number.NEGATIVE_INFINITY;
  #keyWanted = true;
  keyFrames = 0;
  /** Requests for a key frame, whether one followed or not. */
  keyFramesAsked = 0;

  constructor(
    clip: Clip,
    layer: ClipLayer,
    identity: StreamIdentity,
    start: { readonly at: number; readonly phase: number; readonly send: SendBytes },
  ) {
    this.stream = new OutgoingStream(identity, start.at, start.send);
    this.#layer = layer;
    this.#loop = clip.milliseconds;
    this.#phase = start.phase;
    this.#startedAt = start.at;
    this.#dueAt = start.at;
  }

  /** Sends what is due. */
  tick(now: number): void {
    if (now - this.#dueAt > LARGEST_BACKLOG_MILLISECONDS) this.#dueAt = now;
    while (this.#dueAt <= now) this.#sendNext();
    this.stream.report(now);
  }

  /** The next frame will be a key frame, and is due at once. */
  requestKeyFrame(now: number): void {
    this.keyFramesAsked += 1;
    if (this.#keyWanted) return;
    this.#keyWanted = true;
    const soonest = Math.max(now, this.#lastAt + 1, this.#lastKeyAt + BETWEEN_KEY_FRAMES_MILLISECONDS);
    this.#dueAt = Math.min(this.#dueAt, soonest);
    this.tick(now);
  }

  #sendNext(): void {
    if (this.#keyWanted) this.#next = this.#nearestKeyFrame(this.#dueAt);
    const frame = this.#layer.frames[this.#next];
    if (!frame) throw new Error('a layer of the clip is empty');
    const parts = fragments(frame);
    parts.forEach((part, index) => {
      this.stream.send({
        at: this.#dueAt,
        marker: index === parts.length - 1,
        bytes: DESCRIPTOR_BYTES + part.length,
        fill: (packet, offset) => {
          writeDescriptor(packet, offset, { pictureId: this.#pictureId, index });
          part.copy(packet, offset + DESCRIPTOR_BYTES);
        },
      });
    });
    this.#pictureId = (this.#pictureId + 1) & 0x7fff;
    this.#lastAt = this.#dueAt;
    if (frame.key) {
      this.#keyWanted = false;
      this.#lastKeyAt = this.#dueAt;
      this.keyFrames += 1;
    }
    this.#next = (this.#next + 1) % this.#layer.frames.length;
    const following = this.#layer.frames[this.#next]?.at ?? 0;
    this.#dueAt += Math.max(1, (this.#next === 0 ? this.#loop : following) - frame.at);
  }

  /** Near the robot's place in the clip, so that its layers go on showing about the same. */
  #nearestKeyFrame(at: number): number {
    const place = (at - this.#startedAt + this.#phase) % this.#loop;
    let best = 0;
    let distance = Number.POSITIVE_INFINITY;
    this.#layer.frames.forEach((frame, n) => {
      const gap = Math.abs(frame.at - place);
      const around = Math.min(gap, this.#loop - gap);
      if (!frame.key || around >= distance) return;
      best = n;
      distance = around;
    });
    return best;
  }
}
