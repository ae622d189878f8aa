import {
  coverageOf,
  coverageOrder,
  dayOf,
  planStates,
  quarterDays,
  quarterOf,
} from '@diemcau/shared/domain/visits.ts';
import type { CellId, PersonId } from '@diemcau/shared/ids.ts';
import type { CellCoverage } from '@diemcau/shared/protocol/http.ts';
import { ok, type Result, refused } from '@diemcau/shared/result.ts';
import type { FastifyInstance } from 'fastify';
import {
  addVisitPlan,
  moveVisitPlan,
  plansFor,
  removeVisitPlan,
  visitPlan,
  visitsTo,
} from '../directory/visit-plans.ts';
import { type VisitScope, visitScope } from '../directory/visit-scope.ts';
import { done } from './administration.ts';
import type { RouteParts } from './parts.ts';
import { serveForPerson } from './serve.ts';

/** Who attends which cell and when, and which cells were visited (SUP3, SUP8): for superiors alone. */
export function visitRoutes(app: FastifyInstance, { db, auth, now }: RouteParts): void {
  const { sessions } = auth;

  serveForPerson(app, sessions, 'visits', async ({ query }, personId) => {
    const scope = await visitScope(db, personId);
    if (scope.cells.length === 0) return refused('notAllowed');
    const today = dayOf(now());
    const quarter = query.quarter ?? quarterOf(today);
    const days = quarterDays(quarter);
    const ids = scope.cells.map(({ id }) => id);
    const plans = Map.groupBy(await plansFor(db, ids, days), ({ cell }) => cell);
    const paid = Map.groupBy(await visitsTo(db, ids, days), ({ cell }) => cell);

    const cells = scope.cells.map((cell): CellCoverage => {
      const planned = plans.get(cell.id) ?? [];
      const visits = (paid.get(cell.id) ?? []).map(({ personId: person, ...visit }) => ({
        ...visit,
        person,
      }));
      const states = planStates(planned, visits, today);
      return {
        cellId: cell.id,
        cellName: cell.name,
        organizationName: cell.organizationName,
        state: coverageOf(quarter, planned, visits, today),
        visits: visits.map(({ person, name, office, birthYear, meetingId, day, how, focused }) => ({
          person: { personId: person, name, office, birthYear },
          meetingId,
          day,
          how,
          minutes: Math.floor(focused / 60_000),
        })),
        plans: planned.map(({ id, person, name, office, birthYear, day }) => ({
          id,
          person: { personId: person, name, office, birthYear },
          day,
          state: states.get(id) ?? 'planned',
          may: scope.plansFor(person, cell.id) ? 'change' : 'read',
        })),
        visitors: scope.visitorsOf(cell.id),
      };
    });
    const rank = ({ state }: CellCoverage) => coverageOrder.indexOf(state);
    const sorted = cells.toSorted((a, b) => rank(a) - rank(b) || a.cellName.localeCompare(b.cellName, 'vi'));
    return ok({ quarter, today, cells: sorted, visitors: scope.visitors });
  });

  serveForPerson(app, sessions, 'planVisit', async ({ body }, personId) => {
    const { cellId, day } = body;
    const may = mayPlan(await visitScope(db, personId), body.personId, cellId);
    if (!may.ok) return may;
    if (day < dayOf(now())) return refused('dayIsPast');
    const added = await addVisitPlan(db, { person: body.personId, cell: cellId, day }, personId);
    return added.ok ? ok({ visitPlanId: added.value }) : added;
  });

  serveForPerson(app, sessions, 'moveVisit', async ({ params: { visitPlanId }, body: { day } }, personId) => {
    const plan = await visitPlan(db, visitPlanId);
    if (!plan) return refused('notAllowed');
    const may = mayPlan(await visitScope(db, personId), plan.person, plan.cell);
    if (!may.ok) return may;
    if (day < dayOf(now())) return refused('dayIsPast');
    return done(await moveVisitPlan(db, visitPlanId, day));
  });

  serveForPerson(app, sessions, 'removeVisit', async ({ params: { visitPlanId } }, personId) => {
    const plan = await visitPlan(db, visitPlanId);
    const may = plan && (await visitScope(db, personId)).plansFor(plan.person, plan.cell);
    if (!may) return refused('notAllowed');
    await removeVisitPlan(db, visitPlanId);
    return ok({});
  });
}

/** A cell out of reach and one that doesn't exist answer alike; a person too. */
function mayPlan(scope: VisitScope, person: PersonId, cell: CellId): Result<null> {
  if (!scope.plansFor(person, cell)) return refused('notAllowed');
  return scope.visitorsOf(cell).includes(person) ? ok(null) : refused('notASuperior');
}
