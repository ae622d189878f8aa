import type { MediaSource } from '@diemcau/shared/protocol/media.ts';
import type { RouterRtpCodecCapability } from 'mediasoup/types';

/** What every meeting's router speaks: one codec a kind, so that nobody ever needs another's. */
export const routerCodecs: RouterRtpCodecCapability[] = [
  {
    kind: 'audio',
    mimeType: 'audio/opus',
    clockRate: 48_000,
    channels: 2,
    parameters: { useinbandfec: 1, usedtx: 1 },
  },
  { kind: 'video', mimeType: 'video/VP8', clockRate: 90_000 },
];

/** Bits per second that one device may send: three camera layers, a screen and sound, with room for retransmission. */
export const incomingLimit = 6_000_000;

/** Bits per second assumed for a receiver until its line has been measured: sound and small pictures at once. */
export const outgoingStart = 800_000;

/** The same for a wall, whose line carries sixteen small pictures from the beginning. */
export const wallOutgoingStart = 3_000_000;

/**
 * Milliseconds between two key-frame requests to one stream. The first viewer's goes out at once, those who follow within a
 * second share the next: a room that fills costs its senders two key frames, not fifty. A camera's answer to each is a burst
 * on a line that may be poor.
 */
export const keyFrameInterval = 1_000;

/** Encodings that one producer may have. */
export const encodingsLimit = 3;

const kinds: Readonly<Record<MediaSource, 'audio' | 'video'>> = {
  camera: 'video',
  screen: 'video',
  microphone: 'audio',
  screenAudio: 'audio',
};

/** @returns the kind of track that a source consists of. */
export function kindOf(source: MediaSource): 'audio' | 'video' {
  return kinds[source];
}
