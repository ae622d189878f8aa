import { attendanceOf, isSummoned } from '@diemcau/shared/domain/presence.ts';
import type { RollEntry } from '@diemcau/shared/domain/roster.ts';
import type { MeetingState } from '@diemcau/shared/domain/state.ts';
import type { PastMeeting } from '@diemcau/shared/domain/streaks.ts';
import type { CellId, MeetingId, PersonId } from '@diemcau/shared/ids.ts';
import type { DirectoryDatabase } from './database.ts';

/** How past meetings went for each member: a projection of their logs, made at closing and anew from the log (ATT6). */
export interface AttendanceOutcomes {
  /** Notes a meeting that is closed; again changes nothing. */
  record(state: MeetingState): Promise<void>;
  /** Past meetings of the cell by person. */
  ofCell(cellId: CellId): Promise<ReadonlyMap<PersonId, readonly PastMeeting[]>>;
  /** Closed meetings of which nothing is noted. */
  missing(): Promise<readonly MeetingId[]>;
}

const closedPhases = ['closed', 'sealed'] as const;

/** @returns whether the meeting was held to its end, so that nobody's attendance changes any more. */
export function isClosed({ phase }: MeetingState): boolean {
  return phase === 'closed' || phase === 'sealed';
}

/** @returns null for who was not summoned: transferred, suspended, exempt and not there. */
function outcomeOf(state: MeetingState, entry: RollEntry): PastMeeting['outcome'] | null {
  const { mode } = attendanceOf(state, entry.person).presence;
  switch (mode) {
    case 'absentExcused':
    case 'absentUnexcused':
      return isSummoned(state, entry) ? mode : null;
    case 'expected':
      return isSummoned(state, entry) ? 'absentUnexcused' : null;
    case 'left':
      return 'present';
    default:
      return isSummoned(state, entry) ? 'present' : null;
  }
}

export function createAttendanceOutcomes(db: DirectoryDatabase): AttendanceOutcomes {
  return {
    async record(state) {
      const { facts, roll } = state;
      if (!facts || !isClosed(state)) return;
      const { meetingId } = facts;
      const at = state.openedAt ?? facts.startsAt;
      const rows = Object.values(roll).flatMap((entry) => {
        const outcome = outcomeOf(state, entry);
        return outcome === null ? [] : [{ meetingId, personId: entry.person, at, outcome }];
      });
      if (rows.length === 0) return;
      await db
        .insertInto('attendanceOutcomes')
        .values(rows)
        .onConflict((conflict) =>
          conflict
            .columns(['meetingId', 'personId'])
            .doUpdateSet(({ ref }) => ({ at: ref('excluded.at'), outcome: ref('excluded.outcome') })),
        )
        .execute();
    },

    async ofCell(cellId) {
      const rows = await db
        .selectFrom('attendanceOutcomes')
        .innerJoin('meetings', 'meetings.id', 'attendanceOutcomes.meetingId')
        .where('meetings.cellId', '=', cellId)
        .select(['personId', 'at', 'outcome'])
        .execute();
      return Map.groupBy(rows, (row) => row.personId);
    },

    async missing() {
      const rows = await db
        .selectFrom('meetings')
        .leftJoin('attendanceOutcomes', 'attendanceOutcomes.meetingId', 'meetings.id')
        .where('meetings.phase', 'in', closedPhases)
        .where('attendanceOutcomes.meetingId', 'is', null)
        .select('meetings.id')
        .execute();
      return rows.map((row) => row.id);
    },
  };
}
