import type {
  AgendaItemId,
  GuestId,
  MeetingId,
  OnSiteSuperiorId,
  PersonId,
  SiteId,
  SpeakRequestId,
  VoteId,
} from '../ids.ts';
import type { AgendaItemState, AgendaPlan } from './agenda-item.ts';
import type {
  AnnouncedAbsence,
  Attendance,
  ChairMessage,
  EndedSuperiorAttendance,
  Follower,
  Guest,
  OnSiteSuperior,
  SuperiorAttendance,
} from './attendance-types.ts';
import type { CountingMethod, MeetingFacts, Officers, RollEntry } from './roster.ts';
import type { SpeakRequest, Speech } from './speaking-types.ts';
import type {
  BallotRecord,
  Choice,
  CountingUnit,
  CountMeans,
  Counts,
  VoteOpening,
  VoteResult,
} from './vote-types.ts';

export type MeetingPhase =
  | 'none'
  | 'created'
  | 'summoned'
  | 'open'
  | 'suspended'
  | 'interrupted'
  | 'closed'
  | 'sealed'
  | 'cancelled';

export interface SiteState {
  readonly id: SiteId;
  readonly name: string;
  readonly isMain: boolean;
  readonly method: CountingMethod;
  readonly responsible: PersonId | null;
  readonly teller: PersonId | null;
  /** The device that speaks for the site; null until it opens. `dark` never changes anyone's presence (SITE1). */
  readonly terminal: {
    readonly id: string;
    readonly responsible: PersonId;
    readonly line: 'up' | 'dark';
    readonly lineSince: number;
  } | null;
  readonly rollCall: 'pending' | 'confirmed';
}

export interface AgendaItem extends AgendaPlan {
  readonly state: AgendaItemState;
  /** Since when its time has been running, milliseconds since 1970; null while it stands still. */
  readonly startedAt: number | null;
  /** Time spent on it before `startedAt`, milliseconds. */
  readonly spent: number;
}

export interface SiteCount {
  readonly enteredBy: PersonId;
  readonly sum: 'addsUp' | 'mismatch';
  readonly confirmedBy: PersonId | null;
  readonly means: CountMeans;
  readonly readBy: PersonId | null;
}

/** The numbers of a site's count: known to chair, clerk, the site, who entered it and who may confirm it. */
export interface CountFigures {
  readonly counts: Counts;
  readonly enteredBy: PersonId;
  readonly confirmers: readonly PersonId[];
}

export interface VoteState {
  readonly opening: VoteOpening;
  readonly openedAt: number;
  readonly phase: 'open' | 'closed' | 'announced' | 'annulled';
  /** Units as they are now: the clerk may have moved electors (VOTE5). */
  readonly units: readonly CountingUnit[];
  readonly marked: { readonly [person: PersonId]: 'device' | 'terminal' };
  readonly counts: { readonly [site: SiteId]: SiteCount };
  readonly closedAt: number | null;
  readonly notVoted: readonly PersonId[];
  readonly unreached: readonly PersonId[];
  readonly result: VoteResult | null;
  readonly annulledFor: string | null;
  /** Withheld by audience: on a client only what its person may know. */
  readonly choices: { readonly [person: PersonId]: Choice };
  readonly figures: { readonly [site: SiteId]: CountFigures };
  readonly tallied: VoteResult | null;
  readonly lateMarks: readonly PersonId[];
  readonly conflicts: readonly PersonId[];
  readonly reserved: readonly { readonly person: PersonId; readonly text: string }[];
}

export interface SpeakingState {
  /** In the order in which they will be called. */
  readonly queue: readonly SpeakRequest[];
  readonly speech: Speech | null;
  readonly freeDiscussion: 'on' | 'off';
  /** How often and how long (milliseconds) each has spoken. */
  readonly spoken: { readonly [person: PersonId]: { readonly times: number; readonly duration: number } };
  /** Speeches given, in order, with their actual ends. */
  readonly given: readonly {
    readonly request: SpeakRequestId;
    readonly person: PersonId;
    readonly item: AgendaItemId | null;
    readonly startedAt: number;
    readonly endedAt: number;
    /** What was handed in in writing; null for a speech. */
    readonly text: string | null;
    readonly group: string | null;
  }[];
}

/** A meeting as the fold of its log. Plain JSON: it is also the snapshot that clients get, redacted for them. */
export interface MeetingState {
  readonly seq: number;
  /** Time of the last event. */
  readonly at: number;
  readonly phase: MeetingPhase;
  readonly facts: MeetingFacts | null;
  readonly officers: Officers | null;
  readonly roll: { readonly [person: PersonId]: RollEntry };
  readonly sites: { readonly [site: SiteId]: SiteState };
  readonly openedAt: number | null;
  readonly endedAt: number | null;
  readonly phaseReason: string | null;
  readonly rollCall: 'pending' | 'done';
  readonly attendance: { readonly [person: PersonId]: Attendance };
  readonly superiors: { readonly [person: PersonId]: SuperiorAttendance };
  /** Superiors who attended and left. */
  readonly superiorsBefore: readonly EndedSuperiorAttendance[];
  /** Superiors who follow the figures (SUP7); some of them attend as well. */
  readonly followers: { readonly [person: PersonId]: Follower };
  /** Withheld by audience: words of superiors to the chair. */
  readonly messages: readonly ChairMessage[];
  /** Superiors in a hall, those who left too (SUP9). */
  readonly onSiteSuperiors: { readonly [id: OnSiteSuperiorId]: OnSiteSuperior };
  /** Since when nobody has been present; null while somebody is. */
  readonly emptySince: number | null;
  readonly agenda: readonly AgendaItem[];
  readonly speaking: SpeakingState;
  readonly votes: { readonly [vote: VoteId]: VoteState };
  readonly voteOrder: readonly VoteId[];
  readonly openVote: VoteId | null;
  readonly minutesAdopted: boolean;
  /** Withheld by audience: reasons of absence. */
  readonly absenceReasons: { readonly [person: PersonId]: string };
  /** Withheld by audience: absences announced before the meeting. */
  readonly announced: { readonly [person: PersonId]: AnnouncedAbsence };
  readonly guests: { readonly [guest: GuestId]: Guest };
  readonly noGuests: boolean;
  readonly ballots: readonly BallotRecord[];
  /** The clerk's wording, by part of the minutes. */
  readonly wording: { readonly [part: string]: string };
  readonly supplements: readonly {
    readonly meeting: MeetingId;
    readonly title: string;
    readonly text: string;
    /** What the vote on it came to; `pending` before. */
    readonly outcome: 'pending' | 'adopted' | 'rejected';
  }[];
  /** What was last logged of the own device of a chair in a hall; null as long as nothing was (CHAIR1). */
  readonly chairLine: {
    readonly person: PersonId;
    readonly line: 'up' | 'dark';
    readonly since: number;
  } | null;
  /** Who took the chair from whom, and when. */
  readonly chairs: readonly { readonly person: PersonId; readonly from: number }[];
}
