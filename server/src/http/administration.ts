import { ok, type Result, refused } from '@diemcau/shared/result.ts';
import type { FastifyInstance } from 'fastify';
import {
  cellOfSite,
  cellsOfOrganizations,
  createCell,
  createSite,
  removeCell,
  removeSite,
  updateCell,
  updateSite,
} from '../directory/cells.ts';
import {
  createOrganization,
  type OrganizationSettings,
  removeOrganization,
  subtree,
  updateOrganization,
} from '../directory/organizations.ts';
import { setTitle } from '../directory/people.ts';
import {
  administeredRoots,
  appointAdministrator,
  assignSuperior,
  endAssignment,
} from '../directory/rights.ts';
import { withoutGaps } from '../directory/shape.ts';
import { administering, isAssignedWithin, withinReach } from './guards.ts';
import type { RouteParts } from './parts.ts';
import { serveForPerson } from './serve.ts';

/** An answer that carries nothing but its success. */
export function done(result: Result<unknown>): Result<Record<never, never>> {
  return result.ok ? ok({}) : result;
}

/** The tree of organizations, cells and sites, within the subtree that one administers. */
export function administrationRoutes(app: FastifyInstance, { db, auth }: RouteParts): void {
  const { sessions } = auth;

  serveForPerson(app, sessions, 'administration', async (_input, personId) => {
    const organizations = await subtree(db, await administeredRoots(db, personId));
    if (organizations.length === 0) return refused('notAllowed');
    const cells = await cellsOfOrganizations(
      db,
      organizations.map((entry) => entry.id),
    );
    return ok({ organizations, cells });
  });

  serveForPerson(app, sessions, 'createOrganization', async ({ body }, personId) => {
    const allowed = await administering(db, personId, { organizationId: body.parentId });
    if (!allowed.ok) return allowed;
    const settings: Partial<OrganizationSettings> = withoutGaps(body.settings ?? {});
    const created = await createOrganization(db, { ...body, settings });
    return created.ok ? ok({ organizationId: created.value }) : created;
  });

  serveForPerson(app, sessions, 'updateOrganization', async ({ params, body }, personId) => {
    const allowed = await administering(db, personId, params);
    if (!allowed.ok) return allowed;
    const { settings, ...rest } = body;
    const change = { ...withoutGaps(rest), ...(settings ? { settings: withoutGaps(settings) } : {}) };
    return done(await updateOrganization(db, params.organizationId, change));
  });

  serveForPerson(app, sessions, 'removeOrganization', async ({ params }, personId) => {
    const allowed = await administering(db, personId, params);
    if (!allowed.ok) return allowed;
    // One's own root carries one's own right: removing it would leave nobody to put it back.
    if ((await administeredRoots(db, personId)).includes(params.organizationId)) return refused('notAllowed');
    return done(await removeOrganization(db, params.organizationId));
  });

  serveForPerson(app, sessions, 'createCell', async ({ body }, personId) => {
    const allowed = await administering(db, personId, body);
    if (!allowed.ok) return allowed;
    const created = await createCell(db, body);
    return created.ok ? ok({ cellId: created.value }) : created;
  });

  serveForPerson(app, sessions, 'updateCell', async ({ params, body }, personId) => {
    const allowed = await administering(db, personId, params);
    return allowed.ok ? done(await updateCell(db, params.cellId, body)) : allowed;
  });

  serveForPerson(app, sessions, 'removeCell', async ({ params }, personId) => {
    const allowed = await administering(db, personId, params);
    return allowed.ok ? done(await removeCell(db, params.cellId)) : allowed;
  });

  serveForPerson(app, sessions, 'createSite', async ({ params, body }, personId) => {
    const allowed = await administering(db, personId, params);
    if (!allowed.ok) return allowed;
    const created = await createSite(db, params.cellId, body);
    return created.ok ? ok({ siteId: created.value }) : created;
  });

  serveForPerson(app, sessions, 'updateSite', async ({ params, body }, personId) => {
    const cellId = await cellOfSite(db, params.siteId);
    if (cellId === undefined) return refused('notAllowed');
    const allowed = await administering(db, personId, { cellId });
    return allowed.ok ? done(await updateSite(db, params.siteId, body)) : allowed;
  });

  serveForPerson(app, sessions, 'removeSite', async ({ params }, personId) => {
    const cellId = await cellOfSite(db, params.siteId);
    if (cellId === undefined) return refused('notAllowed');
    const allowed = await administering(db, personId, { cellId });
    return allowed.ok ? done(await removeSite(db, params.siteId)) : allowed;
  });

  serveForPerson(app, sessions, 'assignSuperior', async ({ body }, personId) => {
    const allowed = await administering(db, personId, body);
    if (!allowed.ok) return allowed;
    const own = await withinReach(db, personId, body.personId);
    // Who is assigned below already may be assigned again, but their office is written by who has them on a roll.
    const may = own || (body.title === undefined && (await isAssignedWithin(db, personId, body.personId)));
    if (!may) return refused('notAllowed');
    const subject = 'cellId' in body ? { cellId: body.cellId } : { organizationId: body.organizationId };
    const assigned = await assignSuperior(db, body.personId, subject);
    if (assigned.ok && body.title !== undefined) await setTitle(db, body.personId, body.title);
    return done(assigned);
  });

  serveForPerson(app, sessions, 'endSuperior', async ({ body }, personId) => {
    const allowed = await administering(db, personId, body);
    if (!allowed.ok) return allowed;
    const subject = 'cellId' in body ? { cellId: body.cellId } : { organizationId: body.organizationId };
    const ended = await endAssignment(db, body.personId, subject);
    return done(ended);
  });

  serveForPerson(app, sessions, 'appointAdministrator', async ({ params, body }, personId) => {
    const allowed = await administering(db, personId, params);
    if (!allowed.ok) return allowed;
    if (!(await withinReach(db, personId, body.personId))) return refused('notAllowed');
    return done(await appointAdministrator(db, body.personId, params.organizationId));
  });
}
