import * as mediasoup from 'mediasoup';
import type { Consumer, Producer, Router, WebRtcServer, WebRtcTransport } from 'mediasoup/types';
import { workerPath } from '../../scripts/worker-path.mjs';
import { consumerParameters } from './received.ts';
import { type MediaSignalling, ROBOT_RTP_CAPABILITIES, RobotMedia } from './robot-media.ts';
import { type TransportParameters, transportParameters } from './sdp.ts';

/** A worker with one router and nothing of the product around it: what robots are tried against. */
export interface BareSfu {
  readonly router: Router;
  createTransport(): Promise<WebRtcTransport>;
  close(): void;
}

/** Starts a worker on loopback; throws when set-up has not provided the binary. */
export async function startBareSfu(): Promise<BareSfu> {
  const workerBin = workerPath();
  if (!workerBin) throw new Error('no SFU worker on this machine: run the set-up first');
  const worker = await mediasoup.createWorker({ workerBin, logLevel: 'warn' });
  const webRtcServer: WebRtcServer = await worker.createWebRtcServer({
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
  return {
    router,
    createTransport: () => router.createWebRtcTransport({ webRtcServer, enableUdp: true, enableTcp: true }),
    close: () => worker.close(),
  };
}

/** What a browser or robot is told of a transport. */
export function parametersOf(transport: WebRtcTransport): TransportParameters {
  return transportParameters.parse(transport);
}

/** A robot wired straight to the SFU, without a protocol between them. */
export interface WiredRobot {
  readonly media: RobotMedia;
  readonly sendTransport: WebRtcTransport;
  readonly producers: Map<string, Producer>;
  /** Makes a paused consumer, tells the robot, and lets it flow. */
  consume(producer: Producer): Promise<{ consumer: Consumer; stream: ReturnType<RobotMedia['receive']> }>;
}

/** Connects a robot in both directions. */
export async function wireRobot(
  sfu: BareSfu,
  options: { readonly onLost?: () => void } = {},
): Promise<WiredRobot> {
  const [sendTransport, receiveTransport] = await Promise.all([sfu.createTransport(), sfu.createTransport()]);
  const producers = new Map<string, Producer>();
  const signalling: MediaSignalling = {
    async connectTransport(id, dtlsParameters) {
      const transport = id === sendTransport.id ? sendTransport : receiveTransport;
      await transport.connect({ dtlsParameters });
    },
    async produce(_, stream) {
      const producer = await sendTransport.produce(stream);
      producers.set(producer.id, producer);
      return { id: producer.id };
    },
  };
  const media = new RobotMedia(signalling, options);
  await Promise.all([
    media.openSend(parametersOf(sendTransport)),
    media.openReceive(parametersOf(receiveTransport)),
  ]);
  return {
    media,
    sendTransport,
    producers,
    async consume(producer) {
      const consumer = await receiveTransport.consume({
        producerId: producer.id,
        rtpCapabilities: ROBOT_RTP_CAPABILITIES,
        paused: true,
      });
      const stream = media.receive(consumerParameters.parse(consumer));
      await consumer.resume();
      return { consumer, stream };
    },
  };
}
