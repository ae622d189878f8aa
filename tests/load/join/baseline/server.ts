import { readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { createWorker } from 'mediasoup';
import type { Consumer, Producer, WebRtcTransport } from 'mediasoup/types';
import { Server } from 'socket.io';
import { workerPath } from '../../../../scripts/worker-path.mjs';
import type { BareRequests, BareState } from './protocol.ts';

/**
 * The least that does the same: Socket.IO and mediasoup, one room, no rights, no store. Everything that a page needs
 * comes with the join's one answer. Prints `listening PORT`; ends with its parent's standard input.
 */
const script = process.argv[2];
if (script === undefined) throw new Error('usage: server.ts PAGE_SCRIPT');
const files: Readonly<Record<string, readonly [type: string, body: string]>> = {
  '/': [
    'text/html',
    '<!doctype html><meta charset="utf-8"><title>Họp</title><body><button id="join">Vào họp</button><script type="module" src="/page.js"></script>',
  ],
  '/page.js': ['text/javascript', readFileSync(script, 'utf8')],
};

const state: BareState = {
  title: 'Sinh hoạt thường kỳ',
  people: Array.from({ length: 18 }, (_, index) => ({
    name: `Đảng viên số ${index + 1}`,
    office: index === 0 ? 'Bí thư' : 'Đảng viên',
    mode: 'trực tuyến',
  })),
  agenda: Array.from({ length: 14 }, (_, index) => ({ title: `Nội dung thứ ${index + 1}`, minutes: 7 })),
};

const workerBin = workerPath();
const worker = await createWorker({ logLevel: 'warn', ...(workerBin === undefined ? {} : { workerBin }) });
const webRtcServer = await worker.createWebRtcServer({
  listenInfos: [
    { protocol: 'udp', ip: '127.0.0.1' },
    { protocol: 'tcp', ip: '127.0.0.1' },
  ],
});
const router = await worker.createRouter({
  mediaCodecs: [
    { kind: 'audio', mimeType: 'audio/opus', clockRate: 48_000, channels: 2 },
    { kind: 'video', mimeType: 'video/VP8', clockRate: 90_000 },
  ],
});
const producers = new Map<string, Producer>();

const openTransport = () => router.createWebRtcTransport({ webRtcServer, enableUdp: true, enableTcp: true });
const offerOf = ({ id, iceParameters, iceCandidates, dtlsParameters }: WebRtcTransport) => ({
  id,
  iceParameters,
  iceCandidates,
  dtlsParameters,
});

const http = createServer((request, response) => {
  const [type, body] = files[request.url ?? '/'] ?? ['text/plain', ''];
  response.setHeader('content-type', `${type}; charset=utf-8`);
  response.setHeader('cache-control', 'max-age=3600');
  response.end(body);
});
const io = new Server<BareRequests>(http, { transports: ['websocket'], serveClient: false });
io.on('connection', (socket) => {
  let transport: WebRtcTransport | undefined;
  let consumers: readonly Consumer[] = [];
  socket.on('capabilities', (answer) => answer(router.rtpCapabilities));
  socket.on('join', async ({ rtpCapabilities }, answer) => {
    const opened = await openTransport();
    transport = opened;
    consumers = await Promise.all(
      [...producers.keys()].map((producerId) =>
        opened.consume({ producerId, rtpCapabilities, paused: true }),
      ),
    );
    answer({
      state,
      transport: offerOf(opened),
      consumers: consumers.map(({ id, producerId, kind, rtpParameters }) => ({
        id,
        producerId,
        kind,
        rtpParameters,
      })),
    });
  });
  socket.on('connectTransport', async ({ dtlsParameters }, answer) => {
    await transport?.connect({ dtlsParameters });
    answer();
  });
  socket.on('resume', async (answer) => {
    await Promise.all(consumers.map((consumer) => consumer.resume()));
    answer();
  });
  socket.on('openSend', async (answer) => {
    transport = await openTransport();
    answer(offerOf(transport));
  });
  socket.on('produce', async (request, answer) => {
    const producer = await transport?.produce(request);
    if (producer === undefined) return;
    producers.set(producer.id, producer);
    producer.observer.once('close', () => producers.delete(producer.id));
    answer({ id: producer.id });
  });
  socket.on('disconnect', () => transport?.close());
});
http.listen(0, '127.0.0.1', () => {
  const address = http.address();
  if (typeof address === 'object' && address) process.stdout.write(`listening ${address.port}\n`);
});
process.stdin.resume();
process.stdin.on('end', () => {
  worker.close();
  void io.close();
});
