import type { PersonId } from '@diemcau/shared/ids.ts';
import type { MeetingView } from '@diemcau/shared/protocol/http.ts';
import { ok, refused } from '@diemcau/shared/result.ts';
import type { FastifyInstance } from 'fastify';
import type { CellEntry } from '../directory/cells.ts';
import { isOver, type MeetingIndexEntry } from '../directory/meeting-index.ts';
import { person } from '../directory/people.ts';
import { administeredRoots, cellsOfMember, cellsOfSuperior, relationTo } from '../directory/rights.ts';
import type { RouteParts } from './parts.ts';
import { serveForPerson } from './serve.ts';

const MINUTE = 60_000;
/** So long before its hour a summoned meeting counts as on, and so long after it when nobody has opened it. */
const DOORS_OPEN_MS = 30 * MINUTE;
const STALE_MS = 12 * 60 * MINUTE;
const PAST_MAX = 50;

/** Where a meeting stands on the first page. */
export function whenIs(meeting: MeetingIndexEntry, now: number): 'now' | 'coming' | 'past' {
  switch (meeting.phase) {
    case 'open':
    case 'suspended':
      return 'now';
    case 'interrupted':
      return now - meeting.startsAt < STALE_MS ? 'now' : 'past';
    case 'none':
    case 'created':
    case 'summoned':
      if (now < meeting.startsAt - DOORS_OPEN_MS) return 'coming';
      return now - meeting.startsAt < STALE_MS ? 'now' : 'past';
    case 'closed':
    case 'sealed':
    case 'cancelled':
      return 'past';
  }
}

/** The first page: what is on, what comes, what was; a superior's cells. */
export function homeRoutes(app: FastifyInstance, { db, auth, index, now }: RouteParts): void {
  serveForPerson(app, auth.sessions, 'home', async (_input, personId) => {
    const someone = await person(db, personId);
    if (!someone) return refused('sessionEnded');
    const own = await cellsOfMember(db, personId);
    const relations = await Promise.all(own.map((cell) => relationTo(db, personId, cell.id)));
    const active = own.filter((_cell, at) => relations[at]?.membership?.standing !== 'suspended');
    const below = await cellsOfSuperior(db, personId);

    const at = now();
    const cells = new Map([...below, ...active].map((cell) => [cell.id, cell]));
    const all = await index.ofCells([...cells.keys()]);
    const memberOf = new Set(active.map((cell) => cell.id));
    const mine = all.filter((meeting) => memberOf.has(meeting.cellId));
    const view = (meeting: MeetingIndexEntry, as: 'member' | 'superior'): MeetingView[] => {
      const cell = cells.get(meeting.cellId);
      return cell ? [meetingView(meeting, cell, personId, as)] : [];
    };
    const list = (when: 'now' | 'coming' | 'past') =>
      mine.filter((meeting) => whenIs(meeting, at) === when).flatMap((meeting) => view(meeting, 'member'));

    const superiorOf = below.map((cell) => {
      const meetings = all.filter((meeting) => meeting.cellId === cell.id && !isOver(meeting.phase));
      const first = (when: 'now' | 'coming') =>
        meetings
          .filter((meeting) => whenIs(meeting, at) === when)
          .flatMap((meeting) => view(meeting, 'superior'))[0] ?? null;
      return { ...cell, live: first('now'), next: first('coming') };
    });
    superiorOf.sort((a, b) => superiorRank(a) - superiorRank(b) || a.name.localeCompare(b.name, 'vi'));

    return ok({
      person: { personId, name: someone.name, title: someone.title },
      now: list('now'),
      coming: list('coming'),
      past: list('past').toReversed().slice(0, PAST_MAX),
      summons: active.filter((cell) => {
        const office = relations[own.indexOf(cell)]?.membership?.office;
        return office === 'cellSecretary' || office === 'deputySecretary';
      }),
      superiorOf,
      administers: (await administeredRoots(db, personId)).length > 0 ? 'something' : 'nothing',
    });
  });
}

function superiorRank(cell: {
  readonly live: MeetingView | null;
  readonly next: MeetingView | null;
}): number {
  if (cell.live !== null) return cell.live.phase === 'open' || cell.live.phase === 'suspended' ? 0 : 1;
  return cell.next === null ? 3 : 2;
}

function meetingView(
  meeting: MeetingIndexEntry,
  cell: CellEntry,
  personId: PersonId,
  as: 'member' | 'superior',
): MeetingView {
  return {
    id: meeting.id,
    cellId: cell.id,
    cellName: cell.name,
    organizationName: cell.organizationName,
    kind: meeting.kind,
    title: meeting.title,
    startsAt: meeting.startsAt,
    phase: meeting.phase,
    role: roleIn(meeting, personId, as),
  };
}

function roleIn(
  meeting: MeetingIndexEntry,
  personId: PersonId,
  otherwise: 'member' | 'superior',
): MeetingView['role'] {
  if (meeting.chairId === personId) return 'chair';
  if (meeting.deputyChairId === personId) return 'deputyChair';
  if (meeting.clerkId === personId) return 'clerk';
  return otherwise;
}
