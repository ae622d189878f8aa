import { type MediaOwner, opaque } from '@diemcau/shared/protocol/media.ts';
import type { MediasoupEngine } from '../../server/src/media/engine.ts';
import type { PeerOpening } from '../../server/src/media/port.ts';
import { consumerParameters, type ReceivedStream } from '../robots/received.ts';
import { ROBOT_RTP_CAPABILITIES, RobotMedia } from '../robots/robot-media.ts';
import { transportParameters } from '../robots/sdp.ts';
import { granted, TestPeer } from './studio.ts';

/** A consumer that a robot counts, and its name at the engine. */
export interface Watched {
  readonly consumerId: string;
  readonly stream: ReceivedStream;
}

/** A peer of the engine with real SRTP behind it. */
export class RobotPeer {
  readonly peer: TestPeer;
  readonly robot: RobotMedia;

  constructor(engine: MediasoupEngine, owner: MediaOwner, given: Partial<PeerOpening> = {}) {
    this.peer = new TestPeer(engine, owner, given);
    this.robot = new RobotMedia({
      connectTransport: async (transportId, dtlsParameters) => {
        const data = { transportId, dtlsParameters: opaque.parse(dtlsParameters) };
        granted(await engine.request(this.peer.id, { name: 'connectTransport', data }));
      },
      produce: async (_, { kind, rtpParameters }) => {
        const source = kind === 'video' ? 'camera' : 'microphone';
        return { id: granted(await this.peer.produce(source, opaque.parse(rtpParameters))).producerId };
      },
    });
  }

  async openSend(): Promise<this> {
    await this.peer.open();
    await this.robot.openSend(transportParameters.parse(this.peer.offer.send));
    return this;
  }

  async openReceive(): Promise<this> {
    await this.peer.open();
    await this.robot.openReceive(transportParameters.parse(this.peer.offer.receive));
    return this;
  }

  /** Makes consumers, which stay paused until they are tuned. */
  async consume(producerIds: readonly string[]): Promise<readonly Watched[]> {
    const data = { producerIds: [...producerIds], rtpCapabilities: opaque.parse(ROBOT_RTP_CAPABILITIES) };
    const { consumers } = granted(await this.peer.engine.request(this.peer.id, { name: 'consume', data }));
    return consumers.map((offer) => ({
      consumerId: offer.consumerId,
      stream: this.robot.receive(consumerParameters.parse({ ...offer, id: offer.consumerId })),
    }));
  }

  async tune(
    watched: readonly Watched[],
    state: 'running' | 'paused',
    spatialLayer: 0 | 1 | 2 = 0,
  ): Promise<void> {
    const consumers = watched.map(({ consumerId, stream }) => ({
      consumerId,
      state,
      ...(stream.kind === 'video' ? { spatialLayer } : {}),
    }));
    granted(await this.peer.engine.request(this.peer.id, { name: 'tune', data: { consumers } }));
  }

  close(): void {
    this.robot.close();
    this.peer.engine.closePeer(this.peer.id, 'left');
  }
}
