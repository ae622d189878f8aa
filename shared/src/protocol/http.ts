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
import type { CellId, MeetingId, OrganizationId, PersonId, SiteId } from '../ids.ts';
import { type RefusalCode, refusalCodes } from '../result.ts';
import { text } from './commands.ts';

// Every route that speaks JSON, with what it takes and what it answers. The server serves from this table and the client
// calls by it, so neither can say what the other doesn't know.

/** An identifier as a route takes and gives it; whether it names anything is looked up. */
function id<T extends string>() {
  return z.custom<T>((value) => typeof value === 'string' && /^[\w:-]{1,64}$/.test(value));
}
const cellId = id<CellId>();
const meetingId = id<MeetingId>();
const organizationId = id<OrganizationId>();
const personId = id<PersonId>();
const siteId = id<SiteId>();

/** Milliseconds since 1970. */
const time = z.number().int().min(0).max(8_640_000_000_000);

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
const slot = z
  .string()
  .regex(/^[a-z0-9]{1,16}$/)
  .default('main');

const password = z.string().min(1).max(200);
const code = z.string().trim().min(1).max(40);
const done = z.object({});

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

const signedIn = z.object({
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

const cellView = z.object({
  id: cellId,
  name: z.string(),
  type: z.enum(cellTypes),
  organizationId,
  organizationName: z.string(),
});
export type CellView = z.infer<typeof cellView>;

const superiorCell = cellView.extend({ live: meetingView.nullable(), next: meetingView.nullable() });

const home = z.object({
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

const organizationView = z.object({
  id: organizationId,
  parentId: organizationId.nullable(),
  kind: z.enum(organizationKinds),
  name: z.string(),
  committeeName: z.string(),
});
export type OrganizationView = z.infer<typeof organizationView>;

const settings = z
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
  })
  .partial();

const organizationFields = {
  kind: z.enum(organizationKinds),
  name: text(200),
  committeeName: text(200),
  settings: settings.optional(),
};

const siteFields = z.strictObject({
  name: text(200),
  address: z.string().trim().max(300).default(''),
  isMain: z.boolean().default(false),
});
const siteView = z.object({ id: siteId, name: z.string(), address: z.string(), isMain: z.boolean() });
export type SiteView = z.infer<typeof siteView>;

const birthYear = z.number().int().min(1900).max(2100);
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

const cellDetails = cellView.extend({
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

const memberImport = z.object({
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

const printedCode = z.object({
  personId,
  name: z.string(),
  birthYear: z.number().nullable(),
  code: z.string(),
  expiresAt: time,
});
export type PrintedCode = z.infer<typeof printedCode>;

const demoEntry = z.object({
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
const demo = z.object({
  groups: z.array(z.object({ part: z.enum(demoParts), entries: z.array(demoEntry).readonly() })).readonly(),
});
export type Demo = z.infer<typeof demo>;

const newMeeting = z.strictObject({
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

const superiorWish = z.union([
  z.strictObject({ personId, cellId, title: z.string().trim().max(200).optional() }),
  z.strictObject({ personId, organizationId, title: z.string().trim().max(200).optional() }),
]);

/** One route: where it is, what it takes, what it answers. */
export interface Route {
  readonly method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
  readonly path: string;
  readonly params?: z.ZodType;
  readonly query?: z.ZodType;
  readonly body?: z.ZodType;
  readonly answer: z.ZodType;
}

export const routes = {
  login: {
    method: 'POST',
    path: '/api/login',
    body: z.strictObject({ name: text(120), password, birthYear: birthYear.optional(), slot }),
    answer: signedIn,
  },
  refresh: { method: 'POST', path: '/api/refresh', body: z.strictObject({ slot }), answer: signedIn },
  logout: { method: 'POST', path: '/api/logout', body: z.strictObject({ slot }), answer: done },
  activate: {
    method: 'POST',
    path: '/api/activate',
    body: z.strictObject({ code, password, login: text(60).optional(), slot }),
    answer: signedIn,
  },
  firstAdministrator: {
    method: 'POST',
    path: '/api/first-administrator',
    body: z.strictObject({
      code,
      name: text(120),
      login: text(60),
      password,
      organization: z.strictObject({
        kind: z.enum(organizationKinds),
        name: text(200),
        committeeName: text(200),
      }),
      slot,
    }),
    answer: signedIn,
  },
  openTerminal: {
    method: 'POST',
    path: '/api/terminal/open',
    body: z.strictObject({ code, slot }),
    answer: signedIn,
  },
  demo: { method: 'GET', path: '/api/demo', answer: demo },
  demoLogin: {
    method: 'POST',
    path: '/api/demo/login',
    body: z.strictObject({ enterAs: demoEntry.shape.enterAs, slot }),
    answer: signedIn,
  },

  home: { method: 'GET', path: '/api/home', answer: home },

  administration: {
    method: 'GET',
    path: '/api/administration',
    answer: z.object({
      organizations: z.array(organizationView).readonly(),
      cells: z.array(cellView).readonly(),
    }),
  },
  createOrganization: {
    method: 'POST',
    path: '/api/organizations',
    body: z.strictObject({ parentId: organizationId, ...organizationFields }),
    answer: z.object({ organizationId }),
  },
  updateOrganization: {
    method: 'PATCH',
    path: '/api/organizations/:organizationId',
    params: z.object({ organizationId }),
    body: z.strictObject(organizationFields).partial(),
    answer: done,
  },
  removeOrganization: {
    method: 'DELETE',
    path: '/api/organizations/:organizationId',
    params: z.object({ organizationId }),
    answer: done,
  },
  createCell: {
    method: 'POST',
    path: '/api/cells',
    body: z.strictObject({ organizationId, name: text(200), type: z.enum(cellTypes) }),
    answer: z.object({ cellId }),
  },
  cell: { method: 'GET', path: '/api/cells/:cellId', params: z.object({ cellId }), answer: cellDetails },
  updateCell: {
    method: 'PATCH',
    path: '/api/cells/:cellId',
    params: z.object({ cellId }),
    body: z.strictObject({ name: text(200).optional(), type: z.enum(cellTypes).optional() }),
    answer: done,
  },
  removeCell: { method: 'DELETE', path: '/api/cells/:cellId', params: z.object({ cellId }), answer: done },
  createSite: {
    method: 'POST',
    path: '/api/cells/:cellId/sites',
    params: z.object({ cellId }),
    body: siteFields,
    answer: z.object({ siteId }),
  },
  updateSite: {
    method: 'PUT',
    path: '/api/sites/:siteId',
    params: z.object({ siteId }),
    body: siteFields,
    answer: done,
  },
  removeSite: { method: 'DELETE', path: '/api/sites/:siteId', params: z.object({ siteId }), answer: done },
  addMember: {
    method: 'POST',
    path: '/api/cells/:cellId/members',
    params: z.object({ cellId }),
    body: memberFields,
    answer: z.object({ personId }),
  },
  updateMember: {
    method: 'PUT',
    path: '/api/cells/:cellId/members/:personId',
    params: z.object({ cellId, personId }),
    body: memberFields,
    answer: done,
  },
  removeMember: {
    method: 'DELETE',
    path: '/api/cells/:cellId/members/:personId',
    params: z.object({ cellId, personId }),
    answer: done,
  },
  /** The file itself is sent as `multipart/form-data`, in one part named `file`. */
  importMembers: {
    method: 'POST',
    path: '/api/cells/:cellId/members/import',
    params: z.object({ cellId }),
    query: z.object({ mode: z.enum(['preview', 'commit']) }),
    answer: memberImport,
  },
  issueCodes: {
    method: 'POST',
    path: '/api/cells/:cellId/codes',
    params: z.object({ cellId }),
    /** Whom to issue codes to; without it, everybody on the roster who has no account yet. */
    body: z.strictObject({ personIds: z.array(personId).max(500).optional() }),
    answer: z.object({ cellName: z.string(), codes: z.array(printedCode).readonly() }),
  },
  assignSuperior: { method: 'POST', path: '/api/superiors', body: superiorWish, answer: done },
  endSuperior: { method: 'POST', path: '/api/superiors/end', body: superiorWish, answer: done },
  appointAdministrator: {
    method: 'POST',
    path: '/api/organizations/:organizationId/administrators',
    params: z.object({ organizationId }),
    body: z.strictObject({ personId }),
    answer: done,
  },

  createMeeting: { method: 'POST', path: '/api/meetings', body: newMeeting, answer: z.object({ meetingId }) },
  issueSiteCode: {
    method: 'POST',
    path: '/api/meetings/:meetingId/sites/:siteId/code',
    params: z.object({ meetingId, siteId }),
    /** Who answers for the terminal; without it, who the site was summoned under. */
    body: z.strictObject({ responsibleId: personId.optional() }),
    answer: z.object({ code: z.string(), expiresAt: time, responsibleName: z.string() }),
  },
} as const satisfies Record<string, Route>;

export type RouteName = keyof typeof routes;

type Taken<R, Part extends string, Read extends 'input' | 'output'> = R extends {
  readonly [P in Part]: infer S;
}
  ? S extends z.ZodType
    ? Read extends 'input'
      ? z.input<S>
      : z.output<S>
    : undefined
  : undefined;

/** What a caller gives to a route. */
export interface RouteRequest<N extends RouteName> {
  readonly params: Taken<(typeof routes)[N], 'params', 'input'>;
  readonly query: Taken<(typeof routes)[N], 'query', 'input'>;
  readonly body: Taken<(typeof routes)[N], 'body', 'input'>;
}

/** What a route's handler gets, checked and with its gaps filled. */
export interface RouteInput<N extends RouteName> {
  readonly params: Taken<(typeof routes)[N], 'params', 'output'>;
  readonly query: Taken<(typeof routes)[N], 'query', 'output'>;
  readonly body: Taken<(typeof routes)[N], 'body', 'output'>;
}

export type RouteAnswer<N extends RouteName> = z.output<(typeof routes)[N]['answer']>;

/** Sheet for member lists: an XLSX to fill in. Answers with the file, not with JSON. */
export const memberTemplatePath = '/api/members-template.xlsx';
