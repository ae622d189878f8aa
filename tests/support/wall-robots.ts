import type { MeetingId } from '@diemcau/shared/ids.ts';
import {
  type MediaAnswers,
  type MediaNotice,
  type MediaOffer,
  opaque,
  type ProducerInfo,
  type SendingOffer,
} from '@diemcau/shared/protocol/media.ts';
import type { Answer } from '@diemcau/shared/protocol/socket.ts';
import type {
  WallMediaAnswers,
  WallMediaNotice,
  WallMediaRequestData,
  WallMediaRequestName,
  WallTracks,
} from '@diemcau/shared/protocol/wall-media.ts';
import { io, type Socket } from 'socket.io-client';
import { consumerParameters, type ReceivedStream } from '../robots/received.ts';
import { type LayerCount, ROBOT_RTP_CAPABILITIES, RobotMedia } from '../robots/robot-media.ts';
import { transportParameters } from '../robots/sdp.ts';

export function granted<T>(answer: Answer<T>): T {
  if (!answer.ok) throw new Error(`refused: ${answer.code}`);
  return answer.value;
}

/** A line to a hall of tests/support/wall-hall.ts. */
export class HallLine {
  readonly socket: Socket;
  #peers = 0;

  constructor(url: string, person = 'superior') {
    this.socket = io(url, { transports: ['websocket'], forceNew: true, auth: { person } });
  }

  async ask<T>(name: string, data: unknown): Promise<T> {
    const answer: Answer<T> = await this.socket.timeout(20_000).emitWithAck(name, data);
    return granted(answer);
  }

  /** Sends a member in, with a camera in so many layers. */
  async member(meetingId: MeetingId, person: string, layers: LayerCount): Promise<RobotMedia> {
    const peerId = this.#peerId();
    const offer = await this.ask<MediaOffer>('openPeer', {
      meetingId,
      peerId,
      person,
      rights: 'sendAndReceive',
    });
    const media = this.#robot(peerId);
    await media.openSend(transportParameters.parse(offer.send));
    await media.openReceive(transportParameters.parse(offer.receive));
    await media.startCamera(layers);
    return Object.assign(media, { peerId });
  }

  /** Only the means to speak, as a superior at the wall has them. */
  async speaker(meetingId: MeetingId, person: string): Promise<RobotMedia> {
    const peerId = this.#peerId();
    const offer = await this.ask<SendingOffer>('openSender', { meetingId, peerId, person });
    const media = this.#robot(peerId);
    await media.openSend(transportParameters.parse(offer.send));
    return Object.assign(media, { peerId });
  }

  /** A member who receives, and knows of what is sent in the meeting. */
  async listener(meetingId: MeetingId, person: string): Promise<Listener> {
    const peerId = this.#peerId();
    const listener = new Listener(
      (name, data) => this.ask('peer', { peerId, name, data }),
      this.#robot(peerId),
    );
    this.socket.on('media', (told: { peerId: string; notice: MediaNotice }) => {
      if (told.peerId === peerId) listener.hear(told.notice);
    });
    const offer = await this.ask<MediaOffer>('openPeer', {
      meetingId,
      peerId,
      person,
      rights: 'receiveOnly',
    });
    await listener.open(offer);
    return listener;
  }

  close(): void {
    this.socket.disconnect();
  }

  #peerId(): string {
    this.#peers += 1;
    return `${this.socket.id}-${this.#peers}`;
  }

  #robot(peerId: string): RobotMedia {
    return new RobotMedia({
      connectTransport: async (transportId, dtlsParameters) => {
        const data = { transportId, dtlsParameters };
        await this.ask('peer', { peerId, name: 'connectTransport', data });
      },
      produce: async (transportId, { kind, rtpParameters }) => {
        const source = kind === 'video' ? 'camera' : 'microphone';
        const data = { transportId, kind, source, rtpParameters };
        const { producerId } = await this.ask<{ producerId: string }>('peer', {
          peerId,
          name: 'produce',
          data,
        });
        return { id: producerId };
      },
    });
  }
}

type AskPeer = <T>(name: string, data: unknown) => Promise<T>;

/** A member who only receives. */
export class Listener {
  readonly media: RobotMedia;
  readonly #ask: AskPeer;
  readonly #producers = new Map<string, ProducerInfo>();

  constructor(ask: AskPeer, media: RobotMedia) {
    this.#ask = ask;
    this.media = media;
  }

  get producers(): readonly ProducerInfo[] {
    return [...this.#producers.values()];
  }

  async open(offer: MediaOffer): Promise<void> {
    for (const info of offer.producers) this.#producers.set(info.producerId, info);
    await this.media.openReceive(transportParameters.parse(offer.receive));
  }

  hear(notice: MediaNotice): void {
    if (notice.type === 'producerAdded' || notice.type === 'producerChanged')
      this.#producers.set(notice.producer.producerId, notice.producer);
    if (notice.type === 'producerRemoved') this.#producers.delete(notice.producerId);
  }

  /** Receives these producers; what may not be received, or is another meeting's, is left out. */
  async receive(producerIds: readonly string[]): Promise<readonly ReceivedStream[]> {
    const data = { producerIds, rtpCapabilities: ROBOT_RTP_CAPABILITIES };
    const { consumers } = await this.#ask<MediaAnswers['consume']>('consume', data);
    const streams = consumers.map((consumer) =>
      this.media.receive(consumerParameters.parse({ ...consumer, id: consumer.consumerId })),
    );
    const running = consumers.map(({ consumerId }) => ({ consumerId, state: 'running' }));
    await this.#ask('tune', { consumers: running });
    return streams;
  }
}

/** A superior's wall without a browser: receives, counts, and decodes nothing. */
export class WallRobot {
  readonly line: HallLine;
  readonly notices: WallMediaNotice[] = [];
  #media: RobotMedia | null = null;
  #transport: { readonly id: string } | null = null;

  constructor(url: string, person: string) {
    this.line = new HallLine(url, person);
    this.line.socket.on('wallMedia', ({ notice }: { notice: WallMediaNotice }) => this.notices.push(notice));
  }

  get media(): RobotMedia {
    if (this.#media === null) throw new Error('not open');
    return this.#media;
  }

  get transportId(): string {
    return this.#transport?.id ?? '';
  }

  async attend(meetings: readonly MeetingId[]): Promise<void> {
    await this.line.ask('attend', { meetings });
  }

  async leave(meetings: readonly MeetingId[]): Promise<void> {
    await this.line.ask('leave', { meetings });
  }

  request<N extends WallMediaRequestName>(
    name: N,
    data: WallMediaRequestData<N>,
  ): Promise<Answer<WallMediaAnswers[N]>> {
    return this.line.socket.timeout(20_000).emitWithAck('wallMedia', { name, data });
  }

  async open(): Promise<readonly WallTracks[]> {
    const offer = granted(await this.request('open', {}));
    const media = new RobotMedia({
      connectTransport: async (transportId, dtlsParameters) => {
        granted(
          await this.request('connectTransport', {
            transportId,
            dtlsParameters: opaque.parse(dtlsParameters),
          }),
        );
      },
      produce: async () => {
        throw new Error('a wall sends nothing');
      },
    });
    this.#media = media;
    this.#transport = offer.receive;
    await media.openReceive(transportParameters.parse(offer.receive));
    return offer.tracks;
  }

  /** Asks for tracks; those that may not be received are left out. They run in the smallest layer. */
  async consume(tracks: WallMediaRequestData<'consume'>['tracks']): Promise<readonly ReceivedStream[]> {
    const { consumers } = granted(
      await this.request('consume', { tracks, rtpCapabilities: opaque.parse(ROBOT_RTP_CAPABILITIES) }),
    );
    const streams = consumers.map((consumer) =>
      this.media.receive(consumerParameters.parse({ ...consumer, id: consumer.consumerId })),
    );
    const running = consumers.map(({ consumerId }) => ({
      consumerId,
      state: 'running' as const,
      spatialLayer: 0,
    }));
    granted(await this.request('tune', { consumers: running }));
    return streams;
  }

  /** Consumes every picture that it may. */
  async watch(): Promise<readonly ReceivedStream[]> {
    return this.consume(picturesOf(await this.open()));
  }

  close(): void {
    this.#media?.close();
    this.line.close();
  }
}

export function picturesOf(tracks: readonly WallTracks[]) {
  return tracks.flatMap(({ meetingId, picture }) =>
    picture === null ? [] : [{ meetingId, producerId: picture.producerId }],
  );
}
