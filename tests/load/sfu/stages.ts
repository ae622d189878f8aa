import { opaque } from '@diemcau/shared/protocol/media.ts';
import { createWorker } from 'mediasoup';
import type { Worker } from 'mediasoup/types';
import { workerPath } from '../../../scripts/worker-path.mjs';
import { MediasoupEngine } from '../../../server/src/media/engine.ts';
import { RobotPeer } from '../../media/robot-peer.ts';
import { granted, mediaConfig, person, quiet, TestPeer } from '../../media/studio.ts';
import { ROBOT_RTP_CAPABILITIES, RobotMedia } from '../../robots/robot-media.ts';
import { transportParameters } from '../../robots/sdp.ts';
import type { Crew } from './crew.ts';

/** An SFU in which one camera is sent to every receiver. */
export interface Stage {
  /** The process that forwards. */
  readonly pid: number;
  close(): Promise<void>;
}

/** The layer that all receive: some 130 packets of about 1,100 bytes a second. */
const spatialLayer = 2;

/** The product's engine, asked as the door asks it. */
export async function productStage(crew: Crew, receivers: number): Promise<Stage> {
  const engine = await MediasoupEngine.start(mediaConfig(1), quiet);
  const sender = await new RobotPeer(engine, person('sender')).openSend();
  const camera = await sender.robot.startCamera(3);
  for (let number = 0; number < receivers; number += 1) {
    const peer = await new TestPeer(engine, person(`receiver ${number}`)).open();
    const { receive } = peer.offer;
    const dtlsParameters = opaque.parse(await crew.receive(receive));
    const ask = (request: Parameters<MediasoupEngine['request']>[1]) => engine.request(peer.id, request);
    granted(await ask({ name: 'connectTransport', data: { transportId: receive.id, dtlsParameters } }));
    const rtpCapabilities = opaque.parse(ROBOT_RTP_CAPABILITIES);
    const data = { producerIds: [camera], rtpCapabilities };
    const answer = await engine.request(peer.id, { name: 'consume', data });
    const consumers = granted(answer).consumers.map(({ consumerId }) => ({
      consumerId,
      state: 'running' as const,
      spatialLayer,
    }));
    granted(await ask({ name: 'tune', data: { consumers } }));
  }
  await crew.connected(receivers);
  return {
    pid: engine.workers[0]?.pid ?? 0,
    close: async () => {
      sender.close();
      await engine.close();
    },
  };
}

/** mediasoup alone: one worker of the same program, one router, nothing around it. */
export async function bareStage(
  crew: Crew,
  receivers: number,
  watch: (worker: Worker) => Promise<void>,
): Promise<Stage> {
  const workerBin = workerPath();
  const worker = await createWorker({ logLevel: 'warn', ...(workerBin ? { workerBin } : {}) });
  await watch(worker);
  const webRtcServer = await worker.createWebRtcServer({
    listenInfos: [{ protocol: 'udp', ip: '127.0.0.1' }],
  });
  const router = await worker.createRouter({
    mediaCodecs: [{ kind: 'video', mimeType: 'video/VP8', clockRate: 90_000 }],
  });
  const sending = await router.createWebRtcTransport({ webRtcServer });
  const robot = new RobotMedia({
    connectTransport: (_, dtlsParameters) => sending.connect({ dtlsParameters }),
    produce: (_, stream) => sending.produce(stream),
  });
  await robot.openSend(transportParameters.parse(sending));
  const producerId = await robot.startCamera(3);
  for (let number = 0; number < receivers; number += 1) {
    const transport = await router.createWebRtcTransport({ webRtcServer });
    const { id, iceParameters, iceCandidates, dtlsParameters } = transport;
    const offered = { id, iceParameters, iceCandidates, dtlsParameters };
    await transport.connect({ dtlsParameters: await crew.receive(offered) });
    const consumer = await transport.consume({
      producerId,
      rtpCapabilities: ROBOT_RTP_CAPABILITIES,
      paused: true,
    });
    await consumer.setPreferredLayers({ spatialLayer });
    await consumer.resume();
  }
  await crew.connected(receivers);
  return {
    pid: worker.pid,
    close: async () => {
      robot.close();
      const gone = new Promise<void>((resolve) => worker.once('subprocessclose', () => resolve()));
      worker.close();
      await gone;
    },
  };
}
