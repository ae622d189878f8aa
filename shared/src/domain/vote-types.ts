import type { AgendaItemId, BallotId, PersonId, SiteId, VoteId } from '../ids.ts';
import type { CountingMethod } from './roster.ts';

/** tán thành, không tán thành, không có ý kiến (VOTE4). */
export type Choice = 'inFavour' | 'against' | 'noOpinion';

/** Four numbers of people; `notVoted` is không biểu quyết. */
export interface Counts {
  readonly inFavour: number;
  readonly against: number;
  readonly noOpinion: number;
  readonly notVoted: number;
}

export const voteRuleIds = [
  'procedural',
  'resolution',
  'scoreApproval',
  'exemptionApproval',
  'admission',
  'officialRecognition',
  'nameRemoval',
  'discipline',
  'election',
  'expulsionProposal',
] as const;
export type VoteRuleId = (typeof voteRuleIds)[number];

/** What the vote is about; adopting the minutes is what closing waits for (MEET3). */
export const votePurposes = ['motion', 'electClerk', 'programme', 'minutes', 'supplement'] as const;
export type VotePurpose = (typeof votePurposes)[number];

/** Where an elector's hand is taken: remote, or a site (VOTE5). */
export type UnitKey = 'remote' | SiteId;

export interface CountingUnit {
  readonly unit: UnitKey;
  readonly method: CountingMethod;
  readonly electors: readonly PersonId[];
}

export type LeftOutReason =
  | 'probationary'
  | 'temporaryIn'
  | 'temporaryOut'
  | 'suspended'
  | 'detained'
  | 'absent'
  | 'notCheckedIn'
  /** AGD5, AGD8: the item is dealt with in the room alone. */
  | 'remoteInPersonItem'
  /** VOTE23: cards are shown in the room. */
  | 'remoteCard';

/** Everything that freezes when a vote opens (VOTE2). */
export interface VoteOpening {
  readonly vote: VoteId;
  readonly item: AgendaItemId | null;
  readonly question: string;
  /** The one person it is about: candidates are voted on one at a time. Null where it is about none. */
  readonly candidate: string | null;
  readonly rule: VoteRuleId;
  readonly ruleVersion: number;
  readonly purpose: VotePurpose;
  readonly units: readonly CountingUnit[];
  readonly leftOut: readonly { readonly person: PersonId; readonly reason: LeftOutReason }[];
  /** Who would vote but was provisional or not yet checked when it opened: a warning. */
  readonly unchecked: readonly PersonId[];
  readonly denominator: number;
  /** The least number in favour that passes. */
  readonly need: number;
  /** True where people were still waiting to speak and the chair opened all the same (VOTE13). */
  readonly despiteWaiting: boolean;
}

export interface VoteResult {
  readonly units: readonly { readonly unit: UnitKey; readonly counts: Counts }[];
  readonly total: Counts;
  readonly denominator: number;
  readonly need: number;
  readonly passed: boolean;
}

/** How a site's count reached the clerk: typed there, or read by telephone from a site that went dark (VOTE17). */
export type CountMeans = 'counted' | 'telephone';

/** One box of a ballot held in the room, with its certificate (VOTE23). */
export interface BallotBox {
  readonly site: SiteId;
  readonly issued: number;
  readonly returned: number;
  readonly invalid: number;
  readonly inFavour: number;
  readonly against: number;
  readonly noOpinion: number;
  /** Who certifies this box. */
  readonly certifiedBy: PersonId;
}

/** The result of a secret ballot held in the room: it alone is entered, never who chose what. */
export interface BallotRecord {
  readonly ballot: BallotId;
  readonly item: AgendaItemId | null;
  readonly rule: VoteRuleId;
  readonly ruleVersion: number;
  readonly question: string;
  readonly candidate: string | null;
  readonly boxes: readonly BallotBox[];
  readonly result: VoteResult;
}
