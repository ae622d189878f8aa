import type {
  ConsumerOffer,
  MediaAnswers,
  MediaOffer,
  MediaSource,
  Opaque,
  TransportOffer,
} from '@diemcau/shared/protocol/media.ts';
import { Device, type types } from 'mediasoup-client';
import { Observable, type Readable } from '../store/observable.ts';
import { codecOptionsOf, encodingsOf } from './quality.ts';
import { asked, type Signal } from './signalling.ts';

export type LinkLine = 'idle' | 'connecting' | 'connected' | 'shaky' | 'failed';

type Direction = 'send' | 'receive';

/** Structures that mediasoup made at one end and mediasoup-client checks at the other, and back. */
export const passed = <T>(value: Opaque): T => value as T;
export const toPass = (value: object): Opaque => ({ ...value });

/** What this browser and the routers of a server can do together. */
interface Loaded {
  readonly key: string;
  readonly device: Device;
}

let loaded: Loaded | null = null;
const slot = 'diemcau.routers';

/** The least that a router offers: enough for the browser to start what it makes on first use. */
const anyRouter = JSON.stringify({
  codecs: [
    { kind: 'audio', mimeType: 'audio/opus', preferredPayloadType: 100, clockRate: 48_000, channels: 2 },
    { kind: 'video', mimeType: 'video/VP8', preferredPayloadType: 101, clockRate: 90_000 },
  ],
  headerExtensions: [],
});

async function load(key: string): Promise<Device> {
  const device = await Device.factory();
  // Made by mediasoup and checked by mediasoup-client, also where it comes from this browser's memory.
  await device.load({ routerRtpCapabilities: passed(JSON.parse(key)) });
  loaded = { key, device };
  return device;
}

/** Every router of a server offers the same, so the browser is asked once for what it can do. */
export async function deviceFor(routerRtpCapabilities: Opaque): Promise<Device> {
  const key = JSON.stringify(routerRtpCapabilities);
  if (loaded?.key === key) return loaded.device;
  const device = await load(key);
  remember(key);
  return device;
}

/** Lets the browser start its WebRTC before there is an offer, with what the routers offered last time. */
export async function warmUp(): Promise<void> {
  if (loaded !== null) return;
  try {
    await load(remembered() ?? anyRouter);
  } catch {
    // What is amiss shows with the first offer.
  }
}

function remember(key: string): void {
  try {
    localStorage.setItem(slot, key);
  } catch {
    // A browser that keeps nothing only loses a few milliseconds next time.
  }
}

function remembered(): string | null {
  try {
    return localStorage.getItem(slot);
  } catch {
    return null;
  }
}

/** What a link is built from: media both ways, or the means to send alone. */
export interface LinkOffer extends Pick<MediaOffer, 'routerRtpCapabilities' | 'send' | 'iceServers'> {
  readonly receive: TransportOffer | null;
}

/** Both transports of one offer. When it fails it is thrown away and another one built. */
export class MediaLink {
  readonly #device: Device;
  readonly #signal: Signal;
  readonly #offer: LinkOffer;
  readonly #transports = new Map<Direction, types.Transport>();
  readonly #line = new Observable<LinkLine>('idle');
  readonly #heldAtStart = new Map<string, boolean>();
  /** Transports whose ends know each other. */
  readonly #met = new Set<string>();
  #closed = false;

  private constructor(device: Device, offer: LinkOffer, signal: Signal) {
    this.#device = device;
    this.#offer = offer;
    this.#signal = signal;
  }

  /** @returns a link at once where the browser is ready for these routers; null where it has to be asked. */
  static openNow(offer: LinkOffer, signal: Signal): MediaLink | null {
    if (loaded?.key !== JSON.stringify(offer.routerRtpCapabilities)) return null;
    return new MediaLink(loaded.device, offer, signal);
  }

  /** @throws where the browser has no WebRTC that mediasoup knows. */
  static async open(offer: LinkOffer, signal: Signal): Promise<MediaLink> {
    return new MediaLink(await deviceFor(offer.routerRtpCapabilities), offer, signal);
  }

  /** The worse of both transports; `shaky` often mends itself. */
  get line(): Readable<LinkLine> {
    return this.#line;
  }

  get sends(): boolean {
    return this.#offer.send !== null;
  }

  /**
   * The transport that receives, by which the server knows this link again after a lost line; null for one that can't go
   * on: its ends have not met yet, or it only sends.
   */
  get resumable(): string | null {
    const { receive } = this.#offer;
    const whole = [...this.#transports.values()].every(({ id }) => this.#met.has(id));
    return whole && !this.#closed && receive !== null ? receive.id : null;
  }

  /** Whether an offer is of these very transports. */
  isOf({ receive, send }: LinkOffer): boolean {
    return receive?.id === this.#offer.receive?.id && send?.id === this.#offer.send?.id;
  }

  /** Starts to send a track. The track stays its owner's: closing the producer doesn't stop it. */
  async produce(
    source: MediaSource,
    track: MediaStreamTrack,
  ): Promise<{ readonly producer: types.Producer; readonly held: boolean }> {
    const transport = this.#transport('send');
    const codecOptions = codecOptionsOf(source);
    const producer = await transport.produce({
      track,
      stopTracks: false,
      encodings: encodingsOf(source),
      ...(codecOptions && { codecOptions }),
      appData: { source },
    });
    return { producer, held: this.#heldAtStart.get(producer.id) ?? false };
  }

  /** Asks for consumers, which are paused on the server; what is gone is left out. */
  async ask(producerIds: readonly string[]): Promise<readonly ConsumerOffer[]> {
    const rtpCapabilities = toPass(this.#device.recvRtpCapabilities);
    const data = { producerIds: [...producerIds], rtpCapabilities };
    return (await asked(this.#signal, 'consume', data)).consumers;
  }

  /** Makes the browser ready for what was offered; from then on the server may send it. */
  async take(offers: readonly ConsumerOffer[]): Promise<readonly types.Consumer[]> {
    const transport = this.#transport('receive');
    return Promise.all(
      offers.map(({ consumerId, producerId, kind, rtpParameters }) =>
        transport.consume({
          id: consumerId,
          producerId,
          kind,
          rtpParameters: passed(rtpParameters),
          // One stream a track: sound must not wait for a picture that comes by another way.
          streamId: consumerId,
        }),
      ),
    );
  }

  /** New addresses for the same media, after the network has changed. */
  async restartIce(): Promise<void> {
    await Promise.all(
      [...this.#transports.values()].map(async (transport) => {
        const answer = await asked(this.#signal, 'restartIce', { transportId: transport.id });
        await restarted(transport, answer);
      }),
    );
  }

  /** What the browser has counted on both transports. */
  async statistics(): Promise<readonly RTCStatsReport[]> {
    return Promise.all([...this.#transports.values()].map((transport) => transport.getStats()));
  }

  close(): void {
    this.#closed = true;
    for (const transport of this.#transports.values()) transport.close();
  }

  /** Made on first use: who doesn't send needn't wait for the means to. */
  #transport(direction: Direction): types.Transport {
    const made = this.#transports.get(direction);
    if (made !== undefined) return made;
    const { send, receive } = this.#offer;
    const offered = direction === 'send' ? send : receive;
    if (this.#closed || offered === null) throw new Error(`no transport to ${direction}`);
    const transport =
      direction === 'send'
        ? this.#device.createSendTransport(optionsOf(offered, this.#offer.iceServers))
        : this.#device.createRecvTransport(optionsOf(offered, this.#offer.iceServers));
    this.#transports.set(direction, transport);
    this.#listen(transport);
    return transport;
  }

  #listen(transport: types.Transport): void {
    transport.on('connect', ({ dtlsParameters }, done, failed) => {
      const data = { transportId: transport.id, dtlsParameters: toPass(dtlsParameters) };
      asked(this.#signal, 'connectTransport', data).then(() => {
        this.#met.add(transport.id);
        done();
      }, failed);
    });
    transport.on('produce', ({ kind, rtpParameters, appData }, done, failed) => {
      const { source } = appData as { source: MediaSource };
      const data = { transportId: transport.id, kind, source, rtpParameters: toPass(rtpParameters) };
      asked(this.#signal, 'produce', data).then(({ producerId, held }) => {
        this.#heldAtStart.set(producerId, held);
        done({ id: producerId });
      }, failed);
    });
    transport.on('connectionstatechange', () => this.#line.set(this.#worst()));
  }

  #worst(): LinkLine {
    const states = [...this.#transports.values()].map((transport) => transport.connectionState);
    if (states.includes('failed')) return 'failed';
    if (states.includes('disconnected')) return 'shaky';
    if (states.includes('connecting')) return 'connecting';
    return states.includes('connected') ? 'connected' : 'idle';
  }
}

/** @returns an offered transport as mediasoup-client wants it, with the relays of the offer. */
export function optionsOf(
  offer: TransportOffer,
  iceServers: MediaOffer['iceServers'],
): types.TransportOptions {
  return {
    id: offer.id,
    iceParameters: passed(offer.iceParameters),
    iceCandidates: offer.iceCandidates.map((candidate) => passed<types.IceCandidate>(candidate)),
    dtlsParameters: passed(offer.dtlsParameters),
    ...(iceServers && { iceServers: relaysOf(iceServers) }),
  };
}

/** Restarts ICE, over the relays as they are offered now. */
export async function restarted(
  transport: types.Transport,
  { iceParameters, iceServers }: MediaAnswers['restartIce'],
): Promise<void> {
  if (iceServers) await transport.updateIceServers({ iceServers: relaysOf(iceServers) });
  await transport.restartIce({ iceParameters: passed(iceParameters) });
}

function relaysOf(iceServers: NonNullable<MediaOffer['iceServers']>): RTCIceServer[] {
  return iceServers.map((relay) => ({ ...relay, urls: [...relay.urls] }));
}
