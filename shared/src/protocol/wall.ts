import { z } from 'zod';
import type { Alarm } from '../domain/alarms-types.ts';
import type { MeetingSummary } from '../domain/summary-types.ts';
import type { CellId, MeetingId, OrganizationId } from '../ids.ts';
import type { RefusalCode, RefusalParams } from '../result.ts';
import { commandId, meetingId, text } from './commands.ts';
import { wallMediaRequestNames } from './wall-media.ts';

/** Tiles of which one wall follows the figures at once. */
export const tilesLimit = 64;
/** Meetings that one superior attends at once. */
export const attendedLimit = 16;

const meetings = z.array(meetingId).min(1).max(attendedLimit);

/** Socket requests of a superior's wall. Every one looks the right up anew, for each meeting that it names. */
export const wallRequests = {
  /** Begins to watch: the list of live and coming meetings below, sums and alarms. Attends nothing. */
  /** `attending`: of one server of several, only to attend meetings there; the screen is fed by another. */
  watchWall: z.strictObject({ part: z.enum(['whole', 'attending']).optional() }),
  unwatchWall: z.strictObject({}),
  /** Says which tiles are on the screen: their figures are sent from now on, and their cells see that they are followed (SUP7). */
  showTiles: z.strictObject({ meetings: z.array(meetingId).max(tilesLimit) }),
  /** Begins open attendances (SUP1), each an event of its meeting. */
  attendMeetings: z.strictObject({ id: commandId, meetings }),
  /** Ends attendances. */
  leaveMeetings: z.strictObject({ id: commandId, meetings }),
  /** Which attended meeting is in focus with sound; null for none (SUP8). */
  focusMeeting: z.strictObject({ meeting: meetingId.nullable() }),
  /** This superior has seen the alarm; for nobody else it changes anything. */
  acknowledgeAlarm: z.strictObject({
    meetingId,
    key: z.string().min(1).max(160),
    since: z.number().int().min(0),
  }),
  /** A word to the chairs, shown there as from whom to whom. */
  messageChairs: z.strictObject({ id: commandId, meetings, text: text(1000) }),
  /** `data` is parsed by its name ({@link wallMediaRequests}). */
  wallMedia: z.strictObject({ name: z.enum(wallMediaRequestNames), data: z.unknown() }),
} as const;

export type WallRequestName = keyof typeof wallRequests;
export type WallRequestData<N extends WallRequestName> = z.input<(typeof wallRequests)[N]>;

/** A meeting of the subtree as the list shows it before its tile is on the screen. */
export interface WallEntry {
  readonly meetingId: MeetingId;
  readonly cellId: CellId;
  readonly cellName: string;
  readonly organizationId: OrganizationId;
  readonly organizationName: string;
  readonly phase: MeetingSummary['phase'];
  readonly startsAt: number;
  /** Whether this superior attends it now. */
  readonly attended: boolean;
}

/** Sums over all live meetings of the subtree. */
export interface WallSums {
  /** Open or suspended. */
  readonly live: number;
  /** Summoned for today, not yet opened. */
  readonly coming: number;
  readonly present: number;
  readonly summoned: number;
  readonly votesOpen: number;
  /** Meetings with at least one alarm that this superior has not acknowledged. */
  readonly alarmed: number;
}

/** An alarm as one superior sees it. */
export interface WallAlarm extends Alarm {
  readonly acknowledged: boolean;
}

/** All alarms of one meeting; an empty list when it has become calm. */
export interface WallAlarms {
  readonly meetingId: MeetingId;
  readonly alarms: readonly WallAlarm[];
}

/** What has changed since the last batch; at most one each 250 ms. Parts that are absent have not changed. */
export interface WallBatch {
  /** The server's clock, milliseconds since 1970. */
  readonly at: number;
  readonly sums?: WallSums;
  /** Of tiles on the screen, each whole. */
  readonly summaries?: readonly MeetingSummary[];
  readonly alarms?: readonly WallAlarms[];
  /** New or changed entries of the list. */
  readonly entries?: readonly WallEntry[];
  /** Meetings that are over, or that the superior may follow no more. */
  readonly gone?: readonly MeetingId[];
}

/** What happened to one of several meetings that a request named. */
export type WallOutcome =
  | { readonly meetingId: MeetingId; readonly ok: true }
  | {
      readonly meetingId: MeetingId;
      readonly ok: false;
      readonly code: RefusalCode;
      readonly message: string;
      readonly params?: RefusalParams;
    };

/** Answers of the wall's requests, but `wallMedia`, whose answer follows from its name. */
export interface WallAnswers {
  watchWall: {
    readonly now: number;
    readonly entries: readonly WallEntry[];
    readonly sums: WallSums;
    readonly alarms: readonly WallAlarms[];
  };
  unwatchWall: Record<never, never>;
  showTiles: { readonly summaries: readonly MeetingSummary[] };
  attendMeetings: { readonly outcomes: readonly WallOutcome[] };
  leaveMeetings: { readonly outcomes: readonly WallOutcome[] };
  focusMeeting: Record<never, never>;
  acknowledgeAlarm: Record<never, never>;
  messageChairs: { readonly outcomes: readonly WallOutcome[] };
}
