import type { AgendaItemId, CommandId, PersonId, SiteId, SpeakRequestId, VoteId } from '../ids.ts';
import type { ActorRef } from './actor.ts';
import type { AgendaItemState, AgendaPlan } from './agenda-item.ts';
import type { Presence, PresenceSource } from './attendance-types.ts';
import type { CountingMethod, MeetingFacts, Officers, RollEntry, SiteEntry } from './roster.ts';
import type { SpeakRequest } from './speaking-types.ts';
import type { Choice, Counts, UnitKey, VoteOpening, VoteResult } from './vote-types.ts';

/** What each event says. The log's record carries it as `data`, together with {@link Attribution}. */
export interface EventData {
  meetingCreated: {
    readonly facts: MeetingFacts;
    readonly roll: readonly RollEntry[];
    readonly sites: readonly SiteEntry[];
    readonly officers: Officers;
    readonly agenda: readonly AgendaPlan[];
  };
  meetingSummoned: Record<never, never>;
  meetingPostponed: { readonly startsAt: number; readonly reason: string };
  meetingCancelled: { readonly reason: string };
  officersNamed: { readonly officers: Officers };
  meetingOpened: { readonly officers: Officers };
  meetingSuspended: { readonly reason: string };
  meetingContinued: Record<never, never>;
  meetingInterrupted: { readonly reason: string };
  meetingResumed: Record<never, never>;
  meetingClosed: Record<never, never>;
  recordSealed: Record<never, never>;

  siteOpened: { readonly site: SiteId; readonly terminal: string; readonly responsible: PersonId };
  siteWentDark: { readonly site: SiteId };
  siteCameBack: { readonly site: SiteId };
  siteMethodSet: { readonly site: SiteId; readonly method: CountingMethod };
  tellerNamed: { readonly site: SiteId; readonly person: PersonId };

  attendanceChanged: {
    readonly person: PersonId;
    readonly presence: Presence;
    readonly source: PresenceSource;
    /** A check-in at a terminal, until its site's roll call is confirmed (ATT10). */
    readonly provisional: boolean;
  };
  absenceReasonNoted: { readonly person: PersonId; readonly reason: string };
  linesLost: { readonly persons: readonly PersonId[]; readonly graceEndsAt: number };
  linesRestored: { readonly persons: readonly PersonId[] };
  graceEnded: { readonly persons: readonly PersonId[] };
  siteRollCallConfirmed: { readonly site: SiteId };
  rollCallCompleted: { readonly absentUnexcused: readonly PersonId[] };
  superiorArrived: { readonly person: PersonId; readonly name: string; readonly office: string };
  superiorLeft: { readonly person: PersonId };

  agendaItemAdded: { readonly item: AgendaPlan; readonly after: AgendaItemId | null };
  agendaItemEdited: { readonly item: AgendaPlan };
  agendaReordered: { readonly order: readonly AgendaItemId[] };
  agendaMoved: {
    readonly from: AgendaItemId | null;
    readonly leftAs: Exclude<AgendaItemState, 'pending' | 'current'>;
    readonly to: AgendaItemId | null;
  };
  agendaItemMarked: {
    readonly item: AgendaItemId;
    readonly state: Exclude<AgendaItemState, 'current' | 'done'>;
  };

  floorRequested: { readonly request: SpeakRequest };
  floorRequestWithdrawn: { readonly request: SpeakRequestId };
  queueReordered: { readonly order: readonly SpeakRequestId[] };
  /** `seconds`: length of the speech; null without a limit. */
  floorGranted: { readonly request: SpeakRequestId; readonly seconds: number | null };
  speechEnded: { readonly request: SpeakRequestId };
  freeDiscussionSet: { readonly state: 'on' | 'off' };

  voteOpened: VoteOpening;
  /** Who has voted: all see it. What they chose stands in `choiceRecorded` (VOTE10). */
  voteMarked: { readonly vote: VoteId; readonly person: PersonId; readonly via: 'device' | 'terminal' };
  choiceRecorded: { readonly vote: VoteId; readonly person: PersonId; readonly choice: Choice };
  electorMoved: {
    readonly vote: VoteId;
    readonly person: PersonId;
    readonly from: UnitKey;
    readonly to: UnitKey;
  };
  /** All see that a count came in and whether it adds up; the numbers stand in `countEntered`. */
  countReceived: {
    readonly vote: VoteId;
    readonly site: SiteId;
    readonly enteredBy: PersonId;
    readonly sum: 'addsUp' | 'mismatch';
  };
  countEntered: {
    readonly vote: VoteId;
    readonly site: SiteId;
    readonly counts: Counts;
    readonly enteredBy: PersonId;
    /** Who else may look at it to confirm it (VOTE7), beside chair and clerk. */
    readonly confirmers: readonly PersonId[];
  };
  countConfirmed: { readonly vote: VoteId; readonly site: SiteId; readonly confirmedBy: PersonId };
  countReopened: { readonly vote: VoteId; readonly site: SiteId; readonly reason: string };
  voteClosed: {
    readonly vote: VoteId;
    readonly notVoted: readonly PersonId[];
    readonly unreached: readonly PersonId[];
  };
  voteTallied: { readonly vote: VoteId; readonly result: VoteResult };
  lateMarkNoted: { readonly vote: VoteId; readonly person: PersonId };
  resultAnnounced: { readonly vote: VoteId; readonly result: VoteResult };
  voteAnnulled: { readonly vote: VoteId; readonly reason: string };
}

export type EventType = keyof EventData;

/** An event as `decide` gives it, before it is attributed and logged. */
export type MeetingEvent = { [T in EventType]: { readonly type: T; readonly data: EventData[T] } }[EventType];

/** Who caused an event and by which command; part of the record's hashed data. */
export interface Attribution {
  readonly by: ActorRef;
  readonly cause: CommandId | null;
}

/** What everybody gets of every event, whoever may read its data. */
export interface Envelope<T extends EventType = EventType> {
  readonly seq: number;
  readonly type: T;
  /** Milliseconds since 1970 on the server's clock; never decreases within a meeting. */
  readonly at: number;
  readonly hash: string;
  readonly dataHash: string;
}

/** An event as it stands in the log and is sent: with its data, or withheld from who is outside its audience. */
export type LoggedEvent = {
  [T in EventType]: Envelope<T> & { readonly salt?: string; readonly data?: EventData[T] & Attribution };
}[EventType];
