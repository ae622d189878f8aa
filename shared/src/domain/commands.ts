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
import type { AgendaItemKind, AgendaItemState, AgendaPaper, AgendaPlan } from './agenda-item.ts';
import type { Place } from './attendance-types.ts';
import type { CountingMethod, MeetingFacts, Officers, RollEntry, SiteEntry } from './roster.ts';
import type { SpokenKind } from './speaking-types.ts';
import type {
  BallotBox,
  Choice,
  CountMeans,
  Counts,
  UnitKey,
  VotePurpose,
  VoteRuleId,
} from './vote-types.ts';

/** An entry that the clerk may make in the attendance (ATT3). */
export type ClerkEntry =
  | Place
  /** Takes a mistaken entry back, while the roll call lasts. */
  | { readonly mode: 'expected' }
  | { readonly mode: 'away' }
  | { readonly mode: 'left' }
  | { readonly mode: 'absentExcused'; readonly reason: string }
  | { readonly mode: 'absentUnexcused' };

type NewAgendaItem = {
  readonly title: string;
  readonly kind: AgendaItemKind;
  readonly presenter: string | null;
  readonly minutes: number;
  readonly draftDecision: string | null;
  readonly inPersonOnly?: boolean | undefined;
  readonly papers?: readonly AgendaPaper[] | undefined;
};

/** What each command carries. Whose it is comes from the session. */
export interface CommandData {
  /** From the directory, by the system, on the secretary's wish. */
  createMeeting: {
    readonly facts: MeetingFacts;
    readonly roll: readonly RollEntry[];
    readonly sites: readonly SiteEntry[];
    readonly officers: Officers;
    readonly agenda: readonly AgendaPlan[];
  };
  summonMeeting: Record<never, never>;
  postponeMeeting: { readonly startsAt: number; readonly reason: string };
  cancelMeeting: { readonly reason: string };
  nameOfficers: {
    readonly chair?: PersonId | undefined;
    readonly deputyChair?: PersonId | null | undefined;
    readonly clerk?: PersonId | undefined;
  };
  /** By the deputy chair, then any present committee member, once the chair's line is gone (CHAIR1). */
  takeChair: Record<never, never>;
  openMeeting: Record<never, never>;
  suspendMeeting: { readonly reason: string };
  continueMeeting: Record<never, never>;
  interruptMeeting: { readonly reason: string };
  resumeMeeting: Record<never, never>;
  closeMeeting: Record<never, never>;
  sealRecord: Record<never, never>;

  openSite: { readonly site: SiteId; readonly terminal: string; readonly responsible: PersonId };
  setSiteMethod: { readonly site: SiteId; readonly method: CountingMethod };
  nameTeller: { readonly site: SiteId; readonly person: PersonId };

  checkIn: { readonly place: Place };
  /** At a terminal: a person of the roll says they are here. */
  checkInAtSite: { readonly person: PersonId };
  recordAttendance: { readonly person: PersonId; readonly entry: ClerkEntry };
  /** `person`: recorded by clerk or secretary for who has no device (ATT11); absent for oneself. */
  announceAbsence: { readonly reason: string; readonly person?: PersonId | undefined };
  answerAbsence: { readonly person: PersonId; readonly answer: 'accepted' | 'refused' };
  registerGuest: { readonly name: string; readonly office: string };
  dismissGuest: { readonly guest: GuestId };
  stateNoGuests: Record<never, never>;
  stepAway: Record<never, never>;
  comeBack: Record<never, never>;
  leaveMeeting: Record<never, never>;
  confirmSiteRollCall: { readonly site: SiteId };
  completeRollCall: Record<never, never>;
  attendAsSuperior: Record<never, never>;
  leaveAsSuperior: Record<never, never>;
  /** By the wall, in the superior's name: what is on their screen. */
  followFigures: Record<never, never>;
  unfollowFigures: Record<never, never>;
  focusMeeting: { readonly state: 'on' | 'off' };
  /** `to`: names of all cells that it goes to. */
  messageChair: { readonly text: string; readonly to: readonly string[] };
  /** A superior who is in a hall (SUP9). `person`: their account, where they have one. */
  registerSuperior: {
    readonly name: string;
    readonly office: string;
    readonly person: PersonId | null;
    readonly site: SiteId | null;
  };
  dismissSuperior: { readonly id: OnSiteSuperiorId };
  /** By the system: what the connections did, five seconds after they did it. */
  reportLines: {
    readonly lost: readonly PersonId[];
    readonly restored: readonly PersonId[];
    readonly sitesDark: readonly SiteId[];
    readonly sitesBack: readonly SiteId[];
  };
  endGrace: { readonly persons: readonly PersonId[] };

  addAgendaItem: { readonly item: NewAgendaItem; readonly after: AgendaItemId | null };
  editAgendaItem: { readonly item: AgendaItemId; readonly changes: NewAgendaItem };
  reorderAgenda: { readonly order: readonly AgendaItemId[] };
  /** Leaves the current item and makes another one current; `to: null` ends the programme. */
  moveAgenda: {
    readonly to: AgendaItemId | null;
    readonly leaveAs: Exclude<AgendaItemState, 'pending' | 'current'>;
  };
  markAgendaItem: {
    readonly item: AgendaItemId;
    readonly state: Exclude<AgendaItemState, 'current' | 'done'>;
  };

  /** `person`: named by a terminal or the clerk; absent for oneself. */
  askToSpeak: {
    readonly kind: SpokenKind;
    readonly group?: string | null | undefined;
    readonly person?: PersonId | undefined;
  };
  /** An opinion in writing, in the same queue, for who can't or won't speak. */
  writeOpinion: { readonly text: string };
  readOpinion: { readonly request: SpeakRequestId };
  withdrawRequest: { readonly request: SpeakRequestId };
  reorderQueue: { readonly order: readonly SpeakRequestId[] };
  grantFloor: { readonly request: SpeakRequestId; readonly seconds: number | null };
  endSpeech: { readonly request: SpeakRequestId };
  setFreeDiscussion: { readonly state: 'on' | 'off' };

  openVote: {
    readonly item: AgendaItemId | null;
    readonly question: string;
    readonly rule: VoteRuleId;
    readonly purpose: VotePurpose;
    /** Needed for `admission` and `officialRecognition`: one candidate at a time. */
    readonly candidate?: string | null | undefined;
    readonly despiteWaiting: boolean;
  };
  /** `person`: tapped on a terminal of a site that votes by name; absent for oneself. */
  castMark: { readonly vote: VoteId; readonly choice: Choice; readonly person?: PersonId | undefined };
  moveElector: { readonly vote: VoteId; readonly person: PersonId; readonly to: UnitKey };
  enterCount: {
    readonly vote: VoteId;
    readonly site: SiteId;
    readonly counts: Counts;
    readonly means?: CountMeans | undefined;
    readonly readBy?: PersonId | null | undefined;
  };
  /** `counts`: the numbers that were seen; when they have changed meanwhile nothing is confirmed. */
  confirmCount: { readonly vote: VoteId; readonly site: SiteId; readonly counts?: Counts | undefined };
  reopenCount: { readonly vote: VoteId; readonly site: SiteId; readonly reason: string };
  /** `despiteUnreached`: the chair has read who cannot be reached and closes all the same (VOTE9). */
  closeVote: { readonly vote: VoteId; readonly despiteUnreached: boolean };
  announceResult: { readonly vote: VoteId };
  annulVote: { readonly vote: VoteId; readonly reason: string };
  reserveOpinion: { readonly vote: VoteId; readonly text: string };
  recordBallot: {
    readonly item: AgendaItemId | null;
    readonly rule: VoteRuleId;
    readonly question: string;
    readonly candidate: string | null;
    readonly boxes: readonly BallotBox[];
  };

  wordMinutes: { readonly part: string; readonly text: string };
  proposeSupplement: { readonly meeting: MeetingId; readonly title: string; readonly text: string };
}

export type CommandType = keyof CommandData;
export type Command = { [T in CommandType]: { readonly type: T } & CommandData[T] }[CommandType];
export type CommandOf<T extends CommandType> = { readonly type: T } & CommandData[T];

/** Commands that only the server itself gives; no client's message is ever parsed as one. */
export const systemCommandTypes = ['createMeeting', 'openSite', 'reportLines', 'endGrace'] as const;

/** Commands that the server's wall gives in a superior's name, out of what is on their screen; never parsed from a client either. */
export const wallCommandTypes = ['followFigures', 'unfollowFigures', 'focusMeeting', 'messageChair'] as const;
