import { z } from 'zod';
import { opaque } from './media.ts';

const end = z.object({
  id: z.string(),
  iceParameters: opaque,
  iceCandidates: z.array(opaque).readonly(),
  dtlsParameters: opaque,
});

/** Where a device tries whether media get through: one end that UDP reaches, one that TCP does, both for some seconds. */
export const lineTrial = z.object({
  udp: end,
  tcp: end,
  iceServers: z
    .array(z.object({ urls: z.array(z.string()).readonly(), username: z.string(), credential: z.string() }))
    .readonly()
    .optional(),
});
export type LineTrial = z.infer<typeof lineTrial>;
