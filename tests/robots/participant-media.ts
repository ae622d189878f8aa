import { type ConsumerOffer, type MediaOffer, opaque } from '@diemcau/shared/protocol/media.ts';
import type { Answer } from '@diemcau/shared/protocol/socket.ts';
import type { MeetingClient } from '../../client/src/net/meeting-client.ts';
import { consumerParameters, type ReceivedStream } from './received.ts';
import { type LayerCount, type MediaSignalling, ROBOT_RTP_CAPABILITIES, RobotMedia } from './robot-media.ts';
import { transportParameters } from './sdp.ts';
import type { Voice } from './sound.ts';

/** Milliseconds before lost media is asked for again. */
const ASK_AGAIN = 500;

/** A request of the media layer that was refused; the sentence is the server's. */
export class MediaRefused extends Error {}

function granted<T>(answer: Answer<T>): T {
  if (!answer.ok) throw new MediaRefused(answer.message);
  return answer.value;
}

/** The robot's media requests, asked through the meeting's own protocol. */
function signallingOf(client: MeetingClient): MediaSignalling {
  return {
    async connectTransport(transportId, dtlsParameters) {
      granted(
        await client.media('connectTransport', { transportId, dtlsParameters: opaque.parse(dtlsParameters) }),
      );
    },
    async produce(transportId, { kind, rtpParameters }) {
      const answer = await client.media('produce', {
        transportId,
        kind,
        source: kind === 'video' ? 'camera' : 'microphone',
        rtpParameters: opaque.parse(rtpParameters),
      });
      return { id: granted(answer).producerId };
    },
  };
}

export interface ParticipantMediaOptions {
  /** How much of the camera to send; `off` sends none. */
  readonly camera: LayerCount | 'off';
  /** Says in words what went wrong; media is tried again at the next occasion. */
  readonly onTrouble: (sentence: string) => void;
}

/**
 * Picture and sound of one robot in a meeting: built from each offer that a join brings, and built anew after a lost line or a
 * dead worker, as a browser's are.
 */
export class ParticipantMedia {
  readonly #client: MeetingClient;
  readonly #options: ParticipantMediaOptions;
  readonly #subscriptions: (() => void)[];
  #offer: MediaOffer | null = null;
  #robot: RobotMedia | undefined;
  #building: Promise<void> = Promise.resolve();
  #voice: Voice = 'silent';
  #microphone: 'off' | 'on' = 'off';
  #camera: 'off' | 'on' = 'off';
  #again: NodeJS.Timeout | undefined;
  #closed = false;

  constructor(client: MeetingClient, options: ParticipantMediaOptions) {
    this.#client = client;
    this.#options = options;
    this.#subscriptions = [
      client.membership.subscribe(() => this.#follow()),
      client.onMediaNotice((notice) => {
        if (notice.type === 'mediaAllowed') this.#askLater();
        if (notice.type !== 'mediaClosed') return;
        this.#drop();
        if (notice.reason === 'workerDied') this.#askLater();
      }),
    ];
    this.#follow();
  }

  /** Whether the camera is being sent. */
  get camera(): 'off' | 'on' {
    return this.#camera;
  }

  /** Resolves when what has been begun stands or has failed. */
  get settled(): Promise<void> {
    return this.#building;
  }

  /** Packets sent since the last (re)building. */
  get sentPackets(): number {
    return this.#robot?.sentPackets ?? 0;
  }

  /** Speaks, or keeps silent; the microphone is turned on with the first word. */
  setVoice(voice: Voice): void {
    this.#voice = voice;
    this.#then(async (robot) => this.#applyVoice(robot));
  }

  /** Receives these producers and counts them; those that are gone are left out. Cameras come in the given layer. */
  async watch(producerIds: readonly string[], spatialLayer = 0): Promise<readonly ReceivedStream[]> {
    await this.#building;
    const robot = this.#robot;
    if (!robot) return [];
    const { consumers } = granted(
      await this.#client.media('consume', {
        producerIds: [...producerIds],
        rtpCapabilities: opaque.parse(ROBOT_RTP_CAPABILITIES),
      }),
    );
    const streams = consumers.map((consumer: ConsumerOffer) =>
      robot.receive(consumerParameters.parse({ ...consumer, id: consumer.consumerId })),
    );
    granted(
      await this.#client.media('tune', {
        consumers: consumers.map(({ consumerId, kind }) => ({
          consumerId,
          state: 'running' as const,
          ...(kind === 'video' ? { spatialLayer } : {}),
        })),
      }),
    );
    return streams;
  }

  /** Ends all of it; a second call does nothing. */
  close(): void {
    this.#closed = true;
    for (const unsubscribe of this.#subscriptions.splice(0)) unsubscribe();
    this.#drop();
  }

  #follow(): void {
    const membership = this.#client.membership.get();
    if (membership.kind === 'joined') this.#take(membership.joined.media);
    if (membership.kind === 'outside' || membership.kind === 'refused') this.#drop();
  }

  #take(offer: MediaOffer | null): void {
    if (offer === null || offer === this.#offer || this.#closed) return;
    this.#drop();
    this.#offer = offer;
    const robot: RobotMedia = new RobotMedia(signallingOf(this.#client), { onLost: () => this.#lost(robot) });
    this.#robot = robot;
    this.#then((current) => this.#build(current, offer));
  }

  async #build(robot: RobotMedia, offer: MediaOffer): Promise<void> {
    await Promise.all([
      ...(offer.send ? [robot.openSend(transportParameters.parse(offer.send))] : []),
      robot.openReceive(transportParameters.parse(offer.receive)),
    ]);
    if (offer.send && this.#options.camera !== 'off') {
      await robot.startCamera(this.#options.camera);
      this.#camera = 'on';
    }
    if (offer.send) await this.#applyVoice(robot);
  }

  async #applyVoice(robot: RobotMedia): Promise<void> {
    if (this.#microphone === 'off' && this.#voice === 'speaking' && this.#offer?.send) {
      this.#microphone = 'on';
      await robot.startMicrophone(this.#voice);
    }
    robot.setVoice(this.#voice);
  }

  /** One step after the other; a step for a robot that has been dropped meanwhile is not taken. */
  #then(step: (robot: RobotMedia) => Promise<void>): void {
    const robot = this.#robot;
    if (!robot) return;
    this.#building = this.#building.then(async () => {
      if (this.#robot !== robot) return;
      try {
        await step(robot);
      } catch (error) {
        if (this.#robot !== robot) return;
        this.#options.onTrouble(error instanceof Error ? error.message : String(error));
        this.#lost(robot);
      }
    });
  }

  #lost(robot: RobotMedia): void {
    if (this.#robot !== robot) return;
    this.#drop();
    this.#askLater();
  }

  /** Asks for media anew until there is some or a join brings it; refusals on the way are the worker's who is not back yet. */
  #askLater(): void {
    clearTimeout(this.#again);
    this.#again = setTimeout(async () => {
      if (this.#closed || this.#offer !== null || this.#client.membership.get().kind !== 'joined') return;
      const answer = await this.#client.media('open', {});
      if (this.#offer !== null) return;
      if (answer.ok) this.#take(answer.value);
      else if (answer.code === 'mediaUnavailable' || answer.code === 'tryAgain') this.#askLater();
      else this.#options.onTrouble(answer.message);
    }, ASK_AGAIN);
  }

  #drop(): void {
    clearTimeout(this.#again);
    this.#robot?.close();
    this.#robot = undefined;
    this.#offer = null;
    this.#microphone = 'off';
    this.#camera = 'off';
  }
}
