import type { CellId, MeetingId, PersonId, SiteId } from '@diemcau/shared/ids.ts';
import type { Demo } from '@diemcau/shared/protocol/http.ts';
import { sitesOfCell } from '../directory/cells.ts';
import type { DirectoryDatabase } from '../directory/database.ts';
import { isOver, type MeetingIndex, type MeetingIndexEntry } from '../directory/meeting-index.ts';
import { type Member, roster } from '../directory/members.ts';
import { responsibleFor } from './meetings.ts';
import { organizations } from './plan.ts';

/** Whom the login page offers, and whether they may be entered as. */
export interface DemoDirectory {
  entries(): Promise<Demo>;
  /** Only invented people can be entered as without a password. */
  isInvented(personId: PersonId): Promise<boolean>;
  /** Who answers for a site's terminal in a demonstration meeting; null when there is no such site. */
  responsible(meetingId: MeetingId, siteId: SiteId): Promise<PersonId | null>;
}

type Entry = Demo['groups'][number]['entries'][number];

const MEMBERS_OFFERED = 6;
const featured = organizations[0]?.cells[0]?.name ?? '';

/** The demonstration's people as cards, all around the one cell whose meeting is on. */
export function createDemoDirectory(db: DirectoryDatabase, index: MeetingIndex): DemoDirectory {
  return {
    async entries() {
      const cell = await db
        .selectFrom('cells')
        .where('name', '=', featured)
        .select(['id', 'name'])
        .executeTakeFirst();
      const members = cell ? await roster(db, cell.id) : [];
      const meeting = cell ? await currentMeeting(index, cell.id) : undefined;
      const card = (member: Member, part: string): Entry => ({
        enterAs: { kind: 'person', personId: member.personId },
        name: member.name,
        detail: `${part} · ${cell?.name ?? ''}`,
        meetingId: meeting?.id ?? null,
      });
      const cards = (part: string, pick: (member: Member) => boolean) =>
        members.filter(pick).map((member) => card(member, part));
      const ordinary = members.filter(
        (member) => member.office === null && !member.isClerk && member.standing === 'official',
      );
      return {
        groups: [
          { part: 'chair', entries: cards('Bí thư, chủ trì', (member) => member.office === 'cellSecretary') },
          { part: 'clerk', entries: cards('Thư ký', (member) => member.isClerk) },
          {
            part: 'member',
            entries: [
              ...ordinary.slice(0, MEMBERS_OFFERED).map((member) => card(member, memberPart(member))),
              ...cards('Đảng viên dự bị', (member) => member.standing === 'probationary'),
            ],
          },
          { part: 'terminal', entries: cell && meeting ? await terminals(cell.id, meeting, cell.name) : [] },
          { part: 'superior', entries: await officials('superiorAssignments', meeting) },
          { part: 'administrator', entries: await officials('administrators', undefined) },
        ],
      };
    },

    async isInvented(personId) {
      const row = await db
        .selectFrom('demoPeople')
        .where('personId', '=', personId)
        .select('personId')
        .executeTakeFirst();
      return row !== undefined;
    },

    async responsible(meetingId, siteId) {
      const meeting = await index.get(meetingId);
      if (!meeting || isOver(meeting.phase)) return null;
      const position = (await sitesOfCell(db, meeting.cellId)).findIndex((site) => site.id === siteId);
      return position < 0 ? null : responsibleFor(await roster(db, meeting.cellId), position);
    },
  };

  async function terminals(cellId: CellId, meeting: MeetingIndexEntry, cellName: string): Promise<Entry[]> {
    return (await sitesOfCell(db, cellId)).map((site) => ({
      enterAs: { kind: 'terminal', meetingId: meeting.id, siteId: site.id },
      name: site.name,
      detail: `${site.isMain ? 'Điểm cầu chính' : 'Điểm cầu'} · ${cellName}`,
      meetingId: meeting.id,
    }));
  }

  async function officials(
    table: 'superiorAssignments' | 'administrators',
    meeting: MeetingIndexEntry | undefined,
  ): Promise<Entry[]> {
    const people = await db
      .selectFrom('people')
      .where('id', 'in', (query) => query.selectFrom(table).select('personId'))
      .where('id', 'in', (query) => query.selectFrom('demoPeople').select('personId'))
      .select(['id', 'name', 'title'])
      .orderBy('phone')
      .execute();
    return people.map((official) => ({
      enterAs: { kind: 'person', personId: official.id },
      name: official.name,
      detail: official.title,
      meetingId: meeting?.id ?? null,
    }));
  }
}

function memberPart(member: Member): string {
  switch (member.groupOffice) {
    case 'groupLeader':
      return `Tổ trưởng ${member.partyGroup ?? ''}`;
    case 'groupDeputyLeader':
      return `Tổ phó ${member.partyGroup ?? ''}`;
    case null:
      return 'Đảng viên chính thức';
  }
}

/** The meeting that is on, or the one that comes next. */
async function currentMeeting(index: MeetingIndex, cellId: CellId): Promise<MeetingIndexEntry | undefined> {
  const open = (await index.ofCells([cellId])).filter((meeting) => !isOver(meeting.phase));
  return open.find((meeting) => meeting.phase === 'open') ?? open.at(-1);
}
