import { z } from 'zod';
import { text } from './commands.ts';
import { oversightRoutes } from './http-oversight.ts';
import {
  absenceWarning,
  birthYear,
  cellDetails,
  cellId,
  cellTypes,
  cellView,
  code,
  demo,
  demoEntry,
  done,
  home,
  meetingId,
  memberFields,
  memberImport,
  newMeeting,
  organizationFields,
  organizationId,
  organizationKinds,
  organizationView,
  password,
  personId,
  printedCode,
  signedIn,
  siteFields,
  siteId,
  slot,
  superiorWish,
  time,
} from './http-schemas.ts';
import { lineTrial } from './line-trial.ts';
import { pin } from './requests.ts';

export type { Assignment, CellCoverage, Observation, Visitor, Visits } from './http-oversight.ts';
export type {
  AbsenceWarning,
  CellDetails,
  CellView,
  Demo,
  DemoPart,
  ErrorBody,
  Home,
  ImportFault,
  MeetingView,
  MemberFields,
  MemberImport,
  MemberView,
  OrganizationView,
  PrintedCode,
  SessionView,
  SignedIn,
  SiteView,
} from './http-schemas.ts';
export {
  cellOffices,
  cellTypes,
  demoParts,
  errorBody,
  groupOffices,
  importFaults,
  memberFields,
  organizationKinds,
  standings,
} from './http-schemas.ts';

// Every route that speaks JSON, with what it takes and what it answers. The server serves from this table and the client
// calls by it, so neither can say what the other doesn't know.

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
  /** Who is signed in under the slot leaves the shared telephone: back comes who knows the person's PIN (ID1). */
  lock: { method: 'POST', path: '/api/lock', body: z.strictObject({ slot }), answer: done },
  unlock: { method: 'POST', path: '/api/unlock', body: z.strictObject({ slot, pin }), answer: signedIn },
  pin: { method: 'GET', path: '/api/pin', answer: z.object({ pin: z.enum(['set', 'none']) }) },
  setPin: { method: 'POST', path: '/api/pin', body: z.strictObject({ pin }), answer: done },
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
  /** Ends to try whether media get through from here; for a person who is signed in. */
  tryLine: { method: 'POST', path: '/api/line/media', answer: lineTrial },

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

  /** Who has been absent several times in a row this year: for the cell's secretary alone (ATT6). */
  absenceStreaks: {
    method: 'GET',
    path: '/api/cells/:cellId/absence-streaks',
    params: z.object({ cellId }),
    answer: z.object({ warnings: z.array(absenceWarning).readonly() }),
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
  /** On the spot, for who forgot the password: by the secretaries, or who answers for a site (ID1). Holds for two hours. */
  issueMemberCode: {
    method: 'POST',
    path: '/api/meetings/:meetingId/member-codes',
    params: z.object({ meetingId }),
    body: z.strictObject({ personId }),
    answer: printedCode,
  },

  ...oversightRoutes,
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

/** A meeting's record as files: the minutes on paper and the log. They answer with the file, not with JSON. */
export const recordFilePaths = {
  docx: '/api/meetings/:meetingId/minutes.docx',
  pdf: '/api/meetings/:meetingId/minutes.pdf',
  log: '/api/meetings/:meetingId/log.jsonl',
} as const;
export type RecordFile = keyof typeof recordFilePaths;

/** Sheet for member lists: an XLSX to fill in. Answers with the file, not with JSON. */
export const memberTemplatePath = '/api/members-template.xlsx';
