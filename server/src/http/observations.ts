import type { MeetingState } from '@diemcau/shared/domain/state.ts';
import type { MeetingId, PersonId } from '@diemcau/shared/ids.ts';
import { ok, type Result, refused } from '@diemcau/shared/result.ts';
import type { FastifyInstance } from 'fastify';
import {
  addObservation,
  deleteObservation,
  editObservation,
  observationById,
  observationsBy,
  observationsOfMeeting,
  sendObservations,
} from '../directory/observations.ts';
import { isSuperiorOf } from '../directory/rights.ts';
import { momentOf } from '../meeting/moment.ts';
import { done } from './administration.ts';
import { type MeetingReader, readerOf } from './meeting-reader.ts';
import type { RouteParts } from './parts.ts';
import { serveForPerson } from './serve.ts';

/** Somebody who types and sends, not a flood. */
const rateLimit = { max: 120, timeWindow: 60_000 };

/** What superiors note of meetings (SUP2): private until sent, then part of the cell's record. */
export function observationRoutes(app: FastifyInstance, parts: RouteParts): void {
  const { db, auth, records, now } = parts;
  const { sessions } = auth;

  serveForPerson(app, sessions, 'observationBoard', async ({ query }, personId) => {
    const byDay = await observationsBy(db, personId);
    const days = [...byDay.keys()].sort().toReversed();
    const day = query.day ?? days[0] ?? null;
    return ok({ day, days, observations: (day === null ? undefined : byDay.get(day)) ?? [] });
  });

  serveForPerson(app, sessions, 'meetingObservations', async ({ params: { meetingId } }, personId) => {
    const reader = await readerOf(parts, meetingId, personId);
    if (!reader.ok) return reader;
    const observations = await observationsOfMeeting(db, meetingId, personId);
    const may = mayWrite(reader.value, personId);
    return ok({ observations, mayWrite: may.ok ? 'yes' : 'no' });
  });

  serveForPerson(
    app,
    sessions,
    'writeObservation',
    async ({ params: { meetingId }, body }, personId) => {
      const author = await authorOf(parts, meetingId, personId);
      if (!author.ok) return author;
      const { state, name, office } = author.value;
      const moment = await momentOf(records.log, meetingId, body, state);
      if (!moment) return refused('momentUnknown');
      const id = await addObservation(db, {
        meetingId,
        author: { personId, name, office },
        kind: body.kind,
        text: body.text,
        moment,
        writtenAt: now(),
      });
      const written = await observationById(db, id);
      return written ? ok(written) : refused('internal');
    },
    { rateLimit },
  );

  serveForPerson(app, sessions, 'editObservation', async ({ params, body }, personId) =>
    done(await editObservation(db, params.observationId, personId, body)),
  );

  serveForPerson(app, sessions, 'deleteObservation', async ({ params }, personId) =>
    done(await deleteObservation(db, params.observationId, personId)),
  );

  serveForPerson(
    app,
    sessions,
    'sendObservations',
    async ({ body: { observationIds } }, personId) => {
      for (const id of observationIds) {
        const observation = await observationById(db, id);
        // An assignment that ended speaks to the cell no more.
        if (!observation || !(await isSuperiorOf(db, personId, observation.cellId)))
          return refused('notAllowed');
      }
      const sent = await sendObservations(db, observationIds, personId, now());
      return sent.ok ? ok({ sent: sent.value }) : sent;
    },
    { rateLimit },
  );
}

interface Author {
  readonly state: MeetingState;
  readonly name: string;
  readonly office: string;
}

/** SUP2, SUP9: who may write, checked in the order: the meeting is theirs, they are no member of it, they attended. */
async function authorOf(
  parts: RouteParts,
  meetingId: MeetingId,
  personId: PersonId,
): Promise<Result<Author>> {
  const reader = await readerOf(parts, meetingId, personId);
  if (!reader.ok) {
    // A superior who doesn't attend yet is told so in the words of what they want to do.
    return reader.refusal.code === 'notJoined' ? refused('notAttended') : reader;
  }
  const { state, actor } = reader.value;
  if (actor.kind === 'person') {
    const cellId = state.facts?.cellId;
    const superior = cellId !== undefined && (await isSuperiorOf(parts.db, personId, cellId));
    return refused(superior ? 'onOwnRoll' : 'notAllowed');
  }
  const may = mayWrite(reader.value, personId);
  return may.ok ? ok({ state, name: actor.name, office: actor.office }) : may;
}

function mayWrite({ state, actor }: MeetingReader, personId: PersonId): Result<null> {
  if (actor.kind !== 'superior') return refused('notAllowed');
  const attended =
    state.superiors[personId] !== undefined ||
    state.superiorsBefore.some(({ person }) => person === personId) ||
    Object.values(state.onSiteSuperiors).some(({ person }) => person === personId);
  return attended ? ok(null) : refused('notAttended');
}
