import { z } from 'zod';
import type {
  CellOffice,
  CellType,
  CountingMethod,
  GroupOffice,
  MeetingKind,
  Standing,
} from '../domain/roster.ts';
import type { MeetingPhase } from '../domain/state.ts';
import type { Denominator, Majority } from '../domain/vote-rules.ts';
import { voteRuleIds } from '../domain/vote-types.ts';
import type { CellId, MeetingId, OrganizationId, PersonId, SiteId } from '../ids.ts';
import { type RefusalCode, refusalCodes } from '../result.ts';
import { text } from './commands.ts';

/** An identifier as a route takes and gives it; whether it names anything is looked up. */
export function id<T extends string>() {
  return z.custom<T>((value) => typeof value === 'string' && /^[\w:-]{1,64}$/.test(value));
}
export const cellId = id<CellId>();
export const meetingId = id<MeetingId>();
export const organizationId = id<OrganizationId>();
export const personId = id<PersonId>();
export const siteId = id<SiteId>();

/** Milliseconds since 1970. */
export const time = z.number().int().min(0).max(8_640_000_000_000);

export const cellTypes = [
  'rural',
  'school',
  'agency',
  'enterprise',
  'armedForces',
] as const satisfies CellType[];
export const standings = [
  'official',
  'probationary',
  'temporaryIn',
  'temporaryOut',
  'exempt',
  'suspended',
] as const satisfies Standing[];
export const cellOffices = [
  'cellSecretary',
  'deputySecretary',
  'committeeMember',
] as const satisfies CellOffice[];
export const groupOffices = ['groupLeader', 'groupDeputyLeader'] as const satisfies GroupOffice[];
export const organizationKinds = ['province', 'commune', 'ward', 'bloc', 'grassroots', 'other'] as const;
const meetingKinds = ['regular', 'topic'] as const satisfies MeetingKind[];
const countingMethods = ['byName', 'byTeller'] as const satisfies CountingMethod[];
const meetingPhases = [
  'none',
  'created',
  'summoned',
  'open',
  'suspended',
  'interrupted',
  'closed',
  'sealed',
  'cancelled',
] as const satisfies MeetingPhase[];

/** The body of every answer that is no success. */
export const errorBody = z.object({
  code: z.enum(refusalCodes),
  message: z.string(),
  params: z.record(z.string(), z.union([z.string(), z.number()])).optional(),
});
export type ErrorBody = { readonly code: RefusalCode; readonly message: string } & z.infer<typeof errorBody>;

/** Keeps sign-ins of one browser apart: each has a refresh cookie of its own. `main` where nothing is said. */
export const slot = z
  .string()
  .regex(/^[a-z0-9]{1,16}$/)
  .default('main');

export const password = z.string().min(1).max(200);
export const code = z.string().trim().min(1).max(40);
export const done = z.object({});

/** Who is signed in, as the page's head shows it. */
const sessionView = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('person'), personId, name: z.string(), title: z.string() }),
  z.object({
    kind: z.literal('terminal'),
    meetingId,
    siteId,
    siteName: z.string(),
    cellName: z.string(),
    title: z.string(),
    responsibleName: z.string(),
  }),
]);
export type SessionView = z.infer<typeof sessionView>;

export const signedIn = z.object({
  /** Goes into the socket's handshake and the `Authorization: Bearer` header. Kept in memory only. */
  accessToken: z.string(),
  accessSeconds: z.number(),
  session: sessionView,
});
export type SignedIn = z.infer<typeof signedIn>;

const meetingRoles = ['chair', 'deputyChair', 'clerk', 'member', 'superior'] as const;
const meetingView = z.object({
  id: meetingId,
  cellId,
  cellName: z.string(),
  organizationName: z.string(),
  kind: z.enum(meetingKinds),
  title: z.string(),
  startsAt: time,
  phase: z.enum(meetingPhases),
  /** The part in which the person takes part. */
  role: z.enum(meetingRoles),
});
export type MeetingView = z.infer<typeof meetingView>;

export const cellView = z.object({
  id: cellId,
  name: z.string(),
  type: z.enum(cellTypes),
  organizationId,
  organizationName: z.string(),
});
export type CellView = z.infer<typeof cellView>;

const superiorCell = cellView.extend({ live: meetingView.nullable(), next: meetingView.nullable() });

export const home = z.object({
  person: z.object({ personId, name: z.string(), title: z.string() }),
  now: z.array(meetingView).readonly(),
  coming: z.array(meetingView).readonly(),
  past: z.array(meetingView).readonly(),
  /** Cells the person may summon meetings of. */
  summons: z.array(cellView).readonly(),
  /** Cells of a superior, those in session first; empty for everybody else. */
  superiorOf: z.array(superiorCell).readonly(),
  administers: z.enum(['nothing', 'something']),
});
export type Home = z.infer<typeof home>;

export const organizationView = z.object({
  id: organizationId,
  parentId: organizationId.nullable(),
  kind: z.enum(organizationKinds),
  name: z.string(),
  committeeName: z.string(),
});
export type OrganizationView = z.infer<typeof organizationView>;

export const denominators = [
  'presentEligible',
  'rollLessDeductions',
  'allOfficial',
  'rollLessExcused',
] as const satisfies Denominator[];
export const majorities = ['moreThanHalf', 'atLeastTwoThirds'] as const satisfies Majority[];

/** What a committee sets for itself and those below; what is left out is inherited. */
export const settings = z
  .strictObject({
    attendanceThreshold: z.number().int().min(0).max(100),
    quorum: z.strictObject({
      numerator: z.number().int().min(0).max(100),
      denominator: z.number().int().min(1).max(100),
    }),
    reconnectGrace: z.number().int().min(5).max(600),
    minimumVote: z.number().int().min(0).max(3600),
    reconnectingWarning: z.number().int().min(0).max(100),
    emptyLimit: z.number().int().min(1).max(1440),
    chairGone: z.number().int().min(10).max(600),
    remoteCards: z.enum(['off', 'on']),
    /** Where the committee counts otherwise than the table of votes; each with a version of its own (VOTE2). */
    votes: z.partialRecord(
      z.enum(voteRuleIds),
      z.strictObject({
        version: z.number().int().min(1).max(9999),
        denominator: z.enum(denominators),
        majority: z.enum(majorities),
      }),
    ),
  })
  .partial();

export const organizationFields = {
  kind: z.enum(organizationKinds),
  name: text(200),
  committeeName: text(200),
  settings: settings.optional(),
};

export const siteFields = z.strictObject({
  name: text(200),
  address: z.string().trim().max(300).default(''),
  isMain: z.boolean().default(false),
});
const siteView = z.object({ id: siteId, name: z.string(), address: z.string(), isMain: z.boolean() });
export type SiteView = z.infer<typeof siteView>;

export const birthYear = z.number().int().min(1900).max(2100);
/** What a cell keeps of a member. */
export const memberFields = z.strictObject({
  name: text(120),
  birthYear: birthYear.nullable().default(null),
  phone: z.string().trim().max(20).nullable().default(null),
  standing: z.enum(standings).default('official'),
  office: z.enum(cellOffices).nullable().default(null),
  isClerk: z.boolean().default(false),
  partyGroup: text(120).nullable().default(null),
  groupOffice: z.enum(groupOffices).nullable().default(null),
  specialDuty: z.boolean().default(false),
  detained: z.boolean().default(false),
});
export type MemberFields = z.infer<typeof memberFields>;

const memberView = z.object({
  personId,
  name: z.string(),
  birthYear: z.number().nullable(),
  phone: z.string().nullable(),
  standing: z.enum(standings),
  office: z.enum(cellOffices).nullable(),
  isClerk: z.boolean(),
  partyGroup: z.string().nullable(),
  groupOffice: z.enum(groupOffices).nullable(),
  specialDuty: z.boolean(),
  detained: z.boolean(),
  account: z.enum(['none', 'active']),
});
export type MemberView = z.infer<typeof memberView>;

export const cellDetails = cellView.extend({
  sites: z.array(siteView).readonly(),
  members: z.array(memberView).readonly(),
  /** What the person asking may do with the cell. */
  may: z.array(z.enum(['administer', 'summon', 'issueCodes'])).readonly(),
});
export type CellDetails = z.infer<typeof cellDetails>;

/** What is wrong with a cell of an uploaded list. */
export const importFaults = [
  'missing',
  'notAYear',
  'notAPhone',
  'notAStanding',
  'notAnOffice',
  'notAGroupOffice',
  'notYesOrNo',
  'tooLong',
  'twiceInFile',
  'alreadyOnRoster',
  'phoneTaken',
  'unknownColumn',
  'missingColumn',
] as const;
export type ImportFault = (typeof importFaults)[number];

export const memberImport = z.object({
  /** Rows that would be, or were, added. */
  members: z.array(z.object({ row: z.number(), member: memberFields })).readonly(),
  /** Row 1 is the heading. The column is named as the file names it. */
  faults: z
    .array(
      z.object({ row: z.number(), column: z.string(), fault: z.enum(importFaults), message: z.string() }),
    )
    .readonly(),
  written: z.number(),
});
export type MemberImport = z.infer<typeof memberImport>;

export const printedCode = z.object({
  personId,
  name: z.string(),
  birthYear: z.number().nullable(),
  /** With the birth year it tells people of one name apart (ID1). */
  partyGroup: z.string().nullable(),
  code: z.string(),
  expiresAt: time,
});
export type PrintedCode = z.infer<typeof printedCode>;

/** A word to the secretary about one member of the roster; nothing follows from it by itself (ATT6). */
export const absenceWarning = z.object({
  personId,
  name: z.string(),
  birthYear: z.number().nullable(),
  partyGroup: z.string().nullable(),
  excusedInRow: z.number(),
  unexcusedInRow: z.number(),
  monthsMissed: z.number(),
  level: z.enum(['warning', 'breach']),
});
export type AbsenceWarning = z.infer<typeof absenceWarning>;

export const demoEntry = z.object({
  enterAs: z.discriminatedUnion('kind', [
    z.strictObject({ kind: z.literal('person'), personId }),
    z.strictObject({ kind: z.literal('terminal'), meetingId, siteId }),
  ]),
  name: z.string(),
  /** Office and cell, in Vietnamese, as shown on the card. */
  detail: z.string(),
  meetingId: meetingId.nullable(),
});
export const demoParts = ['chair', 'clerk', 'member', 'terminal', 'superior', 'administrator'] as const;
export type DemoPart = (typeof demoParts)[number];
export const demo = z.object({
  groups: z.array(z.object({ part: z.enum(demoParts), entries: z.array(demoEntry).readonly() })).readonly(),
});
export type Demo = z.infer<typeof demo>;

export const newMeeting = z.strictObject({
  cellId,
  kind: z.enum(meetingKinds),
  title: text(300),
  startsAt: time,
  sites: z
    .array(
      z.strictObject({
        siteId,
        method: z.enum(countingMethods),
        responsibleId: personId.nullable().default(null),
      }),
    )
    .max(50),
  chairId: personId.optional(),
  deputyChairId: personId.nullable().default(null),
  clerkId: personId,
});

export const superiorWish = z.union([
  z.strictObject({ personId, cellId, title: z.string().trim().max(200).optional() }),
  z.strictObject({ personId, organizationId, title: z.string().trim().max(200).optional() }),
]);
