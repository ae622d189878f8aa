import type { Opaque } from '@diemcau/shared/protocol/media.ts';

let ssrc = 1_000;

const feedback = [{ type: 'nack' }, { type: 'nack', parameter: 'pli' }, { type: 'transport-cc' }];

/** What a browser says of a camera in three layers. */
export function cameraParameters(): Opaque {
  return {
    mid: String(ssrc),
    codecs: [
      { mimeType: 'video/VP8', payloadType: 96, clockRate: 90_000, rtcpFeedback: feedback },
      { mimeType: 'video/rtx', payloadType: 97, clockRate: 90_000, parameters: { apt: 96 } },
    ],
    headerExtensions: [
      { uri: 'urn:ietf:params:rtp-hdrext:sdes:mid', id: 1 },
      { uri: 'urn:ietf:params:rtp-hdrext:sdes:rtp-stream-id', id: 2 },
    ],
    encodings: ['r0', 'r1', 'r2'].map((rid) => ({ rid, scalabilityMode: 'L1T3' })),
    rtcp: { cname: `camera-${ssrc++}` },
  };
}

/** What a browser says of a microphone. */
export function microphoneParameters(): Opaque {
  return {
    mid: String(ssrc),
    codecs: [{ mimeType: 'audio/opus', payloadType: 111, clockRate: 48_000, channels: 2 }],
    encodings: [{ ssrc: ssrc++ }],
    rtcp: { cname: `microphone-${ssrc}` },
  };
}
