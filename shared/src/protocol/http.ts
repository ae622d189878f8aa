import { z } from 'zod';
import { addresses } from './addresses.ts';
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
    ...addresses.login,
    body: z.strictObject({ name: text(120), password, birthYear: birthYear.optional(), slot }),
    answer: signedIn,
  },
  refresh: { ...addresses.refresh, body: z.strictObject({ slot }), answer: signedIn },
  logout: { ...addresses.logout, body: z.strictObject({ slot }), answer: done },
  /** Who is signed in under the slot leaves the shared telephone: back comes who knows the person's PIN (ID1). */
  lock: { ...addresses.lock, body: z.strictObject({ slot }), answer: done },
  unlock: { ...addresses.unlock, body: z.strictObject({ slot, pin }), answer: signedIn },
  pin: { ...addresses.pin, answer: z.object({ pin: z.enum(['set', 'none']) }) },
  setPin: { ...addresses.setPin, body: z.strictObject({ pin }), answer: done },
  activate: {
    ...addresses.activate,
    body: z.strictObject({ code, password, login: text(60).optional(), slot }),
    answer: signedIn,
  },
  firstAdministrator: {
    ...addresses.firstAdministrator,
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
    ...addresses.openTerminal,
    body: z.strictObject({ code, slot }),
    answer: signedIn,
  },
  demo: { ...addresses.demo, answer: demo },
  demoLogin: {
    ...addresses.demoLogin,
    body: z.strictObject({ enterAs: demoEntry.shape.enterAs, slot }),
    answer: signedIn,
  },

  home: { ...addresses.home, answer: home },
  /** Ends to try whether media get through from here; for a person who is signed in. */
  tryLine: { ...addresses.tryLine, answer: lineTrial },

  administration: {
    ...addresses.administration,
    answer: z.object({
      organizations: z.array(organizationView).readonly(),
      cells: z.array(cellView).readonly(),
    }),
  },
  createOrganization: {
    ...addresses.createOrganization,
    body: z.strictObject({ parentId: organizationId, ...organizationFields }),
    answer: z.object({ organizationId }),
  },
  updateOrganization: {
    ...addresses.updateOrganization,
    params: z.object({ organizationId }),
    body: z.strictObject(organizationFields).partial(),
    answer: done,
  },
  removeOrganization: {
    ...addresses.removeOrganization,
    params: z.object({ organizationId }),
    answer: done,
  },
  createCell: {
    ...addresses.createCell,
    body: z.strictObject({ organizationId, name: text(200), type: z.enum(cellTypes) }),
    answer: z.object({ cellId }),
  },
  cell: { ...addresses.cell, params: z.object({ cellId }), answer: cellDetails },
  updateCell: {
    ...addresses.updateCell,
    params: z.object({ cellId }),
    body: z.strictObject({ name: text(200).optional(), type: z.enum(cellTypes).optional() }),
    answer: done,
  },
  removeCell: { ...addresses.removeCell, params: z.object({ cellId }), answer: done },
  createSite: {
    ...addresses.createSite,
    params: z.object({ cellId }),
    body: siteFields,
    answer: z.object({ siteId }),
  },
  updateSite: {
    ...addresses.updateSite,
    params: z.object({ siteId }),
    body: siteFields,
    answer: done,
  },
  removeSite: { ...addresses.removeSite, params: z.object({ siteId }), answer: done },
  addMember: {
    ...addresses.addMember,
    params: z.object({ cellId }),
    body: memberFields,
    answer: z.object({ personId }),
  },
  updateMember: {
    ...addresses.updateMember,
    params: z.object({ cellId, personId }),
    body: memberFields,
    answer: done,
  },
  removeMember: {
    ...addresses.removeMember,
    params: z.object({ cellId, personId }),
    answer: done,
  },
  /** The file itself is sent as `multipart/form-data`, in one part named `file`. */
  importMembers: {
    ...addresses.importMembers,
    params: z.object({ cellId }),
    query: z.object({ mode: z.enum(['preview', 'commit']) }),
    answer: memberImport,
  },
  issueCodes: {
    ...addresses.issueCodes,
    params: z.object({ cellId }),
    /** Whom to issue codes to; without it, everybody on the roster who has no account yet. */
    body: z.strictObject({ personIds: z.array(personId).max(500).optional() }),
    answer: z.object({ cellName: z.string(), codes: z.array(printedCode).readonly() }),
  },
  assignSuperior: { ...addresses.assignSuperior, body: superiorWish, answer: done },
  endSuperior: { ...addresses.endSuperior, body: superiorWish, answer: done },
  appointAdministrator: {
    ...addresses.appointAdministrator,
    params: z.object({ organizationId }),
    body: z.strictObject({ personId }),
    answer: done,
  },

  /** Who has been absent several times in a row this year: for the cell's secretary alone (ATT6). */
  absenceStreaks: {
    ...addresses.absenceStreaks,
    params: z.object({ cellId }),
    answer: z.object({ warnings: z.array(absenceWarning).readonly() }),
  },

  createMeeting: { ...addresses.createMeeting, body: newMeeting, answer: z.object({ meetingId }) },
  issueSiteCode: {
    ...addresses.issueSiteCode,
    params: z.object({ meetingId, siteId }),
    /** Who answers for the terminal; without it, who the site was summoned under. */
    body: z.strictObject({ responsibleId: personId.optional() }),
    answer: z.object({ code: z.string(), expiresAt: time, responsibleName: z.string() }),
  },
  /** On the spot, for who forgot the password: by the secretaries, or who answers for a site (ID1). Holds for two hours. */
  issueMemberCode: {
    ...addresses.issueMemberCode,
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
