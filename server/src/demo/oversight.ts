import type { ObservationKind } from '@diemcau/shared/domain/observations.ts';
import { dayOf } from '@diemcau/shared/domain/visits.ts';
import type { CellId, PersonId } from '@diemcau/shared/ids.ts';
import { createAttendanceOutcomes } from '../directory/attendance-outcomes.ts';
import type { DirectoryDatabase } from '../directory/database.ts';
import type { MeetingIndex } from '../directory/meeting-index.ts';
import { addObservation, sendObservations } from '../directory/observations.ts';
import { person } from '../directory/people.ts';
import { addVisitPlan } from '../directory/visit-plans.ts';
import { createVisits } from '../directory/visits.ts';
import type { EventLog } from '../meeting/log/event-log.ts';
import { momentOf } from '../meeting/moment.ts';
import type { RoomLog } from '../meeting/ports.ts';
import { type HeldMeeting, holdPastMeeting } from './past-meeting.ts';

const DAY = 24 * 3_600_000;

interface Parts {
  readonly db: DirectoryDatabase;
  readonly index: MeetingIndex;
  readonly log: EventLog;
  readonly roomLog: RoomLog;
  readonly now: () => number;
}

/** Cells of which the deputy secretary of the commune visited one, and is to visit others. */
const visited = 'Chi bộ Trường THCS Hòa Sơn';
const plans: readonly (readonly [cell: string, inDays: number])[] = [
  ['Chi bộ thôn Bản Chang', -6],
  ['Chi bộ Quân sự xã Hòa Sơn', 5],
];

/** What was noted of the past meeting; what wasn't sent is the superior's alone. */
const notes: readonly (readonly [ObservationKind, item: number, text: string, 'sent' | 'private'])[] = [
  ['goodPractice', 3, 'Điểm danh, giới thiệu đại biểu gọn; cả chi bộ vào việc đúng giờ.', 'sent'],
  ['shortcoming', 8, 'Thảo luận tập trung ở chi ủy, đảng viên trẻ ít phát biểu.', 'sent'],
  ['proposal', 9, 'Đề nghị Đảng ủy xã hỗ trợ đường truyền cho Điểm trường Lũng Vài.', 'private'],
];

/**
 * Visits that were paid and are planned, and observations, so that a superior's pages show what they are for. Does nothing
 * where the past meeting stands, so a second start changes nothing.
 */
export async function rememberOversight(parts: Parts): Promise<void> {
  const { db, index, log, now } = parts;
  const superior = await superiorOver(db, 'Đảng bộ xã Hòa Sơn');
  const cellId = await cellNamed(db, visited);
  if (superior === null || cellId === null) return;
  if ((await index.ofCells([cellId])).some(({ startsAt }) => startsAt < now() - 5 * DAY)) return;

  // Half past seven in the evening in Vietnam, as the cell's meetings are.
  const startsAt = Math.floor((now() - 16 * DAY) / DAY) * DAY + 12.5 * 3_600_000;
  const { name, title: office } = superior;
  const held = await holdPastMeeting(parts, {
    cellId,
    title: 'Sinh hoạt thường kỳ, kỳ trước',
    startsAt,
    superior: { person: superior.id, name, office },
  });
  if (held) {
    await createVisits(db).record(held.state);
    await createAttendanceOutcomes(db).record(held.state);
    await writeNotes(db, log, held, { personId: superior.id, name, office });
  }
  for (const [cell, inDays] of plans) {
    const planned = await cellNamed(db, cell);
    if (planned === null) continue;
    const day = dayOf(now() + inDays * DAY);
    await addVisitPlan(db, { person: superior.id, cell: planned, day }, superior.id);
  }
}

async function writeNotes(
  db: DirectoryDatabase,
  log: EventLog,
  { state, moments }: HeldMeeting,
  author: { readonly personId: PersonId; readonly name: string; readonly office: string },
): Promise<void> {
  const meetingId = state.facts?.meetingId;
  if (!meetingId) return;
  for (const [kind, item, text, fate] of notes) {
    const head = moments[item];
    const moment = head && (await momentOf(log, meetingId, head, state));
    if (!moment) continue;
    const id = await addObservation(db, { meetingId, author, kind, text, moment, writtenAt: moment.at });
    if (fate === 'sent') await sendObservations(db, [id], author.personId, state.endedAt ?? moment.at);
  }
}

async function cellNamed(db: DirectoryDatabase, name: string): Promise<CellId | null> {
  const row = await db.selectFrom('cells').where('name', '=', name).select('id').executeTakeFirst();
  return row?.id ?? null;
}

/** Who is assigned over the organization itself. */
async function superiorOver(db: DirectoryDatabase, organization: string) {
  const row = await db
    .selectFrom('superiorAssignments')
    .innerJoin('organizations', 'organizations.id', 'superiorAssignments.organizationId')
    .where('organizations.name', '=', organization)
    .select('superiorAssignments.personId')
    .executeTakeFirst();
  return row ? ((await person(db, row.personId)) ?? null) : null;
}
