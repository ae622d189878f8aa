import type { MeetingKind } from '@diemcau/shared/domain/roster.ts';
import type { MeetingPhase } from '@diemcau/shared/domain/state.ts';
import type { CellId, MeetingId, PersonId } from '@diemcau/shared/ids.ts';
import type { DirectoryDatabase } from './database.ts';

/** A meeting as lists show it: a projection of its log, never asked about a rule. */
export interface MeetingIndexEntry {
  readonly id: MeetingId;
  readonly cellId: CellId;
  readonly kind: MeetingKind;
  readonly title: string;
  /** Milliseconds since 1970. */
  readonly startsAt: number;
  readonly phase: MeetingPhase;
  readonly chairId: PersonId | null;
  readonly deputyChairId: PersonId | null;
  readonly clerkId: PersonId | null;
}

/** Where the owner of a meeting notes what lists need to know of it. */
export interface MeetingIndex {
  /** Writes the entry, replacing what was known; the same entry again changes nothing. */
  upsert(entry: MeetingIndexEntry): Promise<void>;
  get(id: MeetingId): Promise<MeetingIndexEntry | undefined>;
  /** The meetings of the given cells, soonest first. */
  ofCells(cellIds: readonly CellId[]): Promise<readonly MeetingIndexEntry[]>;
  /** Every meeting that is neither over nor cancelled: what a starting server reads first. */
  unfinished(): Promise<readonly MeetingIndexEntry[]>;
}

const finished: readonly MeetingPhase[] = ['closed', 'sealed', 'cancelled'];

/** @returns whether nothing more happens in a meeting of this phase. */
export function isOver(phase: MeetingPhase): boolean {
  return finished.includes(phase);
}

/** The index on the directory's own database. */
export function createMeetingIndex(db: DirectoryDatabase): MeetingIndex {
  return {
    async upsert(entry) {
      const { id, ...rest } = entry;
      await db
        .insertInto('meetings')
        .values({ id, ...rest })
        .onConflict((conflict) => conflict.column('id').doUpdateSet(rest))
        .execute();
    },
    get: (id) => db.selectFrom('meetings').where('id', '=', id).selectAll().executeTakeFirst(),
    async ofCells(cellIds) {
      if (cellIds.length === 0) return [];
      return db
        .selectFrom('meetings')
        .where('cellId', 'in', cellIds)
        .selectAll()
        .orderBy('startsAt')
        .execute();
    },
    unfinished: () =>
      db.selectFrom('meetings').where('phase', 'not in', finished).selectAll().orderBy('startsAt').execute(),
  };
}
