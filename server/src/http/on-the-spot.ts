import { isExcluded } from '@diemcau/shared/domain/presence.ts';
import type { MeetingState } from '@diemcau/shared/domain/state.ts';
import type { PersonId } from '@diemcau/shared/ids.ts';
import { ok, refused } from '@diemcau/shared/result.ts';
import type { FastifyInstance } from 'fastify';
import type { DirectoryDatabase } from '../directory/database.ts';
import { person } from '../directory/people.ts';
import { cellRights, mayIssueCodeFor } from './guards.ts';
import type { RouteParts } from './parts.ts';
import { serveForPerson } from './serve.ts';

const HOUR = 3_600_000;
/** Time enough to find the letters on the keyboard; nobody takes such a code home. */
const validFor = 2 * HOUR;
/** A summoned meeting's sites are being made ready so long before its hour. */
const before = 2 * HOUR;

/** A code for who forgot the password at 19:30 (ID1). */
export function onTheSpotRoutes(app: FastifyInstance, { db, auth, records, now }: RouteParts): void {
  serveForPerson(
    app,
    auth.sessions,
    'issueMemberCode',
    async ({ params, body }, issuerId) => {
      const state = (await records.registry.read(params.meetingId))?.state;
      if (!state?.facts || !isOn(state, now())) return refused('notAllowed');
      const entry = state.roll[body.personId];
      const heads = (await cellRights(db, issuerId, state.facts.cellId)).includes('issueCodes');
      const helps = answersForSite(state, issuerId) && (await isPlainMember(db, state, body.personId));
      // A guest of the cell keeps the account with the home cell.
      if (!entry || isExcluded(entry) || entry.standing === 'temporaryIn') return refused('notAllowed');
      if (!(heads || helps) || !(await mayIssueCodeFor(db, issuerId, body.personId)))
        return refused('notAllowed');
      const someone = await person(db, body.personId);
      if (!someone) return refused('notAllowed');
      const { code, expiresAt } = await auth.codes.issue(
        { purpose: 'account', personId: someone.id },
        validFor,
      );
      const { name, birthYear } = someone;
      return ok({ personId: someone.id, name, birthYear, partyGroup: entry.group, code, expiresAt });
    },
    { rateLimit: { max: 30, timeWindow: 60_000 } },
  );
}

function isOn({ phase, facts }: MeetingState, at: number): boolean {
  if (phase === 'open' || phase === 'suspended') return true;
  return phase === 'summoned' && facts !== null && at >= facts.startsAt - before;
}

function answersForSite(state: MeetingState, personId: PersonId): boolean {
  const entry = state.roll[personId];
  if (!entry || isExcluded(entry)) return false;
  return Object.values(state.sites).some(
    ({ responsible, terminal }) => responsible === personId || terminal?.responsible === personId,
  );
}

/** Who answers for a site would otherwise take the secretary's account into their own hands. */
async function isPlainMember(
  db: DirectoryDatabase,
  { officers }: MeetingState,
  personId: PersonId,
): Promise<boolean> {
  if (officers && [officers.chair, officers.deputyChair, officers.clerk].includes(personId)) return false;
  const office = await db
    .selectFrom('memberships')
    .where('personId', '=', personId)
    .where('office', 'is not', null)
    .select('office')
    .executeTakeFirst();
  return office === undefined;
}
