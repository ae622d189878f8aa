import { randomInt, randomUUID } from 'node:crypto';
import type { DtlsParameters, MediaKind, RtpCapabilities, RtpParameters } from 'mediasoup/types';
import { type Clip, recordedClip } from './clip.ts';
import { Link } from './link.ts';
import type { StreamIdentity } from './outgoing.ts';
import { PictureStream } from './picture.ts';
import { type ConsumerParameters, ReceivedStream } from './received.ts';
import { AUDIO_LEVEL_ID, readPacket } from './rtp/packet.ts';
import { readFeedback } from './rtp/rtcp.ts';
import type { TransportParameters } from './sdp.ts';
import { SoundStream, type Voice } from './sound.ts';
import { onTick } from './ticker.ts';

const VIDEO_PAYLOAD_TYPE = 96;
const AUDIO_PAYLOAD_TYPE = 111;
const VIDEO_CLOCK = 90_000;
const AUDIO_CLOCK = 48_000;

/**
 * What a robot can receive. Bandwidth feedback is left out: the SFU then sends the layer that is asked for and doesn't probe
 * robots, so that a crowd costs what it shows.
 */
export const ROBOT_RTP_CAPABILITIES: RtpCapabilities = {
  codecs: [
    {
      kind: 'audio',
      mimeType: 'audio/opus',
      preferredPayloadType: AUDIO_PAYLOAD_TYPE,
      clockRate: AUDIO_CLOCK,
      channels: 2,
      parameters: {},
      rtcpFeedback: [],
    },
    {
      kind: 'video',
      mimeType: 'video/VP8',
      preferredPayloadType: VIDEO_PAYLOAD_TYPE,
      clockRate: VIDEO_CLOCK,
      parameters: {},
      rtcpFeedback: [
        { type: 'nack', parameter: 'pli' },
        { type: 'ccm', parameter: 'fir' },
      ],
    },
  ],
  headerExtensions: [],
};

/** The robot's side of whatever protocol leads to the SFU. */
export interface MediaSignalling {
  /** Hands the robot's DTLS parameters to one of the server's transports. */
  connectTransport(transportId: string, dtlsParameters: DtlsParameters): Promise<void>;
  /** Announces a stream on the sending transport; answers the producer's id. */
  produce(
    transportId: string,
    stream: { readonly kind: MediaKind; readonly rtpParameters: RtpParameters },
  ): Promise<{ readonly id: string }>;
}

/** How much of the camera a robot sends: the smallest layer alone, two, or all three. */
export type LayerCount = 1 | 2 | 3;

/** Sends the recorded camera and sound into an SFU and counts what comes back, without encoder or decoder. */
export class RobotMedia {
  readonly #signalling: MediaSignalling;
  readonly #clip: Clip;
  readonly #onLost: () => void;
  readonly #cname = randomUUID();
  readonly #received = new Map<number, ReceivedStream>();
  readonly #links: Link[] = [];
  readonly #phase: number;
  #sending: { readonly transportId: string; readonly link: Link } | undefined;
  #pictures: PictureStream[] = [];
  #sound: SoundStream | undefined;
  #stopTicking: (() => void) | undefined;
  #closed = false;

  constructor(
    signalling: MediaSignalling,
    options: { readonly clip?: Clip; readonly onLost?: () => void } = {},
  ) {
    this.#signalling = signalling;
    this.#clip = options.clip ?? recordedClip();
    this.#onLost = options.onLost ?? (() => {});
    this.#phase = randomInt(this.#clip.milliseconds);
  }

  /** Connects the sending transport; camera and microphone come after. */
  async openSend(transport: TransportParameters): Promise<void> {
    const link = await this.#open('send', transport, { onRtcp: (bytes) => this.#answer(bytes) });
    this.#sending = { transportId: transport.id, link };
    this.#stopTicking = onTick((now) => {
      for (const picture of this.#pictures) picture.tick(now);
      this.#sound?.tick(now);
    });
  }

  /** Connects the receiving transport; consumers come after. */
  async openReceive(transport: TransportParameters): Promise<void> {
    await this.#open('receive', transport, {
      onRtp: (bytes) => {
        const packet = readPacket(bytes);
        if (packet) this.#received.get(packet.ssrc)?.count(packet, performance.now());
      },
    });
  }

  /** Turns the camera on; answers the producer's id. */
  async startCamera(layerCount: LayerCount = 3): Promise<string> {
    const { transportId, link } = this.#sender();
    const layers = this.#clip.layers.slice(0, layerCount);
    const identities = layers.map(() => this.#identity(VIDEO_PAYLOAD_TYPE, VIDEO_CLOCK));
    const { id } = await this.#signalling.produce(transportId, {
      kind: 'video',
      rtpParameters: this.#videoParameters(identities),
    });
    const start = { at: performance.now(), phase: this.#phase, send: link.send };
    this.#pictures = layers.flatMap((layer, n) => {
      const identity = identities[n];
      return identity ? [new PictureStream(this.#clip, layer, identity, start)] : [];
    });
    return id;
  }

  /** Turns the camera off; its producer is the caller's to close. */
  stopCamera(): void {
    this.#pictures = [];
  }

  /** Turns the microphone on; answers the producer's id. */
  async startMicrophone(voice: Voice): Promise<string> {
    const { transportId, link } = this.#sender();
    const identity = this.#identity(AUDIO_PAYLOAD_TYPE, AUDIO_CLOCK);
    const { id } = await this.#signalling.produce(transportId, {
      kind: 'audio',
      rtpParameters: this.#audioParameters(identity),
    });
    const start = { at: performance.now(), phase: this.#phase, send: link.send };
    this.#sound = new SoundStream(this.#clip, voice, identity, start);
    return id;
  }

  /** Speaks or keeps silent through the microphone that is on. */
  setVoice(voice: Voice): void {
    this.#sound?.setVoice(voice, performance.now());
  }

  /** Turns the microphone off; its producer is the caller's to close. */
  stopMicrophone(): void {
    this.#sound = undefined;
  }

  /** Begins to count a consumer; to be called before the server resumes it. */
  receive(consumer: ConsumerParameters): ReceivedStream {
    const stream = new ReceivedStream(consumer);
    this.#received.set(stream.ssrc, stream);
    return stream;
  }

  /** No longer counts a consumer. */
  forget(stream: ReceivedStream): void {
    if (this.#received.get(stream.ssrc) === stream) this.#received.delete(stream.ssrc);
  }

  /** All consumers being counted. */
  get received(): readonly ReceivedStream[] {
    return [...this.#received.values()];
  }

  /** Key frames sent per layer, smallest layer first. */
  get sentKeyFrames(): readonly number[] {
    return this.#pictures.map((picture) => picture.keyFrames);
  }

  /** Requests for a key frame that came, per layer. */
  get askedKeyFrames(): readonly number[] {
    return this.#pictures.map((picture) => picture.keyFramesAsked);
  }

  /** Packets sent in all streams that are on. */
  get sentPackets(): number {
    const pictures = this.#pictures.reduce((sum, picture) => sum + picture.stream.packets, 0);
    return pictures + (this.#sound?.stream.packets ?? 0);
  }

  /** Ends everything; a second call does nothing. */
  close(): void {
    if (this.#closed) return;
    this.#closed = true;
    this.#stopTicking?.();
    this.#pictures = [];
    this.#sound = undefined;
    this.#received.clear();
    for (const link of this.#links) link.close();
  }

  async #open(
    direction: 'send' | 'receive',
    transport: TransportParameters,
    listener: { readonly onRtp?: (bytes: Buffer) => void; readonly onRtcp?: (bytes: Buffer) => void },
  ): Promise<Link> {
    const link = await Link.open(
      direction,
      transport,
      (parameters) => this.#signalling.connectTransport(transport.id, parameters),
      { ...listener, onLost: () => this.#onLost() },
    );
    if (this.#closed) {
      link.close();
      throw new Error('the robot has left');
    }
    this.#links.push(link);
    return link;
  }

  #sender(): { readonly transportId: string; readonly link: Link } {
    if (!this.#sending) throw new Error('openSend comes before camera and microphone');
    return this.#sending;
  }

  #answer(bytes: Buffer): void {
    const now = performance.now();
    for (const feedback of readFeedback(bytes)) {
      const picture = this.#pictures.find(({ stream }) => stream.identity.ssrc === feedback.ssrc);
      switch (feedback.type) {
        case 'keyFrame':
          picture?.requestKeyFrame(now);
          break;
        case 'resend':
          picture?.stream.resend(feedback.sequences);
          break;
        default:
          feedback satisfies never;
      }
    }
  }

  #identity(payloadType: number, clockRate: number): StreamIdentity {
    return { ssrc: randomInt(1, 2 ** 32), payloadType, clockRate, cname: this.#cname };
  }

  #videoParameters(layers: readonly StreamIdentity[]): RtpParameters {
    return {
      codecs: [
        {
          mimeType: 'video/VP8',
          payloadType: VIDEO_PAYLOAD_TYPE,
          clockRate: VIDEO_CLOCK,
          parameters: {},
          rtcpFeedback: [
            { type: 'nack' },
            { type: 'nack', parameter: 'pli' },
            { type: 'ccm', parameter: 'fir' },
          ],
        },
      ],
      headerExtensions: [],
      encodings: layers.map(({ ssrc }) => ({ ssrc, scalabilityMode: 'L1T1', dtx: false })),
      rtcp: { cname: this.#cname, reducedSize: true },
    };
  }

  #audioParameters({ ssrc }: StreamIdentity): RtpParameters {
    return {
      codecs: [
        {
          mimeType: 'audio/opus',
          payloadType: AUDIO_PAYLOAD_TYPE,
          clockRate: AUDIO_CLOCK,
          channels: 2,
          parameters: { useinbandfec: 1, usedtx: 1 },
          rtcpFeedback: [],
        },
      ],
      headerExtensions: [
        {
          uri: 'urn:ietf:params:rtp-hdrext:ssrc-audio-level',
          id: AUDIO_LEVEL_ID,
          encrypt: false,
          parameters: {},
        },
      ],
      encodings: [{ ssrc, dtx: true }],
      rtcp: { cname: this.#cname, reducedSize: true },
    };
  }
}
