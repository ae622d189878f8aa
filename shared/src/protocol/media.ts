import { z } from 'zod';
import type { PersonId, SiteId } from '../ids.ts';

/** What a producer carries. Sound and screen are held back outside the floor (SPK3), the camera never. */
export const mediaSources = ['camera', 'microphone', 'screen', 'screenAudio'] as const;
export type MediaSource = (typeof mediaSources)[number];

/** mediasoup's own structures: they pass through, and mediasoup itself checks them. */
export const opaque = z.record(z.string(), z.unknown());
export type Opaque = z.infer<typeof opaque>;

const id = z.string().min(1).max(64);
const share = z.number().min(0).max(1);

/** Requests about media: name → data. {@link MediaAnswers} gives the answers' types. */
export const mediaRequests = {
  /** Builds or rebuilds the peer's media: after a check-in, a dead worker, a new connection. */
  open: z.strictObject({}),
  /** Builds or rebuilds the means to send alone: for who receives another way, as a superior at the wall does. */
  openSending: z.strictObject({}),
  connectTransport: z.strictObject({ transportId: id, dtlsParameters: opaque }),
  restartIce: z.strictObject({ transportId: id }),
  produce: z.strictObject({
    transportId: id,
    kind: z.enum(['audio', 'video']),
    source: z.enum(mediaSources),
    rtpParameters: opaque,
  }),
  pauseProducer: z.strictObject({ producerId: id }),
  resumeProducer: z.strictObject({ producerId: id }),
  closeProducer: z.strictObject({ producerId: id }),
  /** Consumers start paused; producers that are gone are left out of the answer. */
  consume: z.strictObject({ producerIds: z.array(id).max(64), rtpCapabilities: opaque }),
  /** Runs or pauses consumers and asks for the layer that the tile's pixels need. */
  tune: z.strictObject({
    consumers: z
      .array(
        z.strictObject({
          consumerId: id,
          state: z.enum(['running', 'paused']),
          spatialLayer: z.number().int().min(0).max(2).optional(),
          priority: z.number().int().min(1).max(255).optional(),
        }),
      )
      .max(64),
  }),
  closeConsumer: z.strictObject({ consumerId: id }),
  /** How the line has been since the last report, at most every ten seconds; null where it isn't known. */
  quality: z.strictObject({
    /** Milliseconds. */
    roundTrip: z.number().int().min(0).max(600_000).nullable(),
    /** Share of the packets sent to this device that were lost. */
    lossIn: share.nullable(),
    /** Share of the packets that this device sent. */
    lossOut: share.nullable(),
    /** The largest layer received now. */
    spatialLayer: z.number().int().min(0).max(2).nullable(),
    /** Pictures that stood still. */
    freezes: z.number().int().min(0),
    /** Share of the sound that was made up for what was missing. */
    concealed: share.nullable(),
  }),
} as const;

/** With a join after a lost line: the device still has its side of these media, and wants them to go on. */
export const mediaResume = z.strictObject({
  /** Of the transport that receives, as it was offered. */
  transportId: id,
  /** What the device still sends; everything else of its own ends. */
  producers: z.array(id).max(mediaSources.length),
});
export type MediaResume = z.infer<typeof mediaResume>;

export type MediaRequestName = keyof typeof mediaRequests;
export type MediaRequestData<N extends MediaRequestName> = z.infer<(typeof mediaRequests)[N]>;
export const mediaRequestNames = Object.keys(mediaRequests) as MediaRequestName[];

/** How somebody's line is, by the thresholds of `line-level.ts`. */
export type LineLevel = 'good' | 'fair' | 'poor';

/** Whose picture or sound it is: a person's, or a hall's. */
export type MediaOwner =
  | { readonly kind: 'person'; readonly person: PersonId }
  | { readonly kind: 'site'; readonly site: SiteId };

export interface ProducerInfo {
  readonly producerId: string;
  readonly owner: MediaOwner;
  readonly source: MediaSource;
  /** Paused by the server because its owner has not the floor. */
  readonly held: boolean;
  /** Paused by its owner. */
  readonly muted: boolean;
}

export interface TransportOffer {
  readonly id: string;
  readonly iceParameters: Opaque;
  readonly iceCandidates: readonly Opaque[];
  readonly dtlsParameters: Opaque;
}

/** Everything that a client needs to load its device and make both transports. */
export interface MediaOffer {
  readonly routerRtpCapabilities: Opaque;
  /** Null for who may only receive. */
  readonly send: TransportOffer | null;
  readonly receive: TransportOffer;
  readonly producers: readonly ProducerInfo[];
  /** Relays for who reaches the server by no other way, as browsers take them; the credentials end with the day. */
  readonly iceServers?: readonly IceServer[];
}

export interface IceServer {
  readonly urls: readonly string[];
  readonly username: string;
  readonly credential: string;
}

/** Everything needed to load the device and send. */
export interface SendingOffer extends Pick<MediaOffer, 'routerRtpCapabilities' | 'iceServers'> {
  readonly send: TransportOffer;
}

export interface ConsumerOffer {
  readonly consumerId: string;
  readonly producerId: string;
  readonly kind: 'audio' | 'video';
  readonly rtpParameters: Opaque;
}

export interface MediaAnswers {
  open: MediaOffer;
  openSending: SendingOffer;
  connectTransport: Record<never, never>;
  /** The relays come with credentials of their own again: those of the opening end after hours. */
  restartIce: { readonly iceParameters: Opaque } & Pick<MediaOffer, 'iceServers'>;
  produce: { readonly producerId: string; readonly held: boolean };
  pauseProducer: Record<never, never>;
  resumeProducer: Record<never, never>;
  closeProducer: Record<never, never>;
  consume: { readonly consumers: readonly ConsumerOffer[] };
  tune: Record<never, never>;
  closeConsumer: Record<never, never>;
  quality: Record<never, never>;
}

/** What the server tells about media by itself. */
export type MediaNotice =
  | { readonly type: 'producerAdded'; readonly producer: ProducerInfo }
  | { readonly type: 'producerChanged'; readonly producer: ProducerInfo }
  | { readonly type: 'producerRemoved'; readonly producerId: string }
  | { readonly type: 'activeSpeaker'; readonly owner: MediaOwner | null }
  /**
   * The peer's media is gone. `workerDied`: ask to `open` it again; `siteWins`: the person sits at a site now (ATT13);
   * `inPersonOnly`: closed until `mediaAllowed` says that the item has ended (AGD5).
   */
  | { readonly type: 'mediaClosed'; readonly reason: MediaClosedReason }
  /** What was closed or refused for an item in person only may be asked for again. */
  | { readonly type: 'mediaAllowed' }
  /** How somebody's line is; to officers alone. */
  | { readonly type: 'lineQuality'; readonly owner: MediaOwner; readonly level: LineLevel };

export type MediaClosedReason = 'workerDied' | 'siteWins' | 'notEntitled' | 'replaced' | 'inPersonOnly';
