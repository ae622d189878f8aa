import type { DtlsParameters } from 'mediasoup/types';
import { z } from 'zod';

/** What a server tells about one of its WebRTC transports: all that a participant needs to connect. */
export const transportParameters = z.object({
  id: z.string(),
  iceParameters: z.object({ usernameFragment: z.string(), password: z.string() }),
  iceCandidates: z.array(
    z.object({
      foundation: z.string(),
      priority: z.number(),
      ip: z.string(),
      address: z.string().optional(),
      protocol: z.enum(['udp', 'tcp']),
      port: z.number(),
      type: z.string(),
    }),
  ),
  dtlsParameters: z.object({
    fingerprints: z.array(z.object({ algorithm: z.string(), value: z.string() })),
  }),
});
export type TransportParameters = z.infer<typeof transportParameters>;

/** Payload type of the one formal media line; streams of any payload type pass beside it. */
const FORMAL_PAYLOAD_TYPE = 96;
/** The one fingerprint algorithm that libdatachannel accepts for verifying. */
const FINGERPRINT_ALGORITHM = 'sha-256';

/** The server's side as an SDP answer with one media line; `direction` is the server's. */
export function remoteAnswer(transport: TransportParameters, direction: 'sendonly' | 'recvonly'): string {
  const fingerprint = transport.dtlsParameters.fingerprints.find(
    ({ algorithm }) => algorithm === FINGERPRINT_ALGORITHM,
  );
  if (!fingerprint) throw new Error(`the server's transport has no ${FINGERPRINT_ALGORITHM} fingerprint`);
  const candidates = transport.iceCandidates
    .filter(({ protocol }) => protocol === 'udp')
    .map(
      ({ foundation, priority, address, ip, port, type }) =>
        `a=candidate:${foundation} 1 udp ${priority} ${address ?? ip} ${port} typ ${type}`,
    );
  if (candidates.length === 0) throw new Error("the server's transport offers no UDP");
  const lines = [
    'v=0',
    'o=- 1 1 IN IP4 0.0.0.0',
    's=-',
    't=0 0',
    'a=ice-lite',
    'a=group:BUNDLE 0',
    `m=video 9 UDP/TLS/RTP/SAVPF ${FORMAL_PAYLOAD_TYPE}`,
    'c=IN IP4 0.0.0.0',
    'a=mid:0',
    `a=${direction}`,
    'a=rtcp-mux',
    `a=rtpmap:${FORMAL_PAYLOAD_TYPE} VP8/90000`,
    `a=ice-ufrag:${transport.iceParameters.usernameFragment}`,
    `a=ice-pwd:${transport.iceParameters.password}`,
    `a=fingerprint:${fingerprint.algorithm} ${fingerprint.value}`,
    'a=setup:passive',
    ...candidates,
    'a=end-of-candidates',
  ];
  return `${lines.join('\r\n')}\r\n`;
}

/** The robot's own DTLS parameters out of its SDP offer; it is the DTLS client, as mediasoup-client is. */
export function localDtlsParameters(offer: string): DtlsParameters {
  const found = /^a=fingerprint:(\S+) (\S+)/m.exec(offer);
  if (found?.[1] !== FINGERPRINT_ALGORITHM || !found[2]) throw new Error('the offer has no fingerprint');
  return { role: 'client', fingerprints: [{ algorithm: FINGERPRINT_ALGORITHM, value: found[2] }] };
}
