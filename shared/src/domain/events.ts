import type {
  AgendaItemId,
  CommandId,
  GuestId,
  MeetingId,
  MessageId,
  OnSiteSuperiorId,
  PersonId,
  SiteId,
  SpeakRequestId,
  VoteId,
} from '../ids.ts';
import type { ActorRef } from './actor.ts';
import type { AgendaItemState, AgendaPlan } from './agenda-item.ts';
import type { Presence, PresenceSource } from './attendance-types.ts';
import type { CountingMethod, MeetingFacts, Officers, RollEntry, SiteEntry } from './roster.ts';
import type { SpeakRequest } from './speaking-types.ts';
import type {
  BallotRecord,
  Choice,
  CountMeans,
  Counts,
  UnitKey,
  VoteOpening,
  VoteResult,
} from './vote-types.ts';

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
  /** Who took the chair because its line was gone (CHAIR1); taking it back is said, never automatic. */
  chairTaken: { readonly officers: Officers; readonly from: PersonId };
  /** The chair sits in a hall and their own device has no line, or has one again (CHAIR1). Touches no presence. */
  chairLineLost: { readonly person: PersonId };
  chairLineBack: { readonly person: PersonId };
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
  absenceAnnounced: {
    readonly person: PersonId;
    readonly reason: string;
    readonly answerers: readonly PersonId[];
  };
  absenceAnswered: {
    readonly person: PersonId;
    readonly answer: 'accepted' | 'refused';
    readonly answerers: readonly PersonId[];
  };
  guestRegistered: { readonly guest: GuestId; readonly name: string; readonly office: string };
  guestLeft: { readonly guest: GuestId };
  /** *Không có người ngoài chi bộ* (ATT12). */
  noGuestsStated: Record<never, never>;
  absenceReasonNoted: { readonly person: PersonId; readonly reason: string };
  linesLost: { readonly persons: readonly PersonId[]; readonly graceEndsAt: number };
  linesRestored: { readonly persons: readonly PersonId[] };
  graceEnded: { readonly persons: readonly PersonId[] };
  siteRollCallConfirmed: { readonly site: SiteId };
  rollCallCompleted: { readonly absentUnexcused: readonly PersonId[] };
  superiorArrived: { readonly person: PersonId; readonly name: string; readonly office: string };
  superiorLeft: { readonly person: PersonId };
  /** A superior has this cell's figures on their screen (SUP7). */
  figuresFollowed: { readonly person: PersonId; readonly name: string; readonly office: string };
  figuresUnfollowed: { readonly person: PersonId };
  /** An attending superior has this meeting in focus with sound (SUP8). */
  superiorFocused: { readonly person: PersonId };
  superiorUnfocused: { readonly person: PersonId };
  /** A superior's word to the chair. `to`: names of all cells to whose chairs it was sent. */
  messageReceived: {
    readonly id: MessageId;
    readonly person: PersonId;
    readonly name: string;
    readonly office: string;
    readonly text: string;
    readonly to: readonly string[];
  };
  superiorRegistered: {
    readonly id: OnSiteSuperiorId;
    readonly name: string;
    readonly office: string;
    readonly person: PersonId | null;
    readonly site: SiteId | null;
  };
  superiorDismissed: { readonly id: OnSiteSuperiorId };

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
  /** An opinion in writing has been read out or passed to the minutes. */
  opinionRead: { readonly request: SpeakRequestId };
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
    readonly means: CountMeans;
    /** Who read the numbers out on the telephone; null for a count typed on the spot. */
    readonly readBy: PersonId | null;
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
  /** A tap in the hall against a mark of the member's own device: for the clerk (VOTE21). */
  markConflictNoted: { readonly vote: VoteId; readonly person: PersonId; readonly site: SiteId };
  lateMarkNoted: { readonly vote: VoteId; readonly person: PersonId };
  resultAnnounced: { readonly vote: VoteId; readonly result: VoteResult };
  voteAnnulled: { readonly vote: VoteId; readonly reason: string };
  opinionReserved: { readonly vote: VoteId; readonly person: PersonId; readonly text: string };
  ballotRecorded: BallotRecord;

  /** The clerk's wording of one part of the minutes, beside figures that nobody edits (MIN2). */
  minutesWorded: { readonly part: string; readonly text: string };
  /** A correction of an earlier meeting's sealed minutes, put before this meeting (MIN5). */
  supplementProposed: { readonly meeting: MeetingId; readonly title: string; readonly text: string };
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
