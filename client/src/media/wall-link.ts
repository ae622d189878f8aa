import type { Answer } from '@diemcau/shared/protocol/socket.ts';
import type {
  WallConsumerOffer,
  WallMediaAnswers,
  WallMediaOffer,
  WallMediaRequestData,
  WallMediaRequestName,
} from '@diemcau/shared/protocol/wall-media.ts';
import type { Device, types } from 'mediasoup-client';
import { Observable, type Readable } from '../store/observable.ts';
import { deviceFor, type LinkLine, optionsOf, passed, restarted, toPass } from './link.ts';
import { MediaRefused } from './signalling.ts';
import type { WallSignal } from './wall-types.ts';

/** @returns the answer's value. @throws MediaRefused */
export async function askedWall<N extends WallMediaRequestName>(
  signal: WallSignal,
  name: N,
  data: WallMediaRequestData<N>,
): Promise<WallMediaAnswers[N]> {
  const answer: Answer<WallMediaAnswers[N]> = await signal(name, data);
  if (!answer.ok) throw new MediaRefused(answer.code);
  return answer.value;
}

/** A wall's one receiving transport. When it fails it is thrown away and another one built. */
export class WallLink {
  readonly #device: Device;
  readonly #transport: types.Transport;
  readonly #signal: WallSignal;
  readonly #line = new Observable<LinkLine>('idle');

  private constructor(device: Device, offer: WallMediaOffer, signal: WallSignal) {
    this.#device = device;
    this.#signal = signal;
    const transport = device.createRecvTransport(optionsOf(offer.receive, offer.iceServers));
    this.#transport = transport;
    transport.on('connect', ({ dtlsParameters }, done, failed) => {
      const data = { transportId: transport.id, dtlsParameters: toPass(dtlsParameters) };
      askedWall(signal, 'connectTransport', data).then(() => done(), failed);
    });
    transport.on('connectionstatechange', (state) => this.#line.set(lineOf(state)));
  }

  /** @throws where the browser has no WebRTC that mediasoup knows. */
  static async open(offer: WallMediaOffer, signal: WallSignal): Promise<WallLink> {
    return new WallLink(await deviceFor(offer.routerRtpCapabilities), offer, signal);
  }

  get line(): Readable<LinkLine> {
    return this.#line;
  }

  /** Lets ICE and DTLS stand before anything is received, so that the first picture does not wait for them. */
  async stand(): Promise<void> {
    const rtpCapabilities = toPass(this.#device.recvRtpCapabilities);
    const { consumer } = await askedWall(this.#signal, 'stand', { rtpCapabilities });
    const { consumerId: id, producerId, kind, rtpParameters } = consumer;
    await this.#transport.consume({ id, producerId, kind, rtpParameters: passed(rtpParameters) });
  }

  /** Asks for consumers, which are paused on the server; what may not be received, or is gone, is left out. */
  async ask(tracks: WallMediaRequestData<'consume'>['tracks']): Promise<readonly WallConsumerOffer[]> {
    const rtpCapabilities = toPass(this.#device.recvRtpCapabilities);
    return (await askedWall(this.#signal, 'consume', { tracks, rtpCapabilities })).consumers;
  }

  /** Makes the browser ready for what was offered; from then on the server may send it. */
  take(offers: readonly WallConsumerOffer[]): Promise<readonly types.Consumer[]> {
    return Promise.all(
      offers.map(({ consumerId, producerId, kind, rtpParameters }) =>
        this.#transport.consume({
          id: consumerId,
          producerId,
          kind,
          rtpParameters: passed(rtpParameters),
          streamId: consumerId,
        }),
      ),
    );
  }

  /** New addresses for the same media, after the network has changed. */
  async restartIce(): Promise<void> {
    const { id } = this.#transport;
    await restarted(this.#transport, await askedWall(this.#signal, 'restartIce', { transportId: id }));
  }

  statistics(): Promise<RTCStatsReport> {
    return this.#transport.getStats();
  }

  close(): void {
    this.#transport.close();
  }
}

function lineOf(state: types.ConnectionState): LinkLine {
  switch (state) {
    case 'new':
    case 'closed':
      return 'idle';
    case 'disconnected':
      return 'shaky';
    default:
      return state;
  }
}
