import { memberTemplatePath, recordFilePaths } from '@diemcau/shared/protocol/http.ts';
import { type Role, roles, type Side, type Target } from './matrix-world.ts';

export const unknown: readonly Role[] = ['anonymous', 'forged'];
export const terminals: readonly Role[] = ['terminal', 'replacedTerminal', 'strangeTerminal'];
export const persons = roles.filter((role) => !unknown.includes(role) && !terminals.includes(role));
export const rollOfOwn: readonly Role[] = [
  'member',
  'probationary',
  'exempt',
  'temporaryIn',
  'chair',
  'clerk',
  'secretary',
  'deputySecretary',
  'committeeMember',
  'siteResponsible',
  'teller',
];

/** Who has which right, written from the rules and not from the product. Nobody has one over what is nowhere. */
export type Rights = Readonly<Record<Target, readonly Role[]>>;
export const over = (own: readonly Role[], strange: readonly Role[] = []): Rights => ({
  own,
  strange,
  nowhere: [],
});
export const always = (list: readonly Role[]): Rights => ({ own: list, strange: list, nowhere: list });
export const administers = over(
  ['administrator', 'provinceAdministrator'],
  ['strangeAdministrator', 'provinceAdministrator'],
);
export const anyAdministrator = always(['administrator', 'provinceAdministrator', 'strangeAdministrator']);
export const summons = over(['secretary', 'deputySecretary'], ['strangeSecretary']);
export const leads = over([...summons.own, ...administers.own], [...summons.strange, ...administers.strange]);
export const reads = over([...rollOfOwn, 'superior'], ['strangeMember', 'strangeSecretary']);

/** How somebody is refused what belongs to a meeting: `notAllowed` where they may enter it. */
export function asReader(role: Role, target: Target): string {
  if (unknown.includes(role)) return 'unauthenticated';
  if (terminals.includes(role)) return 'notAllowed';
  if (reads[target].includes(role)) return 'notAllowed';
  if (target === 'own') {
    if (role === 'suspended' || role === 'temporaryOut') return 'personExcluded';
    if (role === 'superiorUnseen') return 'notJoined';
  }
  if (target === 'strange' && role === 'strangeSuperior') return 'notJoined';
  return 'notOfThisMeeting';
}

export const itsSuperior = over(['superior'], ['strangeSuperior']);

export interface Asked {
  readonly params?: Readonly<Record<string, string>>;
  readonly query?: Readonly<Record<string, string>>;
  readonly body?: unknown;
  readonly cookies?: Readonly<Record<string, string>>;
}

export interface Expectation {
  readonly may: Rights;
  readonly otherwise?: (role: Role, target: Target) => string;
  /** Made anew for each role, so that one that may remove something removes nothing of another's. */
  readonly ask: (side: Side, target: Target, role: Role) => Asked | Promise<Asked>;
}

/** Routes that anybody may ask: who one is changes nothing of what they answer. */
export const open = [
  'login',
  'refresh',
  'logout',
  'unlock',
  'activate',
  'firstAdministrator',
  'openTerminal',
  'demo',
  'demoLogin',
] as const;
export type OpenRoute = (typeof open)[number];
const code = 'AAAA-BBBB-CCCC';
const password = 'mật khẩu để thử';
export const openTable: {
  readonly [N in (typeof open)[number]]: { readonly body?: unknown; readonly says: string };
} = {
  login: { body: { name: 'Không Có Ai', password }, says: 'wrongCredentials' },
  refresh: { body: {}, says: 'unauthenticated' },
  logout: { body: {}, says: 'ok' },
  unlock: { body: { pin: '1234' }, says: 'unauthenticated' },
  activate: { body: { code, password }, says: 'codeInvalid' },
  firstAdministrator: {
    body: {
      code,
      name: 'X',
      login: 'x',
      password,
      organization: { kind: 'province', name: 'X', committeeName: 'Y' },
    },
    says: 'codeInvalid',
  },
  openTerminal: { body: { code: '12345678' }, says: 'codeInvalid' },
  // This server is no demonstration: the routes aren't there.
  demo: { says: 'notFound' },
  demoLogin: { body: { enterAs: { kind: 'person', personId: 'x' } }, says: 'notFound' },
};

/** Answers that are no JSON. */
export const files: Readonly<
  Record<
    string,
    { readonly path: string; readonly may: Rights; readonly otherwise?: Expectation['otherwise'] }
  >
> = {
  docx: { path: recordFilePaths.docx, may: reads, otherwise: asReader },
  pdf: { path: recordFilePaths.pdf, may: reads, otherwise: asReader },
  log: { path: recordFilePaths.log, may: reads, otherwise: asReader },
  template: { path: memberTemplatePath, may: anyAdministrator },
};

/** Neither people's nor a cell's: figures of the process, and pages. */
export const plainRoutes = [
  'GET /healthz',
  'GET /readyz',
  'GET /',
  'GET /index.html',
  'GET /*',
  'GET /metrics',
];
export const lineTest = ['GET /api/line/trip', 'GET /api/line/down', 'POST /api/line/up'];
