import type { Floor } from '@diemcau/shared/domain/floor.ts';
import type { MeetingId, PersonId } from '@diemcau/shared/ids.ts';
import type { LineTrial } from '@diemcau/shared/protocol/line-trial.ts';
import type {
  MediaAnswers,
  MediaNotice,
  MediaOffer,
  MediaOwner,
  MediaRequestData,
  MediaRequestName,
  SendingOffer,
  TransportOffer,
} from '@diemcau/shared/protocol/media.ts';
import type { Result } from '@diemcau/shared/result.ts';
import type { WorkerFigures } from './figures.ts';
import type { WallEngine } from './wall-port.ts';

/** One connection's media in one meeting. */
export interface PeerOpening {
  readonly meetingId: MeetingId;
  /** Unique per connection and meeting; opening an open peer again rebuilds its media. */
  readonly peerId: string;
  readonly owner: MediaOwner;
  readonly rights: 'sendAndReceive' | 'receiveOnly' | 'sendOnly';
  /** Called until the peer is closed; must not throw. */
  readonly notify: (notice: MediaNotice) => void;
}

/** `left` is silent; the others are told to the peer as `mediaClosed`. */
export type PeerCloseReason = 'left' | 'siteWins' | 'notEntitled' | 'inPersonOnly';

/** What a peer was given: a transport each way, as far as its rights go. */
export interface PeerOffer
  extends Pick<MediaOffer, 'routerRtpCapabilities' | 'send' | 'producers' | 'iceServers'> {
  readonly receive: TransportOffer | null;
}

/**
 * `open` and `openSending` are no requests to a peer: the room answers them with {@link MediaEngine.openPeer} and
 * {@link MediaEngine.openSender}, for only the room knows who is entitled. Nor is `quality`, which is about the person's line and
 * goes to the officers.
 */
export type PeerRequestName = Exclude<MediaRequestName, 'open' | 'openSending' | 'quality'>;

/** What the SFU carries now. */
export interface SfuFigures {
  readonly peers: number;
  /** Workers that have died since the start. */
  readonly deaths: number;
  readonly workers: readonly WorkerFigures[];
}

/** A parsed request of a peer: the name decides the data. */
export type PeerRequest<N extends PeerRequestName = PeerRequestName> = {
  [K in N]: { readonly name: K; readonly data: MediaRequestData<K> };
}[N];

/**
 * The optional layer under a meeting. It decides nothing about a meeting: the room opens a peer once the attendance that
 * allows it is durable, closes it before the event that ends it is told, and states the floor after each change.
 * Every failure is a {@link Result}; nothing here throws or rejects.
 */
export interface MediaEngine {
  /** Whether any worker runs now; without one `openPeer` refuses with `mediaUnavailable`. */
  readonly available: boolean;

  /** The workers of the moment: process ids, and how many routers and peers each carries. */
  readonly workers: readonly { readonly pid: number; readonly load: number }[];

  /** Superiors' walls over these meetings. */
  readonly walls: WallEngine;

  /**
   * Makes (or makes anew) the transports of a peer, and the meeting's router with its first peer. Needed again after
   * `mediaClosed` with `workerDied` or `replaced`. A second device of one owner that starts to send takes the first one's place.
   * Refuses with `mediaUnavailable` or `mediaRequestFailed`.
   */
  openPeer(
    opening: PeerOpening & { readonly rights: 'sendAndReceive' | 'receiveOnly' },
  ): Promise<Result<MediaOffer>>;

  /** The same for a peer that sends and receives nothing; the floor holds it back like any other (SPK3). */
  openSender(opening: PeerOpening & { readonly rights: 'sendOnly' }): Promise<Result<SendingOffer>>;

  /**
   * What a device needs to go on with an open peer's media after its line was lost: the same transports, and what the
   * others send by now. Of its own tracks those that are not in `producers` end; how the others stand is told to it, with
   * who speaks. Refuses with `mediaNotAllowed` where there is no such peer.
   */
  resumePeer(peerId: string, producers: readonly string[]): Result<MediaOffer>;

  /** Answers a peer's request. Refuses with `mediaNotAllowed` (no such peer, or it may not) or `mediaRequestFailed`. */
  request<N extends PeerRequestName>(
    peerId: string,
    request: PeerRequest<N>,
  ): Promise<Result<MediaAnswers[N]>>;

  /** Ends a peer's media and forgets it. Unknown peers are no error. */
  closePeer(peerId: string, reason: PeerCloseReason): void;

  /** Holds back or lets through sound and screen. Until it is first called for a meeting nobody has its floor. */
  setFloor(meetingId: MeetingId, floor: Floor): void;

  /** Closes every peer of a meeting (`notEntitled`) and forgets its floor. */
  closeMeeting(meetingId: MeetingId): void;

  /** What it carries now; for operators. */
  figures(): Promise<SfuFigures>;

  /**
   * Ends for a person's device to try whether media get through to it; they close by themselves after some seconds, or
   * with the person's next trial. Refuses with `mediaUnavailable`, `mediaRequestFailed` or `tooManyRequests`.
   */
  tryLine(person: PersonId): Promise<Result<LineTrial>>;

  /** Ends all media and all workers. */
  close(): Promise<void>;
}
