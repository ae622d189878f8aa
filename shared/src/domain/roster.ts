import type { CellId, MeetingId, PersonId, SiteId } from '../ids.ts';
import type { VoteRule } from './vote-rules.ts';
import type { VoteRuleId } from './vote-types.ts';

/** How a person belongs to the cell's roll (DOMAIN: roles). `exempt` counts, and votes, only when present. */
export type Standing = 'official' | 'probationary' | 'temporaryIn' | 'temporaryOut' | 'exempt' | 'suspended';

export type CellOffice = 'cellSecretary' | 'deputySecretary' | 'committeeMember';
export type GroupOffice = 'groupLeader' | 'groupDeputyLeader';
export type CellType = 'rural' | 'school' | 'agency' | 'enterprise' | 'armedForces';
export type MeetingKind = 'regular' | 'topic';

/** One line of the roll as it stood when the meeting was created. */
export interface RollEntry {
  readonly person: PersonId;
  readonly name: string;
  /** Tells people of the same name apart (birth year, group); null where the name is enough. */
  readonly label: string | null;
  readonly standing: Standing;
  readonly office: CellOffice | null;
  readonly group: string | null;
  readonly groupOffice: GroupOffice | null;
  /** Armed forces on special duty: outside `summoned` (ATT5). */
  readonly specialDuty: boolean;
  /** Prosecuted or detained: deducted from the voting roll. */
  readonly detained: boolean;
}

/** How a site's hands are taken in a vote (VOTE5): each by name on the terminal, or counted by its teller. */
export type CountingMethod = 'byName' | 'byTeller';

export interface SiteEntry {
  readonly id: SiteId;
  readonly name: string;
  readonly isMain: boolean;
  readonly method: CountingMethod;
  readonly responsible: PersonId | null;
}

/** What a committee sets for the meetings below it; frozen into the meeting when it is created. */
export interface MeetingRules {
  readonly version: number;
  /** Per cent, ATT5. */
  readonly attendanceThreshold: number;
  /** Quorum of official members as a fraction, a warning and no gate (ATT8). */
  readonly quorum: { readonly numerator: number; readonly denominator: number };
  /** ATT2, seconds. */
  readonly reconnectGrace: number;
  /** VOTE9, seconds from opening. */
  readonly minimumVote: number;
  /** VOTE9, per cent of the electorate. */
  readonly reconnectingWarning: number;
  /** MEET3, minutes without anybody. */
  readonly emptyLimit: number;
  /** CHAIR1, seconds without the chair's line. */
  readonly chairGone: number;
  /** VOTE23: whether remote members may vote where cards are shown or ballots cast. */
  readonly remoteCards: 'off' | 'on';
  /** What the committee sets otherwise than the table of votes; frozen into each opening by its version (VOTE2). */
  readonly votes: { readonly [R in VoteRuleId]?: Pick<VoteRule, 'version' | 'denominator' | 'majority'> };
}

export const defaultRules: MeetingRules = {
  version: 1,
  attendanceThreshold: 85,
  quorum: { numerator: 2, denominator: 3 },
  reconnectGrace: 60,
  minimumVote: 30,
  reconnectingWarning: 10,
  emptyLimit: 60,
  chairGone: 60,
  remoteCards: 'off',
  votes: {},
};

/** What a meeting is, from its first event on. */
export interface MeetingFacts {
  readonly meetingId: MeetingId;
  readonly cellId: CellId;
  readonly cellName: string;
  readonly cellType: CellType;
  readonly committeeName: string;
  readonly kind: MeetingKind;
  readonly title: string;
  /** Milliseconds since 1970. */
  readonly startsAt: number;
  readonly rules: MeetingRules;
}

export interface Officers {
  readonly chair: PersonId;
  readonly deputyChair: PersonId | null;
  readonly clerk: PersonId;
}
