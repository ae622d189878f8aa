import { dayOf } from '@diemcau/shared/domain/visits.ts';
import type { PersonId } from '@diemcau/shared/ids.ts';
import type { RouteName } from '@diemcau/shared/protocol/http.ts';
import { createCell, createSite } from '../../../server/src/directory/cells.ts';
import { addMember } from '../../../server/src/directory/members.ts';
import { addObservation } from '../../../server/src/directory/observations.ts';
import { createOrganization } from '../../../server/src/directory/organizations.ts';
import { addVisitPlan } from '../../../server/src/directory/visit-plans.ts';
import {
  administers,
  always,
  anyAdministrator,
  asReader,
  type Expectation,
  itsSuperior,
  leads,
  type OpenRoute,
  over,
  persons,
  reads,
  summons,
} from './matrix-rights.ts';
import type { MatrixWorld, Role, Side, Target } from './matrix-world.ts';
import { bare, must } from './village.ts';

/**
 * What is expected of every route that needs a session. What may be done once only is done to something made for it.
 * @param world the server that is asked, once it stands.
 */
export function guardedRoutes(world: () => MatrixWorld): {
  readonly [N in Exclude<RouteName, OpenRoute>]: Expectation;
} {
  let counter = 0;
  const name = () => `Số ${++counter}`;
  const text = { kind: 'proposal', text: 'Kiến nghị riêng' } as const;
  const placeless = (target: Target) => target === 'nowhere';

  async function freshMember({ cellId, personId }: Side, target: Target): Promise<PersonId> {
    return placeless(target)
      ? personId
      : must(await addMember(world().db, cellId, { ...bare, name: name() }));
  }

  /** An observation of the side's superior, not sent. */
  async function freshObservation({ meetingId }: Side, target: Target): Promise<string> {
    if (placeless(target)) return meetingId;
    const personId = target === 'own' ? world().people.superior : world().people.strangeSuperior;
    return addObservation(world().db, {
      meetingId,
      author: { personId, name: 'Trần Thị Cấp Trên', office: '' },
      ...text,
      moment: { seq: 1, hash: 'a'.repeat(64), at: 1, item: null },
      writtenAt: 1,
    });
  }

  const dayAfter = () => dayOf(world().clock.at + 86_400_000 * ++counter);

  async function freshPlan({ cellId }: Side, target: Target): Promise<string> {
    if (placeless(target)) return cellId;
    const person = target === 'own' ? world().people.superior : world().people.strangeSuperior;
    return must(await addVisitPlan(world().db, { person, cell: cellId, day: dayAfter() }, person));
  }

  /** The role's own person, or somebody who isn't. */
  const selfOf = (role: Role, fallback: PersonId): PersonId =>
    (world().people as Partial<Record<Role, PersonId>>)[role] ?? fallback;

  return {
    tryLine: { may: always(persons), ask: () => ({}) },
    home: { may: always(persons), ask: () => ({}) },
    pin: { may: always(persons), ask: () => ({}) },
    setPin: { may: always(persons), ask: () => ({ body: { pin: '1234' } }) },
    // The session that is locked is one made for it.
    lock: {
      may: always(persons),
      ask: async (_side, _target, role) => ({
        body: { slot: 'x' },
        cookies: { diemcau_x: await world().newRefreshToken(role) },
      }),
    },
    administration: { may: anyAdministrator, ask: () => ({}) },
    createOrganization: {
      may: administers,
      ask: ({ organizationId }) => ({
        body: { parentId: organizationId, kind: 'other', name: name(), committeeName: 'X' },
      }),
    },
    updateOrganization: {
      may: administers,
      ask: ({ organizationId }) => ({ params: { organizationId }, body: {} }),
    },
    removeOrganization: {
      may: administers,
      ask: async ({ organizationId }, target) => {
        if (placeless(target)) return { params: { organizationId } };
        const wish = { parentId: organizationId, kind: 'other', name: name(), committeeName: 'X' } as const;
        return { params: { organizationId: must(await createOrganization(world().db, wish)) } };
      },
    },
    createCell: {
      may: administers,
      ask: ({ organizationId }) => ({ body: { organizationId, name: name(), type: 'rural' } }),
    },
    cell: { may: leads, ask: ({ cellId }) => ({ params: { cellId } }) },
    updateCell: { may: administers, ask: ({ cellId }) => ({ params: { cellId }, body: {} }) },
    removeCell: {
      may: administers,
      ask: async ({ organizationId, cellId }, target) => {
        if (placeless(target)) return { params: { cellId } };
        const wish = { organizationId, name: name(), type: 'rural' } as const;
        return { params: { cellId: must(await createCell(world().db, wish)) } };
      },
    },
    createSite: { may: administers, ask: ({ cellId }) => ({ params: { cellId }, body: { name: name() } }) },
    updateSite: {
      may: administers,
      ask: ({ otherSite }) => ({ params: { siteId: otherSite }, body: { name: name() } }),
    },
    removeSite: {
      may: administers,
      ask: async ({ cellId, siteId }, target) => {
        if (placeless(target)) return { params: { siteId } };
        const site = await createSite(world().db, cellId, { name: name(), address: '', isMain: false });
        return { params: { siteId: must(site) } };
      },
    },
    addMember: {
      may: administers,
      ask: ({ cellId }) => ({ params: { cellId }, body: { ...bare, name: name() } }),
    },
    updateMember: {
      may: administers,
      ask: async (side, target) => ({
        params: { cellId: side.cellId, personId: await freshMember(side, target) },
        body: { ...bare, name: name() },
      }),
    },
    removeMember: {
      may: administers,
      ask: async (side, target) => ({
        params: { cellId: side.cellId, personId: await freshMember(side, target) },
      }),
    },
    importMembers: {
      may: administers,
      ask: ({ cellId }) => ({ params: { cellId }, query: { mode: 'preview' } }),
    },
    issueCodes: {
      may: leads,
      ask: ({ cellId, personId }) => ({ params: { cellId }, body: { personIds: [personId] } }),
    },
    assignSuperior: {
      may: administers,
      ask: async (side, target) => ({
        body: { personId: await freshMember(side, target), cellId: side.cellId },
      }),
    },
    endSuperior: { may: administers, ask: ({ personId, cellId }) => ({ body: { personId, cellId } }) },
    appointAdministrator: {
      may: administers,
      ask: async (side, target) => ({
        params: { organizationId: side.organizationId },
        body: { personId: await freshMember(side, target) },
      }),
    },
    absenceStreaks: {
      may: over(['secretary'], ['strangeSecretary']),
      ask: ({ cellId }) => ({ params: { cellId } }),
    },
    createMeeting: {
      may: summons,
      ask: ({ cellId, clerk }) => ({
        body: {
          cellId,
          kind: 'topic',
          title: 'Chuyên đề',
          startsAt: world().clock.at,
          sites: [],
          clerkId: clerk,
        },
      }),
    },
    issueSiteCode: {
      may: over(['chair', 'clerk', 'secretary', 'deputySecretary'], ['strangeSecretary']),
      ask: ({ meetingId, siteId }) => ({ params: { meetingId, siteId }, body: {} }),
    },
    issueMemberCode: {
      may: over([...leads.own, 'siteResponsible'], leads.strange),
      ask: ({ meetingId, personId }) => ({ params: { meetingId }, body: { personId } }),
    },
    observationBoard: { may: always(persons), ask: () => ({}) },
    meetingObservations: {
      may: reads,
      otherwise: asReader,
      ask: ({ meetingId }) => ({ params: { meetingId } }),
    },
    writeObservation: {
      may: over(['superior']),
      otherwise: (role, target) => {
        const said = asReader(role, target);
        return said === 'notJoined' ? 'notAttended' : said;
      },
      ask: ({ meetingId }) => ({
        params: { meetingId },
        body: { ...text, seq: 1, hash: 'a'.repeat(64) },
      }),
    },
    editObservation: {
      may: itsSuperior,
      ask: async (side, target) => ({
        params: { observationId: await freshObservation(side, target) },
        body: text,
      }),
    },
    deleteObservation: {
      may: itsSuperior,
      ask: async (side, target) => ({ params: { observationId: await freshObservation(side, target) } }),
    },
    sendObservations: {
      may: itsSuperior,
      ask: async (side, target) => ({ body: { observationIds: [await freshObservation(side, target)] } }),
    },
    visits: { may: always(['superior', 'superiorUnseen', 'strangeSuperior']), ask: () => ({}) },
    planVisit: {
      may: over(['superior', 'superiorUnseen'], ['strangeSuperior']),
      ask: ({ cellId, personId }, _target, role) => ({
        body: { personId: selfOf(role, personId), cellId, day: dayAfter() },
      }),
    },
    moveVisit: {
      may: itsSuperior,
      ask: async (side, target) => ({
        params: { visitPlanId: await freshPlan(side, target) },
        body: { day: dayAfter() },
      }),
    },
    removeVisit: {
      may: itsSuperior,
      ask: async (side, target) => ({ params: { visitPlanId: await freshPlan(side, target) } }),
    },
    meetingSuperiors: {
      may: over(['chair', 'clerk'], ['strangeSecretary']),
      otherwise: asReader,
      ask: ({ meetingId }) => ({ params: { meetingId } }),
    },
    assignments: { may: anyAdministrator, ask: () => ({}) },
    assignable: { may: anyAdministrator, ask: () => ({ query: { name: 'Trong' } }) },
  };
}
