import type { MediaSource } from '@diemcau/shared/protocol/media.ts';
import type { types } from 'mediasoup-client';

type Encoding = types.RtpEncodingParameters;

/** Size of a tile in device pixels. */
export interface TileSize {
  readonly width: number;
  readonly height: number;
}

/** Whose camera it is: a hall is seen in more detail than a face. */
export type CameraPurpose = 'person' | 'hall';

/** Computers of this few cores send fewer pictures a second rather than heat up. */
const weakCores = 4;

/** Both sizes are large enough for a browser to give all three layers. */
export function cameraConstraints(purpose: CameraPurpose): MediaTrackConstraints {
  const frames = navigator.hardwareConcurrency <= weakCores ? 15 : 24;
  const [width, height] = purpose === 'hall' ? [1280, 720] : [960, 540];
  return { width: { ideal: width }, height: { ideal: height }, frameRate: { ideal: frames, max: 30 } };
}

/** Pictures a second of a shared screen. */
const screenFrames = 5;

export const microphoneConstraints: MediaTrackConstraints = {
  echoCancellation: true,
  noiseSuppression: true,
  autoGainControl: true,
  channelCount: 1,
};

/** Paper is read, not watched: full resolution, few pictures a second, with the sound of what is shown as it is. */
export const screenOptions: DisplayMediaStreamOptions = {
  video: { frameRate: { ideal: screenFrames, max: screenFrames } },
  audio: { echoCancellation: false, noiseSuppression: false, autoGainControl: false },
};

/** Three layers, each half as wide as the next; bits per second suit 540 and 720 lines alike. */
const camera: Encoding[] = [
  { scaleResolutionDownBy: 4, maxBitrate: 110_000, scalabilityMode: 'L1T3' },
  { scaleResolutionDownBy: 2, maxBitrate: 380_000, scalabilityMode: 'L1T3' },
  { scaleResolutionDownBy: 1, maxBitrate: 1_200_000, scalabilityMode: 'L1T3' },
];

/** Temporal layers let the SFU thin a screen out too: what has none is left out of its sharing of bandwidth. */
const screen: Encoding[] = [{ maxBitrate: 1_500_000, maxFramerate: screenFrames, scalabilityMode: 'L1T3' }];

/** The voice goes before every picture, already on the way out of this device. */
const sound: Encoding[] = [{ priority: 'high', networkPriority: 'high' }];

/** @returns what a source is sent in. */
export function encodingsOf(source: MediaSource): Encoding[] {
  if (source === 'camera') return camera;
  return source === 'screen' ? screen : sound;
}

/** Opus as the meeting wants it: silent when nobody speaks, and bearable on a line that loses packets. */
const voice = { opusDtx: true, opusFec: true, opusStereo: false, opusNack: true } as const;
/** What is shared with a screen is often a film: it keeps both sides and its silences. */
const film = { opusDtx: false, opusFec: true, opusStereo: true, opusNack: true } as const;

/** @returns how a source's encoder is set up; undefined where the browser's own way is right. */
export function codecOptionsOf(source: MediaSource): types.ProducerCodecOptions | undefined {
  switch (source) {
    case 'camera':
      return { videoGoogleStartBitrate: 600 };
    case 'screen':
      return undefined;
    case 'microphone':
      return voice;
    case 'screenAudio':
      return film;
  }
}

/** @returns the lowest layer that fills a tile of this size without looking soft. */
export function layerFor(size: TileSize): 0 | 1 | 2 {
  const width = Math.max(size.width, (size.height * 16) / 9);
  if (width <= 300) return 0;
  return width <= 640 ? 1 : 2;
}

/** @returns who comes first when the line is too narrow for all: screens, then large tiles. */
export function priorityFor(source: MediaSource, size: TileSize): number {
  if (source === 'screen') return 255;
  const share = (size.width * size.height) / (1280 * 720);
  // In steps, so that not every pixel of a resized window is a request.
  return Math.max(1, Math.min(25, Math.round(share * 25))) * 10;
}
