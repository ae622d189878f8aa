import type { Producer, Router } from 'mediasoup/types';
import { routerCodecs } from './codecs.ts';

/** @returns a producer of sound that never sends a packet; it ends with its router. Rejects when the worker dies. */
export async function silentSound(router: Router): Promise<Producer> {
  const codec = routerCodecs.find(({ kind }) => kind === 'audio');
  if (codec === undefined) throw new Error('the routers know no sound');
  const transport = await router.createDirectTransport();
  return transport.produce({
    kind: 'audio',
    rtpParameters: {
      codecs: [
        {
          mimeType: codec.mimeType,
          clockRate: codec.clockRate,
          payloadType: 100,
          ...(codec.channels === undefined ? {} : { channels: codec.channels }),
        },
      ],
      encodings: [{ ssrc: 1 }],
    },
  });
}
