import { z } from 'zod';
import type { MeetingId } from '../ids.ts';
import { meetingId } from './commands.ts';
import {
  type ConsumerOffer,
  type MediaAnswers,
  type MediaClosedReason,
  type MediaOffer,
  mediaRequests,
  opaque,
  type ProducerInfo,
  type TransportOffer,
} from './media.ts';

const id = z.string().min(1).max(64);

/** Requests about a wall's media: one receiving transport for the tiles of all meetings. */
export const wallMediaRequests = {
  /** Builds or rebuilds the wall's media: at the beginning, after a dead worker, on a new connection. */
  open: z.strictObject({}),
  connectTransport: mediaRequests.connectTransport,
  restartIce: mediaRequests.restartIce,
  /** Lets the line stand before anything is received: offers a sound of nobody that never carries a packet. */
  stand: z.strictObject({ rtpCapabilities: opaque }),
  /** Consumers start paused; what may not be received, or is gone, is left out of the answer. */
  consume: z.strictObject({
    tracks: z.array(z.strictObject({ meetingId, producerId: id })).max(64),
    rtpCapabilities: opaque,
  }),
  tune: mediaRequests.tune,
  closeConsumer: mediaRequests.closeConsumer,
} as const;

export type WallMediaRequestName = keyof typeof wallMediaRequests;
export type WallMediaRequestData<N extends WallMediaRequestName> = z.infer<(typeof wallMediaRequests)[N]>;
export const wallMediaRequestNames = Object.keys(wallMediaRequests) as WallMediaRequestName[];

/** What a tile may receive of one meeting at this moment. `producerId` is the meeting's; the wall's own ids stay inside. */
export interface WallTracks {
  readonly meetingId: MeetingId;
  /** Who speaks, else the main site, else the chair, else anybody; null while nobody sends a picture. */
  readonly picture: ProducerInfo | null;
  /** What is heard there now; empty for meetings that are not in focus with sound. */
  readonly sounds: readonly ProducerInfo[];
}

/** Everything needed to load the device and make the receiving transport. */
export interface WallMediaOffer extends Pick<MediaOffer, 'routerRtpCapabilities' | 'iceServers'> {
  readonly receive: TransportOffer;
  /** Of every meeting attended now. */
  readonly tracks: readonly WallTracks[];
}

export interface WallConsumerOffer extends ConsumerOffer {
  readonly meetingId: MeetingId;
}

export interface WallMediaAnswers {
  open: WallMediaOffer;
  connectTransport: Record<never, never>;
  restartIce: MediaAnswers['restartIce'];
  stand: { readonly consumer: ConsumerOffer };
  consume: { readonly consumers: readonly WallConsumerOffer[] };
  tune: Record<never, never>;
  closeConsumer: Record<never, never>;
}

/** What the server tells about a wall's media by itself. */
export type WallMediaNotice =
  /** The picture's source has changed, or what is heard. The old consumer goes on until the client closes it, or its track ends. */
  | { readonly type: 'tracks'; readonly tracks: WallTracks }
  /** Nothing of this meeting is received any more; its consumers are closed. */
  | { readonly type: 'meetingClosed'; readonly meetingId: MeetingId; readonly reason: WallClosedReason }
  /** All of the wall's media are gone: ask to `open` them again. */
  | { readonly type: 'wallClosed'; readonly reason: Extract<MediaClosedReason, 'workerDied'> };

/** `inPersonOnly`: a `tracks` notice follows by itself when the item has ended. */
export type WallClosedReason = 'left' | 'notEntitled' | 'inPersonOnly' | 'over';
