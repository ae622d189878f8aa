import { createInterface } from 'node:readline';
import { PeerConnection, type Track, Video } from 'node-datachannel';
import { z } from 'zod';
import { isRtcp } from '../../robots/rtp/packet.ts';
import { localDtlsParameters, remoteAnswer, transportParameters } from '../../robots/sdp.ts';

/**
 * SRTP receivers in a process of their own, for any SFU: `node tests/load/sfu/receivers.ts`. Speaks JSON, a line each, on
 * standard input and output; ends with its input.
 *
 * - `{"id", "transport"}`: mediasoup's transport (id, iceParameters, iceCandidates, dtlsParameters). Answers `{"id", "dtls"}`, the
 *   receiver's own DTLS parameters, which the SFU must be told.
 * - `{"id", "sdp"}`: an offer of any SFU, as text. Answers `{"id", "sdp"}`, the answer, once its candidates are gathered.
 * - `{"id": "…", "count": true}`: answers `{"id", "open", "packets", "bytes"}`: receivers that are connected, RTP packets and their
 *   bytes of all of them so far.
 */
const request = z.union([
  z.object({ id: z.string(), transport: transportParameters }),
  z.object({ id: z.string(), sdp: z.string() }),
  z.object({ id: z.string(), count: z.literal(true) }),
]);

const connections: PeerConnection[] = [];
const tracks: Track[] = [];
const sums = { open: 0, packets: 0, bytes: 0 };

function say(line: object): void {
  process.stdout.write(`${JSON.stringify(line)}\n`);
}

function count(track: Track): void {
  tracks.push(track);
  track.onOpen(() => {
    sums.open += 1;
  });
  track.onMessage((bytes) => {
    if (isRtcp(bytes)) return;
    sums.packets += 1;
    sums.bytes += bytes.length;
  });
  track.onClosed(() => {});
}

function connect(id: string): PeerConnection {
  const connection = new PeerConnection(id, { iceServers: [], disableAutoNegotiation: true });
  connections.push(connection);
  return connection;
}

function toTransport(id: string, transport: z.infer<typeof transportParameters>): void {
  const connection = connect(id);
  const line = new Video('0', 'RecvOnly');
  line.addVP8Codec(96);
  count(connection.addTrack(line));
  connection.onLocalDescription((offer) => {
    say({ id, dtls: localDtlsParameters(offer) });
    connection.setRemoteDescription(remoteAnswer(transport, 'sendonly'), 'answer');
  });
  connection.setLocalDescription('offer');
}

function toOffer(id: string, sdp: string): void {
  const connection = connect(id);
  connection.onTrack(count);
  connection.onGatheringStateChange((state) => {
    if (state === 'complete') say({ id, sdp: connection.localDescription()?.sdp });
  });
  connection.setRemoteDescription(sdp, 'offer');
  connection.setLocalDescription('answer');
}

for await (const text of createInterface(process.stdin)) {
  const asked = request.parse(JSON.parse(text));
  if ('transport' in asked) toTransport(asked.id, asked.transport);
  else if ('sdp' in asked) toOffer(asked.id, asked.sdp);
  else say({ id: asked.id, ...sums });
}
for (const track of tracks) track.close();
for (const connection of connections) connection.close();
process.exit(0);
