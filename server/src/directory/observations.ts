import type { ObservationKind } from '@diemcau/shared/domain/observations.ts';
import { type Day, dayOf } from '@diemcau/shared/domain/visits.ts';
import { asId, type MeetingId, type ObservationId, type PersonId } from '@diemcau/shared/ids.ts';
import type { Observation } from '@diemcau/shared/protocol/http.ts';
import { ok, type Result, refused } from '@diemcau/shared/result.ts';
import type { DirectoryDatabase } from './database.ts';
import { inTransaction, unguessable } from './shape.ts';

/** What is written down, at which moment of the meeting's log. */
export interface NewObservation {
  readonly meetingId: MeetingId;
  readonly author: Observation['author'];
  readonly kind: ObservationKind;
  readonly text: string;
  readonly moment: Observation['moment'];
  readonly writtenAt: number;
}

function observations(db: DirectoryDatabase) {
  return db
    .selectFrom('observations')
    .innerJoin('meetings', 'meetings.id', 'observations.meetingId')
    .innerJoin('cells', 'cells.id', 'meetings.cellId')
    .selectAll('observations')
    .select(['meetings.cellId', 'meetings.title', 'cells.name as cellName'])
    .orderBy('observations.writtenAt')
    .orderBy('observations.id');
}

type Row = Awaited<ReturnType<ReturnType<typeof observations>['execute']>>[number];

function viewOf(row: Row): Observation {
  const { authorId, authorName, authorOffice, seq, hash, at, item, ...rest } = row;
  return {
    ...rest,
    author: { personId: authorId, name: authorName, office: authorOffice },
    moment: { seq, hash, at, item },
  };
}

export async function addObservation(db: DirectoryDatabase, wish: NewObservation): Promise<ObservationId> {
  const { author, moment, ...rest } = wish;
  const id = asId<ObservationId>(unguessable());
  await db
    .insertInto('observations')
    .values({
      id,
      ...rest,
      authorId: author.personId,
      authorName: author.name,
      authorOffice: author.office,
      ...moment,
      sentAt: null,
    })
    .execute();
  return id;
}

export async function observationById(
  db: DirectoryDatabase,
  id: ObservationId,
): Promise<Observation | undefined> {
  const row = await observations(db).where('observations.id', '=', id).executeTakeFirst();
  return row && viewOf(row);
}

/** What was sent about a meeting, and the reader's own, sent or not; in the order of writing. */
export async function observationsOfMeeting(
  db: DirectoryDatabase,
  meetingId: MeetingId,
  reader: PersonId,
): Promise<readonly Observation[]> {
  const rows = await observations(db)
    .where('observations.meetingId', '=', meetingId)
    .where((is) =>
      is.or([is('observations.sentAt', 'is not', null), is('observations.authorId', '=', reader)]),
    )
    .execute();
  return rows.map(viewOf);
}

/** Everything that the person has written, by the day of writing; in the order of writing. */
export async function observationsBy(
  db: DirectoryDatabase,
  author: PersonId,
): Promise<ReadonlyMap<Day, readonly Observation[]>> {
  const rows = await observations(db).where('observations.authorId', '=', author).execute();
  return Map.groupBy(rows.map(viewOf), ({ writtenAt }) => dayOf(writtenAt));
}

/** Why nothing was changed: it was sent, or it is another's, which answers as one that isn't there. */
async function whyNot(db: DirectoryDatabase, id: ObservationId, author: PersonId): Promise<Result<null>> {
  const row = await db
    .selectFrom('observations')
    .where('id', '=', id)
    .where('authorId', '=', author)
    .select('sentAt')
    .executeTakeFirst();
  return refused(row ? 'alreadySent' : 'notAllowed');
}

/** SUP2: edited by its author until it is sent. One statement looks and writes, so that sending can't come between. */
export async function editObservation(
  db: DirectoryDatabase,
  id: ObservationId,
  author: PersonId,
  change: Pick<NewObservation, 'kind' | 'text'>,
): Promise<Result<null>> {
  const { numUpdatedRows } = await db
    .updateTable('observations')
    .set(change)
    .where('id', '=', id)
    .where('authorId', '=', author)
    .where('sentAt', 'is', null)
    .executeTakeFirstOrThrow();
  return numUpdatedRows === 0n ? whyNot(db, id, author) : ok(null);
}

export async function deleteObservation(
  db: DirectoryDatabase,
  id: ObservationId,
  author: PersonId,
): Promise<Result<null>> {
  const { numDeletedRows } = await db
    .deleteFrom('observations')
    .where('id', '=', id)
    .where('authorId', '=', author)
    .where('sentAt', 'is', null)
    .executeTakeFirstOrThrow();
  return numDeletedRows === 0n ? whyNot(db, id, author) : ok(null);
}

/** Sends all or none; one that was sent before stays as it was. @returns how many were sent now. */
export async function sendObservations(
  db: DirectoryDatabase,
  ids: readonly ObservationId[],
  author: PersonId,
  at: number,
): Promise<Result<number>> {
  return inTransaction(db, async (within) => {
    const own = await within
      .selectFrom('observations')
      .where('id', 'in', ids)
      .where('authorId', '=', author)
      .select('id')
      .execute();
    if (own.length < new Set(ids).size) return refused('notAllowed');
    const { numUpdatedRows } = await within
      .updateTable('observations')
      .set({ sentAt: at })
      .where('id', 'in', ids)
      .where('sentAt', 'is', null)
      .executeTakeFirstOrThrow();
    return ok(Number(numUpdatedRows));
  });
}
