import type { LineTrial } from '@diemcau/shared/protocol/line-trial.ts';
import type { Opaque } from '@diemcau/shared/protocol/media.ts';

/** By which way picture and sound reach the server from here; `relay`: only through one that stands between. */
export type MediaPath = 'udp' | 'tcp' | 'relay' | 'none';

/** Milliseconds until a way counts as shut. */
const patience = 6_000;

type End = LineTrial['udp'];

const word = (structure: Opaque, key: string) => String(structure[key] ?? '');

function candidateLine(candidate: Opaque): string {
  const { tcpType } = candidate;
  const parts = ['foundation', 'component', 'protocol', 'priority', 'address', 'port'].map((key) =>
    key === 'component' ? '1' : word(candidate, key),
  );
  const tail = typeof tcpType === 'string' ? ` tcptype ${tcpType}` : '';
  return `a=candidate:${parts.join(' ')} typ host${tail}`;
}

/** What an end would answer, so far as finding it goes: nothing is carried, so nothing else matters. */
export function answerOf({ iceParameters, iceCandidates, dtlsParameters }: End): string {
  const { fingerprints } = dtlsParameters;
  const known: readonly Opaque[] = Array.isArray(fingerprints) ? fingerprints : [];
  const fingerprint = known.find(({ algorithm }) => algorithm === 'sha-256') ?? known[0] ?? {};
  return [
    'v=0',
    'o=- 1 1 IN IP4 127.0.0.1',
    's=-',
    't=0 0',
    'a=ice-lite',
    'm=application 9 UDP/DTLS/SCTP webrtc-datachannel',
    'c=IN IP4 0.0.0.0',
    'a=mid:0',
    'a=sctp-port:5000',
    `a=ice-ufrag:${word(iceParameters, 'usernameFragment')}`,
    `a=ice-pwd:${word(iceParameters, 'password')}`,
    `a=fingerprint:${word(fingerprint, 'algorithm')} ${word(fingerprint, 'value')}`,
    'a=setup:passive',
    ...iceCandidates.map(candidateLine),
    'a=end-of-candidates',
    '',
  ].join('\r\n');
}

async function reaches(end: End, configuration: RTCConfiguration = {}): Promise<boolean> {
  const connection = new RTCPeerConnection(configuration);
  let timer: ReturnType<typeof setTimeout> | undefined;
  try {
    connection.createDataChannel('trial');
    await connection.setLocalDescription();
    const found = new Promise<boolean>((resolve) => {
      timer = setTimeout(() => resolve(false), patience);
      connection.addEventListener('iceconnectionstatechange', () => {
        const { iceConnectionState: state } = connection;
        if (state === 'connected' || state === 'completed') resolve(true);
        else if (state === 'failed') resolve(false);
      });
    });
    await connection.setRemoteDescription({ type: 'answer', sdp: answerOf(end) });
    return await found;
  } catch {
    return false;
  } finally {
    clearTimeout(timer);
    connection.close();
  }
}

/** Tries the ways to a trial's ends, the best first. Never rejects. */
export async function mediaPath({ udp, tcp, iceServers }: LineTrial): Promise<MediaPath> {
  const [byUdp, byTcp] = await Promise.all([reaches(udp), reaches(tcp)]);
  if (byUdp) return 'udp';
  if (byTcp) return 'tcp';
  if (iceServers === undefined) return 'none';
  const relays = iceServers.map((relay) => ({ ...relay, urls: [...relay.urls] }));
  return (await reaches(udp, { iceServers: relays, iceTransportPolicy: 'relay' })) ? 'relay' : 'none';
}

/** @returns the server's ports for media, as one would ask to have them opened. */
export function portsOf({ udp, tcp }: LineTrial): readonly number[] {
  const ports = [...udp.iceCandidates, ...tcp.iceCandidates].map(({ port }) => Number(port));
  return [...new Set(ports)].sort((a, b) => a - b);
}
