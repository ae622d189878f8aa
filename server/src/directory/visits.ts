import type { MeetingState } from '@diemcau/shared/domain/state.ts';
import { dayOf, visitsOf } from '@diemcau/shared/domain/visits.ts';
import type { MeetingId } from '@diemcau/shared/ids.ts';
import type { DirectoryDatabase } from './database.ts';
import { inTransaction } from './shape.ts';

/** Raised when visits are counted otherwise: every log is then read anew. */
const foldVersion = 1;

const endedPhases = ['closed', 'sealed', 'interrupted'] as const;

/** Which superiors visited which meeting (SUP8): a projection of the logs of meetings that ended, made anew from them. */
export interface Visits {
  /** Notes a meeting that ended; again replaces what was noted. */
  record(state: MeetingState): Promise<void>;
  /** Meetings that ended of which nothing is noted, or by an older way of counting. */
  missing(): Promise<readonly MeetingId[]>;
}

/** @returns whether the meeting has ended, so that its visits can be counted; one that is resumed is counted again. */
export function hasEnded({ phase }: MeetingState): boolean {
  return phase === 'closed' || phase === 'sealed' || phase === 'interrupted';
}

export function createVisits(db: DirectoryDatabase): Visits {
  return {
    async record(state) {
      const { facts } = state;
      if (!facts || !hasEnded(state)) return;
      const { meetingId } = facts;
      const day = dayOf(state.openedAt ?? facts.startsAt);
      const rows = visitsOf(state, state.at).map(({ person, ...visit }) => ({
        meetingId,
        personId: person,
        day,
        ...visit,
      }));
      const fold = { version: foldVersion, phase: state.phase };
      await inTransaction(db, async (within) => {
        await within.deleteFrom('visits').where('meetingId', '=', meetingId).execute();
        if (rows.length > 0) await within.insertInto('visits').values(rows).execute();
        await within
          .insertInto('visitFolds')
          .values({ meetingId, ...fold })
          .onConflict((conflict) => conflict.column('meetingId').doUpdateSet(fold))
          .execute();
      });
    },

    async missing() {
      const rows = await db
        .selectFrom('meetings')
        .leftJoin('visitFolds', 'visitFolds.meetingId', 'meetings.id')
        .where('meetings.phase', 'in', endedPhases)
        .where((is) =>
          is.or([
            is('visitFolds.version', 'is', null),
            is('visitFolds.version', '!=', foldVersion),
            // Went on after it had been counted, and ended while nobody listened.
            is.and([is('visitFolds.phase', '=', 'interrupted'), is('meetings.phase', '!=', 'interrupted')]),
          ]),
        )
        .select('meetings.id')
        .execute();
      return rows.map((row) => row.id);
    },
  };
}
