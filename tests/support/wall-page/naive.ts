import type { MeetingId } from '@diemcau/shared/ids.ts';
import type { MediaOffer } from '@diemcau/shared/protocol/media.ts';
import { Device, type types } from 'mediasoup-client';
import { layerFor } from '../../../client/src/media/quality.ts';
import type { Tiles } from './tiles.ts';

type Ask = <T>(name: string, data: unknown) => Promise<T>;
const passed = <T>(value: object): T => value as T;

let device: Promise<Device> | null = null;

/** The browser is asked once for what it can do, as the product does. */
async function deviceFor({ routerRtpCapabilities }: MediaOffer): Promise<Device> {
  device ??= Device.factory().then(async (made) => {
    await made.load({ routerRtpCapabilities: passed(routerRtpCapabilities) });
    return made;
  });
  return device;
}

/** The way without a wall: each meeting is joined by itself, each with a transport of its own, all at once. */
export class Naive {
  readonly #ask: Ask;
  readonly #tiles: Tiles;
  readonly #transports: types.Transport[] = [];
  readonly #peers: string[] = [];

  constructor(ask: Ask, tiles: Tiles) {
    this.#ask = ask;
    this.#tiles = tiles;
  }

  async open(meetings: readonly MeetingId[], width: number, name: string): Promise<void> {
    await Promise.all(meetings.map((meetingId) => this.#join(meetingId, width, name)));
  }

  /** Receives the sound of one meeting, as a member does. @returns its receivers. */
  async listen(
    meetingId: MeetingId,
    name: string,
    producerIds: readonly string[],
  ): Promise<RTCRtpReceiver[]> {
    const { transport, ask } = await this.#enter(meetingId, name);
    const consumers = await this.#consume(transport, ask, producerIds);
    const audio = document.createElement('audio');
    audio.autoplay = true;
    audio.srcObject = new MediaStream(consumers.map(({ track }) => track));
    document.body.append(audio);
    await ask('tune', { consumers: consumers.map(({ id }) => ({ consumerId: id, state: 'running' })) });
    return consumers.flatMap(({ rtpReceiver }) => rtpReceiver ?? []);
  }

  async close(): Promise<void> {
    for (const transport of this.#transports.splice(0)) transport.close();
    for (const peerId of this.#peers.splice(0)) await this.#ask('closePeer', { peerId });
  }

  async #join(meetingId: MeetingId, width: number, name: string): Promise<void> {
    const { transport, ask, offer } = await this.#enter(meetingId, name);
    const cameras = offer.producers.filter(({ source }) => source === 'camera').slice(0, 1);
    const consumers = await this.#consume(
      transport,
      ask,
      cameras.map(({ producerId }) => producerId),
    );
    for (const { track } of consumers) this.#tiles.show(meetingId, new MediaStream([track]), () => {});
    const spatialLayer = layerFor({ width, height: (width * 9) / 16 });
    const running = consumers.map(({ id }) => ({ consumerId: id, state: 'running', spatialLayer }));
    await ask('tune', { consumers: running });
  }

  async #enter(meetingId: MeetingId, name: string) {
    const peerId = `${name}-${meetingId}-${this.#peers.length}-${Math.random()}`;
    this.#peers.push(peerId);
    const ask = <T>(request: string, data: unknown) => this.#ask<T>('peer', { peerId, name: request, data });
    const opening = { meetingId, peerId, person: name, rights: 'receiveOnly' };
    const offer = await this.#ask<MediaOffer>('openPeer', opening);
    const transport = (await deviceFor(offer)).createRecvTransport(
      passed<types.TransportOptions>(offer.receive),
    );
    transport.on('connect', ({ dtlsParameters }, done, failed) => {
      ask('connectTransport', { transportId: transport.id, dtlsParameters }).then(() => done(), failed);
    });
    this.#transports.push(transport);
    return { transport, ask, offer };
  }

  async #consume(transport: types.Transport, ask: Ask, producerIds: readonly string[]) {
    const { recvRtpCapabilities: rtpCapabilities } = (await device) ?? {};
    const { consumers } = await ask<{
      consumers: { consumerId: string; producerId: string; kind: 'audio' | 'video'; rtpParameters: object }[];
    }>('consume', { producerIds, rtpCapabilities });
    return Promise.all(
      consumers.map(({ consumerId: id, producerId, kind, rtpParameters }) =>
        transport.consume({ id, producerId, kind, rtpParameters: passed(rtpParameters), streamId: id }),
      ),
    );
  }
}
