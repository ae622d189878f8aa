import { randomBytes, randomUUID } from 'node:crypto';
import { defaultRules } from '@diemcau/shared/domain/roster.ts';
import { agendaTemplates } from '@diemcau/shared/domain/templates.ts';
import { type AgendaItemId, asId, type CommandId, type SiteId } from '@diemcau/shared/ids.ts';
import type { Insertable } from 'kysely';
import type { DirectoryDatabase } from '../../../server/src/directory/database.ts';
import { createMeetingIndex } from '../../../server/src/directory/meeting-index.ts';
import { nameKey } from '../../../server/src/directory/shape.ts';
import type { DirectoryTables } from '../../../server/src/directory/tables.ts';
import type { EventLog } from '../../../server/src/meeting/log/event-log.ts';
import { MeetingRegistry } from '../../../server/src/meeting/registry.ts';
import {
  communeId,
  communesOf,
  type EveningMeeting,
  type EveningPerson,
  type EveningSize,
  idFor,
  meetingsOf,
  provinceId,
  superiorsOf,
} from './plan.ts';

const sessionDays = 60;
/** Rows of one statement: both databases bound what a statement may bind. */
const chunk = 1_000;
/** Meetings that are made at once: they share commits. */
const abreast = 200;

/**
 * Fills an empty directory and log: communes, cells, people with sessions, superiors with their assignments, and every
 * meeting summoned and not yet open. Logs are written by the server's own rooms. Neither is closed here.
 */
export async function prepareEvening(
  size: EveningSize,
  storage: { readonly directory: DirectoryDatabase; readonly events: EventLog },
): Promise<void> {
  const meetings = meetingsOf(size);
  await fillDirectory(storage.directory, size, meetings);
  const registry = new MeetingRegistry({
    log: storage.events,
    index: createMeetingIndex(storage.directory),
    source: {
      now: () => Date.now(),
      elapsed: () => performance.now(),
      newId: () => randomUUID(),
      newSalt: () => randomBytes(16).toString('hex'),
    },
    roomLog: {
      info() {},
      warn() {},
      error: (fields: object, message: string) => console.error(message, fields),
    },
  });
  await registry.start();
  for (let begun = 0; begun < meetings.length; begun += abreast) {
    await Promise.all(meetings.slice(begun, begun + abreast).map((meeting) => summon(registry, meeting)));
  }
  await registry.close();
}

async function fillDirectory(
  db: DirectoryDatabase,
  size: EveningSize,
  meetings: readonly EveningMeeting[],
): Promise<void> {
  const committee = (name: string) => ({ name: `Đảng bộ ${name}`, committeeName: `Đảng ủy ${name}` });
  await inChunks<NewRow<'organizations'>>(
    (rows) => db.insertInto('organizations').values(rows).execute(),
    [
      { id: provinceId, parentId: null, kind: 'province', ...committee('tỉnh') },
      ...Array.from({ length: communesOf(size) }, (_, commune) => ({
        id: communeId(commune),
        parentId: provinceId,
        kind: 'commune' as const,
        ...committee(`xã ${commune + 1}`),
      })),
    ],
  );
  await inChunks<NewRow<'cells'>>(
    (rows) => db.insertInto('cells').values(rows).execute(),
    meetings.map(({ cellId, commune, index }) => ({
      id: cellId,
      organizationId: communeId(commune),
      name: cellName(index),
      type: 'rural',
    })),
  );
  await inChunks<NewRow<'sites'>>(
    (rows) => db.insertInto('sites').values(rows).execute(),
    meetings.map(({ cellId, index }) => ({
      id: asId<SiteId>(idFor('site', index)),
      cellId,
      name: 'Nhà văn hóa thôn',
      isMain: 1,
    })),
  );
  const people = meetings.flatMap(({ members, index }) =>
    members.map((member, place) => ({ ...member, name: memberName(place), cell: index })),
  );
  await addPeople(db, people, '');
  await inChunks<NewRow<'memberships'>>(
    (rows) => db.insertInto('memberships').values(rows).execute(),
    meetings.flatMap(({ members, cellId }) =>
      members.map(({ person }, place) => ({
        personId: person,
        cellId,
        standing: 'official' as const,
        office: place === 0 ? ('cellSecretary' as const) : null,
        partyGroup: null,
        groupOffice: null,
      })),
    ),
  );
  const superiors = superiorsOf(size);
  await addPeople(
    db,
    superiors.map((one, index) => ({ ...one, name: `Cấp Trên Số ${index + 1}` })),
    'Ủy viên Ban Thường vụ',
  );
  await inChunks<NewRow<'superiorAssignments'>>(
    (rows) => db.insertInto('superiorAssignments').values(rows).execute(),
    superiors.map(({ person, commune }, index) => ({
      id: idFor('assignment', index),
      personId: person,
      cellId: null,
      organizationId: commune === null ? provinceId : communeId(commune),
    })),
  );
}

async function addPeople(
  db: DirectoryDatabase,
  people: readonly (EveningPerson & { readonly name: string })[],
  title: string,
): Promise<void> {
  await inChunks<NewRow<'people'>>(
    (rows) => db.insertInto('people').values(rows).execute(),
    people.map(({ person, name }) => ({
      id: person,
      name,
      nameKey: nameKey(name),
      birthYear: 1970,
      phone: null,
      title,
    })),
  );
  const createdAt = Date.now();
  const expiresAt = createdAt + sessionDays * 86_400_000;
  await inChunks<NewRow<'refreshFamilies'>>(
    (rows) => db.insertInto('refreshFamilies').values(rows).execute(),
    people.map(({ sid, person }) => ({
      id: sid,
      kind: 'person' as const,
      personId: person,
      meetingId: null,
      siteId: null,
      createdAt,
      expiresAt,
      endedAt: null,
      lockedAt: null,
    })),
  );
}

type NewRow<T extends keyof DirectoryTables> = Insertable<DirectoryTables[T]>;

async function inChunks<R>(insert: (rows: R[]) => Promise<unknown>, rows: readonly R[]): Promise<void> {
  for (let begun = 0; begun < rows.length; begun += chunk) await insert(rows.slice(begun, begun + chunk));
}

function cellName(index: number): string {
  return `Chi bộ thôn ${index + 1}`;
}

function memberName(place: number): string {
  return `Nguyễn Thị Minh Đảng Viên ${place + 1}`;
}

async function summon(registry: MeetingRegistry, meeting: EveningMeeting): Promise<void> {
  const { meetingId, cellId, members, index } = meeting;
  const [chair, clerk] = members;
  if (!chair || !clerk) throw new Error('a meeting needs two members');
  const created = await registry.create(meetingId, asId<CommandId>('create'), {
    type: 'createMeeting',
    facts: {
      meetingId,
      cellId,
      cellName: cellName(index),
      cellType: 'rural',
      committeeName: `Đảng ủy xã ${meeting.commune + 1}`,
      kind: 'regular',
      title: 'Sinh hoạt chi bộ thường kỳ tháng 11/2026',
      startsAt: Date.now(),
      rules: { ...defaultRules, minimumVote: 0 },
    },
    roll: members.map(({ person }, place) => ({
      person,
      name: memberName(place),
      label: null,
      standing: 'official',
      office: place === 0 ? 'cellSecretary' : null,
      group: null,
      groupOffice: null,
      specialDuty: false,
      detained: false,
    })),
    sites: [
      {
        id: asId<SiteId>(idFor('site', index)),
        name: 'Nhà văn hóa thôn',
        isMain: true,
        method: 'byName',
        responsible: clerk.person,
      },
    ],
    officers: { chair: chair.person, deputyChair: null, clerk: clerk.person },
    agenda: agendaTemplates.regular.map((item, place) => ({
      ...item,
      id: asId<AgendaItemId>(`muc-${place + 1}`),
      presenter: null,
      draftDecision: null,
      inPersonOnly: false,
      carriedOver: false,
      papers: [],
    })),
  });
  const room = await registry.room(meetingId);
  const summoned = await room?.submit({ kind: 'person', person: chair.person }, asId<CommandId>('summon'), {
    type: 'summonMeeting',
  });
  if (!created.ok || !summoned?.ok) throw new Error(`meeting ${index} was not made`);
}
