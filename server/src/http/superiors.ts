import { isOfficer } from '@diemcau/shared/domain/officers.ts';
import { ok, refused } from '@diemcau/shared/result.ts';
import type { FastifyInstance } from 'fastify';
import {
  administeredSubtree,
  assignablePeople,
  assignmentsWithin,
  superiorsOfCell,
} from '../directory/assignments.ts';
import { cellEntry } from '../directory/cells.ts';
import { readerOf } from './meeting-reader.ts';
import type { RouteParts } from './parts.ts';
import { serveForPerson } from './serve.ts';

/** Who is a superior of what: for administrators of the subtree, and for the officers of a meeting (SUP1, SUP9). */
export function superiorRoutes(app: FastifyInstance, parts: RouteParts): void {
  const { db, auth } = parts;

  serveForPerson(app, auth.sessions, 'assignments', async (_input, personId) => {
    const part = await administeredSubtree(db, personId);
    return part ? ok({ assignments: await assignmentsWithin(db, part) }) : refused('notAllowed');
  });

  serveForPerson(
    app,
    auth.sessions,
    'assignable',
    async ({ query }, personId) => {
      const part = await administeredSubtree(db, personId);
      return part ? ok({ people: await assignablePeople(db, part, query.name) }) : refused('notAllowed');
    },
    { rateLimit: { max: 240, timeWindow: 60_000 } },
  );

  serveForPerson(app, auth.sessions, 'meetingSuperiors', async ({ params: { meetingId } }, personId) => {
    const reader = await readerOf(parts, meetingId, personId);
    if (!reader.ok) return reader;
    const { state, actor } = reader.value;
    if (actor.kind !== 'person' || !isOfficer(state, personId) || !state.facts) return refused('notAllowed');
    const cell = await cellEntry(db, state.facts.cellId);
    return ok({ superiors: cell ? await superiorsOfCell(db, cell.id, cell.organizationId) : [] });
  });
}
