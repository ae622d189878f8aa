import { readFileSync } from 'node:fs';

/** One encoded picture of a layer, or one 20 ms sound frame. */
export interface ClipFrame {
  /** Milliseconds from the start of the clip. */
  readonly at: number;
  readonly data: Buffer;
}

/** A VP8 frame; a key frame can be decoded without those before it. */
export interface PictureFrame extends ClipFrame {
  readonly key: boolean;
}

/** An Opus frame and how loud it is, in −dBov (0 loudest, 127 silence), as RFC 6464 wants it. */
export interface SoundFrame extends ClipFrame {
  readonly level: number;
}

/** One simulcast layer of the camera; its first frame is a key frame. */
export interface ClipLayer {
  readonly width: number;
  readonly height: number;
  readonly frames: readonly PictureFrame[];
}

/** A few seconds of encoded camera and sound that play in a loop; layers run from smallest to largest. */
export interface Clip {
  readonly milliseconds: number;
  readonly layers: readonly ClipLayer[];
  readonly sound: readonly SoundFrame[];
}

interface ClipIndex {
  milliseconds: number;
  layers: { width: number; height: number; frames: [at: number, bytes: number, key: 0 | 1][] }[];
  sound: [at: number, bytes: number, level: number][];
}

const MAGIC = 'DCCLIP01';

/** The clip as a file: magic, length of the index, the index as JSON, then all frames one after another. */
export function encodeClip(clip: Clip): Buffer {
  const index: ClipIndex = {
    milliseconds: clip.milliseconds,
    layers: clip.layers.map(({ width, height, frames }) => ({
      width,
      height,
      frames: frames.map(({ at, data, key }) => [at, data.length, key ? 1 : 0]),
    })),
    sound: clip.sound.map(({ at, data, level }) => [at, data.length, level]),
  };
  const json = Buffer.from(JSON.stringify(index));
  const head = Buffer.alloc(MAGIC.length + 4);
  head.write(MAGIC, 'latin1');
  head.writeUInt32BE(json.length, MAGIC.length);
  const frames = [...clip.layers.flatMap((layer) => layer.frames), ...clip.sound];
  return Buffer.concat([head, json, ...frames.map((frame) => frame.data)]);
}

/** Reads what `encodeClip` wrote; throws when the file is something else or too short. */
export function decodeClip(file: Buffer): Clip {
  if (file.toString('latin1', 0, MAGIC.length) !== MAGIC) throw new Error('not a clip file');
  const indexEnd = MAGIC.length + 4 + file.readUInt32BE(MAGIC.length);
  const index: ClipIndex = JSON.parse(file.toString('utf8', MAGIC.length + 4, indexEnd));
  let offset = indexEnd;
  const take = (bytes: number) => {
    offset += bytes;
    if (offset > file.length) throw new Error('the clip file is cut off');
    return file.subarray(offset - bytes, offset);
  };
  return {
    milliseconds: index.milliseconds,
    layers: index.layers.map(({ width, height, frames }) => ({
      width,
      height,
      frames: frames.map(([at, bytes, key]) => ({ at, data: take(bytes), key: key === 1 })),
    })),
    sound: index.sound.map(([at, bytes, level]) => ({ at, data: take(bytes), level })),
  };
}

/** Where the recorded clip is kept; `record-fixture.ts` makes it anew. */
export const clipFile = new URL('./fixture/camera.clip', import.meta.url);

let recorded: Clip | undefined;

/** The recorded clip, read once per process. */
export function recordedClip(): Clip {
  recorded ??= decodeClip(readFileSync(clipFile));
  return recorded;
}
