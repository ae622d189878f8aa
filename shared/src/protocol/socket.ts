import type { Viewer } from '../domain/audience.ts';
import type { LoggedEvent } from '../domain/events.ts';
import type { MeetingState } from '../domain/state.ts';
import type { CommandId, MeetingId, PersonId, SiteId } from '../ids.ts';
import type { RefusalCode, RefusalParams } from '../result.ts';
import type { ClientCommand } from './commands.ts';
import type {
  MediaAnswers,
  MediaNotice,
  MediaOffer,
  MediaRequestData,
  MediaRequestName,
  MediaResume,
} from './media.ts';
import type { Known, Proof, SiteCodeProof } from './requests.ts';
import type { WallAnswers, WallBatch, WallRequestData, WallRequestName } from './wall.ts';
import type {
  WallMediaAnswers,
  WallMediaNotice,
  WallMediaRequestData,
  WallMediaRequestName,
} from './wall-media.ts';

export type Language = 'vi' | 'en';

/** What the client says at the handshake (`socket.handshake.auth`). */
export interface Handshake {
  /** Access token (JWT) of a person or of a terminal. */
  readonly token: string;
  readonly protocol: number;
  readonly language: Language;
}

/** Every request gets exactly one answer; `message` is the sentence in the connection's language. */
export type Answer<T> =
  | { readonly ok: true; readonly value: T }
  | {
      readonly ok: false;
      readonly code: RefusalCode;
      readonly message: string;
      readonly params?: RefusalParams;
    };

/** The end of the log as the server has stored it durably. */
export interface Head {
  readonly seq: number;
  readonly hash: string;
}

/** Proof that a command was recorded: number and hash of its last event (VOTE11). */
export type Receipt = Head;

export type JoinedAs =
  | { readonly kind: 'member'; readonly person: PersonId; readonly name: string }
  | { readonly kind: 'superior'; readonly person: PersonId; readonly name: string; readonly office: string }
  | {
      readonly kind: 'terminal';
      readonly site: SiteId;
      readonly responsible: PersonId;
      readonly name: string;
    };

/** `replaced`: another device of the same owner took the place of the media that were to be resumed. */
export type MediaRefusal = RefusalCode | 'replaced';

/** What every answer to a join says. */
export interface Entrance {
  readonly as: JoinedAs;
  readonly viewer: Viewer;
  readonly head: Head;
  /** Counts the meeting's owners among several servers: an answer of an earlier one than was seen is out of date. */
  readonly epoch: number;
  /** The server's clock, milliseconds since 1970. */
  readonly now: number;
  /**
   * Null while the attendance does not allow media yet, or where there is none: `mediaRefusal` says why. The transports of
   * `resume` where these go on, else new ones.
   */
  readonly media: MediaOffer | null;
  readonly mediaRefusal: MediaRefusal | null;
}

/** The answer to who knows nothing of the meeting yet, or something else. */
export interface JoinAnswer extends Entrance {
  readonly snapshot: MeetingState;
}

/** The answer to who comes back: the events since those that they know. */
export interface ReturnAnswer extends Entrance {
  readonly events: readonly LoggedEvent[];
}

export type CatchUpAnswer =
  | { readonly kind: 'events'; readonly events: readonly LoggedEvent[] }
  | {
      readonly kind: 'snapshot';
      readonly snapshot: MeetingState;
      readonly head: Head;
      readonly viewer: Viewer;
    };

export interface SiteCodeAnswer {
  readonly code: string;
  /** When to ask for the next one, milliseconds since 1970 on the server's clock. */
  readonly expiresAt: number;
}

type Ack<T> = (answer: Answer<T>) => void;

/** `media` requests: the name decides data and answer. */
export type MediaRequest = {
  [N in MediaRequestName]: {
    readonly meetingId: MeetingId;
    readonly name: N;
    readonly data: MediaRequestData<N>;
  };
}[MediaRequestName];

/** `wallMedia` requests: the name decides data and answer. */
export type WallMediaRequest = {
  [N in WallMediaRequestName]: { readonly name: N; readonly data: WallMediaRequestData<N> };
}[WallMediaRequestName];

/** Requests of a superior's wall. */
type WallToServer = {
  [N in Exclude<WallRequestName, 'wallMedia'>]: (
    request: WallRequestData<N>,
    ack: Ack<WallAnswers[N]>,
  ) => void;
} & {
  wallMedia: (request: WallMediaRequest, ack: Ack<WallMediaAnswers[WallMediaRequestName]>) => void;
};

export interface ClientToServer extends WallToServer {
  /** Enters a meeting's room. `checkIn` does the remote or on-site check-in in the same round trip; superiors begin their attendance with it. */
  join: (
    request: {
      readonly meetingId: MeetingId;
      readonly checkIn?:
        | {
            readonly id: CommandId;
            readonly command: ClientCommand;
            /** Refused with `codeInvalid` when it is wrong or too old: then the person has not entered. */
            readonly proof?: SiteCodeProof | undefined;
          }
        | undefined;
      /** Companion devices at a site and voters without media ask for none. */
      readonly media: 'wanted' | 'unwanted';
      readonly resume?: MediaResume | undefined;
      /** What a device that comes back has seen; it gets a snapshot all the same where that is not how this log goes on. */
      readonly known?: Known | undefined;
    },
    ack: Ack<JoinAnswer | ReturnAnswer>,
  ) => void;
  leave: (request: { readonly meetingId: MeetingId }, ack: Ack<Record<never, never>>) => void;
  command: (
    request: {
      readonly meetingId: MeetingId;
      readonly id: CommandId;
      readonly command: ClientCommand;
      readonly proof?: Proof | undefined;
    },
    ack: Ack<Receipt>,
  ) => void;
  /** The code that the site shows now, asked for by its terminal (ATT4). */
  siteCode: (request: { readonly meetingId: MeetingId }, ack: Ack<SiteCodeAnswer>) => void;
  /** Asks for what came after `after`. */
  catchUp: (
    request: { readonly meetingId: MeetingId; readonly after: number },
    ack: Ack<CatchUpAnswer>,
  ) => void;
  media: (request: MediaRequest, ack: Ack<MediaAnswers[MediaRequestName]>) => void;
  clock: (request: Record<never, never>, ack: Ack<{ readonly now: number }>) => void;
}

export interface ServerToClient {
  events: (message: { readonly meetingId: MeetingId; readonly events: readonly LoggedEvent[] }) => void;
  /** What the viewer may read has changed (a new chair or clerk): the whole state anew. */
  snapshot: (message: {
    readonly meetingId: MeetingId;
    readonly snapshot: MeetingState;
    readonly head: Head;
    readonly viewer: Viewer;
  }) => void;
  media: (message: { readonly meetingId: MeetingId; readonly notice: MediaNotice }) => void;
  /** The meeting has left this server; `to` is where it lives now, as the refusal `livesElsewhere` says it; null: ask. */
  moved: (message: { readonly meetingId: MeetingId; readonly to: string | null }) => void;
  /** What a wall that is watched shows anew. */
  wall: (batch: WallBatch) => void;
  wallMedia: (message: { readonly notice: WallMediaNotice }) => void;
  /** The connection ends: signed out elsewhere, the server stops, the protocol is too old. */
  ended: (message: { readonly code: RefusalCode; readonly message: string }) => void;
}
