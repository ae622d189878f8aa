import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { CellId, MeetingId, OrganizationId, PersonId, SiteId } from '@diemcau/shared/ids.ts';
import { asId } from '@diemcau/shared/ids.ts';
import { routes } from '@diemcau/shared/protocol/http.ts';
import pino from 'pino';
import { type App, buildApp } from '../../../server/src/app.ts';
import { type Auth, createAuth } from '../../../server/src/auth/auth.ts';
import type { SessionSubject } from '../../../server/src/auth/sessions.ts';
import { type Config, readConfig } from '../../../server/src/config.ts';
import type { DirectoryDatabase } from '../../../server/src/directory/database.ts';
import { addMember, type MemberDetails } from '../../../server/src/directory/members.ts';
import { addPerson } from '../../../server/src/directory/people.ts';
import { appointAdministrator, assignSuperior, endAssignment } from '../../../server/src/directory/rights.ts';
import { openDirectoryDatabase } from '../../../server/src/directory/sqlite.ts';
import type { MediaEngine } from '../../../server/src/media/port.ts';
import type { MeetingRoom } from '../../../server/src/meeting/room.ts';
import { jwtSecret } from './http-app.ts';
import { done, TestClock } from './rooms.ts';
import { bare, must, settle, type Village } from './village.ts';

/** Everybody who may come to a door, by what they are to the village's own cell; whoever is `strange` is it to the other one. */
export const roles = [
  'anonymous',
  'forged',
  'member',
  'probationary',
  'exempt',
  'temporaryIn',
  'temporaryOut',
  'suspended',
  'chair',
  'clerk',
  'secretary',
  'deputySecretary',
  'committeeMember',
  'siteResponsible',
  'teller',
  'terminal',
  'replacedTerminal',
  'superior',
  'superiorUnseen',
  'superiorNoMore',
  'administrator',
  'provinceAdministrator',
  'strangeMember',
  'strangeSecretary',
  'strangeSuperior',
  'strangeAdministrator',
  'strangeTerminal',
  'ofNoCell',
] as const;
export type Role = (typeof roles)[number];

/** Whose cell or meeting is asked for; `nowhere`: one that isn't. */
export const targets = ['own', 'strange', 'nowhere'] as const;
export type Target = (typeof targets)[number];

/** What stands on one side. */
export interface Side {
  readonly organizationId: OrganizationId;
  readonly cellId: CellId;
  readonly siteId: SiteId;
  readonly otherSite: SiteId;
  /** Of the roll, without any office. */
  readonly personId: PersonId;
  readonly clerk: PersonId;
  readonly meetingId: MeetingId;
}

const nothing = 'khong-co';

/** The whole server as it runs, not listening, and a second hand on its directory. */
export interface MatrixWorld {
  readonly app: App;
  readonly config: Config;
  readonly db: DirectoryDatabase;
  readonly auth: Auth;
  readonly clock: TestClock;
  readonly village: Village;
  readonly people: Readonly<Record<Exclude<Role, Unpeopled>, PersonId>>;
  readonly side: (target: Target) => Side;
  /** The access token of the role's session; undefined for who has none. */
  tokenOf(role: Role): string | undefined;
  /** The refresh token of a session made for this; one that nobody was given for who can have none. */
  newRefreshToken(role: Role): Promise<string>;
  /** A meeting of the side's cell that nobody has opened yet. */
  summon(target: 'own' | 'strange', clerk?: PersonId): Promise<MeetingRoom>;
  close(): Promise<void>;
}

type Unpeopled = 'anonymous' | 'forged' | 'terminal' | 'replacedTerminal' | 'strangeTerminal';

const by = (person: PersonId) => ({ kind: 'person', person }) as const;

/** A folder of its own, and what the process would be told about it. */
export async function matrixConfig(more: Readonly<Record<string, string>> = {}): Promise<Config> {
  const folder = await mkdtemp(join(tmpdir(), 'diemcau-matrix-'));
  return readConfig({ DATA_DIR: folder, JWT_SECRET: jwtSecret, LOG_LEVEL: 'silent', ...more });
}

export async function openMatrixWorld(media: MediaEngine | null = null): Promise<MatrixWorld> {
  const config = await matrixConfig();
  const clock = new TestClock();
  const logger = pino({ level: 'silent' });
  const app = await buildApp(config, { source: clock, logger, media, certificate: null });
  await app.http.ready();
  const db = await openDirectoryDatabase(config.dataDir);
  const auth = createAuth({ db, jwtSecret, now: clock.now });
  const village = await settle({ db });
  const { own, strange, commune, otherCommune } = village;
  const people = await peopleOf(db, village);

  const summon = async (target: 'own' | 'strange', clerk?: PersonId) => {
    const isOwn = target === 'own';
    const cell = isOwn ? own : strange;
    const secretary = (await auth.sessions.begin({ kind: 'person', personId: cell.secretary })).accessToken;
    const created = await app.http.inject({
      method: routes.createMeeting.method,
      url: routes.createMeeting.path,
      headers: { authorization: `Bearer ${secretary}` },
      payload: {
        cellId: cell.cellId,
        kind: 'regular',
        title: 'Sinh hoạt thường kỳ',
        startsAt: clock.at,
        sites: [
          {
            siteId: cell.mainSite,
            method: 'byTeller',
            ...(isOwn ? { responsibleId: people.siteResponsible } : {}),
          },
        ],
        chairId: isOwn ? people.chair : cell.secretary,
        clerkId: clerk ?? cell.clerk,
      },
    });
    const room = await app.registry.room(created.json().meetingId);
    if (!room) throw new Error(created.body);
    return room;
  };

  const meetings = { own: await summon('own'), strange: await summon('strange') };
  await open(meetings.own, people.chair, own.mainSite, people);
  await open(meetings.strange, strange.secretary, strange.mainSite, null);

  const tokens = new Map<Role, string>();
  const begin = async (role: Role, subject: SessionSubject) => {
    const { accessToken, session } = await auth.sessions.begin(subject);
    tokens.set(role, accessToken);
    return session.sid;
  };
  for (const [role, personId] of Object.entries(people))
    await begin(role as Role, { kind: 'person', personId });
  const terminalOf = (room: MeetingRoom, siteId: SiteId, responsibleId: PersonId) =>
    ({ kind: 'terminal', meetingId: room.meetingId, siteId, responsibleId }) as const;
  const ownTerminal = terminalOf(meetings.own, own.mainSite, people.siteResponsible);
  const replaced = await begin('replacedTerminal', ownTerminal);
  const present = await begin('terminal', ownTerminal);
  for (const terminal of [replaced, present]) {
    const [site, responsible] = [own.mainSite, people.siteResponsible];
    await done(meetings.own, { kind: 'system' }, { type: 'openSite', site, terminal, responsible });
  }
  await begin('strangeTerminal', terminalOf(meetings.strange, strange.mainSite, strange.member));
  tokens.set('forged', `${tokens.get('secretary')?.split('.').slice(0, 2).join('.')}.${'A'.repeat(43)}`);

  const sides: Record<Target, Side> = {
    own: sideOf(commune, own, meetings.own),
    strange: sideOf(otherCommune, strange, meetings.strange),
    nowhere: {
      organizationId: asId(nothing),
      cellId: asId(nothing),
      siteId: asId(nothing),
      otherSite: asId(nothing),
      personId: asId(nothing),
      clerk: asId(nothing),
      meetingId: asId(nothing),
    },
  };
  return {
    app,
    config,
    db,
    auth,
    clock,
    village,
    people,
    side: (target) => sides[target],
    tokenOf: (role) => tokens.get(role),
    newRefreshToken: async (role) => {
      const personId = (people as Partial<Record<Role, PersonId>>)[role];
      if (personId === undefined) return 'nobody-was-given-this';
      return (await auth.sessions.begin({ kind: 'person', personId })).refreshToken;
    },
    summon,
    async close() {
      await app.close();
      await db.destroy();
      await rm(config.dataDir, { recursive: true });
    },
  };
}

function sideOf(organizationId: OrganizationId, cell: Village['own'], room: MeetingRoom): Side {
  return {
    organizationId,
    cellId: cell.cellId,
    siteId: cell.mainSite,
    otherSite: cell.otherSite,
    personId: cell.member,
    clerk: cell.clerk,
    meetingId: room.meetingId,
  };
}

/** Opened, and, where the people are given, with its officers, a teller and a superior who attends. */
async function open(
  room: MeetingRoom,
  chair: PersonId,
  site: SiteId,
  people: MatrixWorld['people'] | null,
): Promise<void> {
  await done(room, by(chair), { type: 'openMeeting' });
  if (!people) return;
  await done(room, by(people.teller), { type: 'checkIn', place: { mode: 'onSite', site } });
  await done(room, by(chair), { type: 'nameTeller', site, person: people.teller });
  const superior = {
    kind: 'superior',
    person: people.superior,
    name: 'Trần Thị Cấp Trên',
    office: '',
  } as const;
  await done(room, superior, { type: 'attendAsSuperior' });
}

async function peopleOf(db: DirectoryDatabase, village: Village): Promise<MatrixWorld['people']> {
  const { own, strange, commune, otherCommune } = village;
  const member = async (name: string, details: Partial<MemberDetails> = {}) =>
    must(await addMember(db, own.cellId, { ...bare, name, ...details }));
  const outside = async (name: string) =>
    must(await addPerson(db, { name, birthYear: 1970, phone: null, title: 'Cán bộ' }));
  const superiorUnseen = await outside('Cấp Trên Chưa Dự');
  must(await assignSuperior(db, superiorUnseen, { cellId: own.cellId }));
  const superiorNoMore = await outside('Cấp Trên Đã Thôi');
  must(await assignSuperior(db, superiorNoMore, { organizationId: commune }));
  must(await endAssignment(db, superiorNoMore, { organizationId: commune }));
  const strangeSuperior = await outside('Cấp Trên Nơi Khác');
  must(await assignSuperior(db, strangeSuperior, { organizationId: otherCommune }));
  const strangeAdministrator = await outside('Quản Trị Nơi Khác');
  must(await appointAdministrator(db, strangeAdministrator, otherCommune));
  return {
    member: own.member,
    probationary: await member('Đảng Viên Dự Bị', { standing: 'probationary' }),
    exempt: await member('Đảng Viên Được Miễn', { standing: 'exempt' }),
    temporaryIn: await member('Đảng Viên Tạm Đến', { standing: 'temporaryIn' }),
    temporaryOut: await member('Đảng Viên Tạm Đi', { standing: 'temporaryOut' }),
    suspended: own.suspended,
    chair: await member('Người Chủ Trì'),
    clerk: own.clerk,
    secretary: own.secretary,
    deputySecretary: await member('Phó Bí Thư', { office: 'deputySecretary' }),
    committeeMember: await member('Chi Ủy Viên', { office: 'committeeMember' }),
    siteResponsible: await member('Phụ Trách Điểm Cầu'),
    teller: await member('Người Kiểm Phiếu'),
    superior: village.superior,
    superiorUnseen,
    superiorNoMore,
    administrator: village.administrator,
    provinceAdministrator: village.provinceAdministrator,
    strangeMember: strange.member,
    strangeSecretary: strange.secretary,
    strangeSuperior,
    strangeAdministrator,
    ofNoCell: await outside('Người Ngoài'),
  };
}

/** Every route of a server, as Fastify itself lists them: `GET /api/home`. Without those that answer HEAD by themselves. */
export function routesOf({ http }: App): readonly string[] {
  const found: string[] = [];
  const above: string[] = [];
  for (const line of http.printRoutes({ commonPrefix: false }).split('\n')) {
    const parts = /^([│ ]*)[├└]── (\S+) \(([A-Z, ]+)\)$/u.exec(line);
    if (!parts) {
      if (line.trim() !== '') throw new Error(`not understood: ${line}`);
      continue;
    }
    const [, indent = '', segment = '', methods = ''] = parts;
    const depth = indent.length / 4;
    above.length = depth;
    const path = above.join('') + segment;
    above[depth] = segment;
    for (const method of methods.split(', ')) {
      if (method === 'HEAD' && methods.includes('GET')) continue;
      found.push(`${method} ${path}`);
    }
  }
  return found;
}
