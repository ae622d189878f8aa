import type { AgendaItemId, CellId, MeetingId, PersonId, SiteId, VoteId } from '../ids.ts';
import type { AgendaItemKind } from './agenda-item.ts';
import type { Alarm } from './alarms-types.ts';
import type { MeetingKind } from './roster.ts';
import type { MeetingPhase } from './state.ts';

/** Raised when a summary is built otherwise; who reads an older one asks again. */
export const summaryVersion = 1;

/** A superior as the cell sees them. */
export interface OpenSuperior {
  readonly person: PersonId;
  readonly name: string;
  readonly office: string;
}

/** What a superior's wall shows of one meeting: figures, never choices or reasons (SUP6). A fold over the meeting's log. */
export interface MeetingSummary {
  readonly version: typeof summaryVersion;
  /** Number of the last event that it holds. */
  readonly seq: number;
  readonly meetingId: MeetingId;
  readonly cellId: CellId;
  readonly cellName: string;
  readonly title: string;
  readonly kind: MeetingKind;
  readonly phase: MeetingPhase;
  readonly startsAt: number;
  readonly openedAt: number | null;
  readonly rollCall: 'pending' | 'done';
  readonly chair: { readonly person: PersonId; readonly name: string } | null;
  readonly attendance: {
    readonly present: number;
    readonly summoned: number;
    /** Whole per cent, rounded down; null while nobody is summoned. */
    readonly rate: number | null;
    /** Per cent. */
    readonly threshold: number;
    readonly rateReached: boolean;
    readonly onSite: number;
    readonly remote: number;
    readonly reconnecting: number;
    readonly away: number;
    readonly officialPresent: number;
    readonly official: number;
    readonly quorumReached: boolean;
    /** The committee's warning level, as a part of the official members (ATT8). */
    readonly quorum: { readonly numerator: number; readonly denominator: number };
  };
  readonly sites: readonly {
    readonly id: SiteId;
    readonly name: string;
    readonly isMain: boolean;
    /** `closed`: no terminal has opened it yet. */
    readonly line: 'up' | 'dark' | 'closed';
    readonly present: number;
  }[];
  readonly item: {
    readonly id: AgendaItemId;
    readonly title: string;
    readonly kind: AgendaItemKind;
    /** Its place in the programme, from 1, of how many. */
    readonly place: number;
    readonly of: number;
    /** Planned length. */
    readonly minutes: number;
    /** Since when its time has been running; null while it stands still. */
    readonly startedAt: number | null;
    /** Time spent on it before `startedAt`, milliseconds. */
    readonly spent: number;
    readonly inPersonOnly: boolean;
  } | null;
  /** How far items that are done ran over their plan together, milliseconds; negative when ahead. */
  readonly overBefore: number;
  readonly speaker: {
    readonly person: PersonId;
    readonly name: string;
    readonly startedAt: number;
    /** Null for a speech without a limit. */
    readonly endsAt: number | null;
  } | null;
  readonly queue: number;
  /** The vote that is open, or closed and not announced. */
  readonly vote: {
    readonly id: VoteId;
    readonly question: string;
    readonly phase: 'open' | 'closed';
    readonly openedAt: number;
    readonly voted: number;
    readonly electors: number;
    /** Counted sites without a confirmed count, by name. */
    readonly missing: readonly string[];
  } | null;
  /** Attending openly now. */
  readonly superiors: readonly OpenSuperior[];
  /** Following the figures now (SUP7). */
  readonly followers: readonly OpenSuperior[];
  readonly alarms: readonly Alarm[];
}
