import type { CellId } from '@diemcau/shared/ids.ts';
import { ok, refused } from '@diemcau/shared/result.ts';
import type { FastifyInstance } from 'fastify';
import { cellEntry, cellOfSite } from '../directory/cells.ts';
import type { DirectoryDatabase } from '../directory/database.ts';
import { isOver, type MeetingIndex } from '../directory/meeting-index.ts';
import { roster } from '../directory/members.ts';
import { person } from '../directory/people.ts';
import { type DeferredItem, programme, withCarriedOver } from '../directory/programmes.ts';
import { relationTo } from '../directory/rights.ts';
import { summoningMaterial } from '../directory/summoning.ts';
import { cellRights } from './guards.ts';
import type { RouteParts, SiteCodePermission } from './parts.ts';
import { serveForPerson } from './serve.ts';

/** Meetings of one cell that are not over: each is held in memory. Eight years of one a month (SEC11). */
const comingLimit = 100;

/** Creating and summoning a meeting (MEET2), and the codes of its sites (SITE3). */
export function meetingRoutes(app: FastifyInstance, parts: RouteParts): void {
  const { db, auth, meetings, index } = parts;

  serveForPerson(app, auth.sessions, 'createMeeting', async ({ body }, personId) => {
    const may = await cellRights(db, personId, body.cellId);
    if (!may.includes('summon')) return refused('notAllowed');
    const siteIds = new Set(body.sites.map((site) => site.siteId));
    if (siteIds.size !== body.sites.length) return refused('malformed', { field: 'sites' });
    const wish = { ...body, chairId: body.chairId ?? personId };
    const cell = await cellEntry(db, body.cellId);
    if (!cell) return refused('notFound');
    const coming = (await index.ofCells([body.cellId])).filter(({ phase }) => !isOver(phase));
    if (coming.length >= comingLimit) return refused('tooMany', { number: comingLimit });
    const agenda = withCarriedOver(programme(body.kind, cell.type), await deferredIn(parts, body.cellId));
    const material = await summoningMaterial(db, wish, agenda);
    if (!material.ok) return material;
    const { facts, officers } = material.value;
    const created = await meetings.create(material.value, personId);
    if (!created.ok) return created;
    // The meeting's owner projects every later change; the list must know it before the answer does.
    if (!(await index.get(facts.meetingId))) {
      await index.upsert({
        id: facts.meetingId,
        cellId: facts.cellId,
        kind: facts.kind,
        title: facts.title,
        startsAt: facts.startsAt,
        phase: 'summoned',
        chairId: officers.chair,
        deputyChairId: officers.deputyChair,
        clerkId: officers.clerk,
      });
    }
    return ok({ meetingId: facts.meetingId });
  });

  serveForPerson(
    app,
    auth.sessions,
    'issueSiteCode',
    async ({ params, body }, personId) => {
      const permission = await parts.siteCodePermission(personId, params.meetingId, params.siteId);
      if (!permission.ok) return permission;
      const meeting = await index.get(params.meetingId);
      if (!meeting || isOver(meeting.phase)) return refused('meetingOver');
      const responsibleId = body.responsibleId ?? permission.value.responsibleId;
      const member = (await roster(db, meeting.cellId)).find((entry) => entry.personId === responsibleId);
      if (!member || member.standing === 'suspended') return refused('officeHolderUnknown');
      const { code, expiresAt } = await auth.codes.issue({
        purpose: 'siteTerminal',
        meetingId: params.meetingId,
        siteId: params.siteId,
        responsibleId,
      });
      const responsible = await person(db, responsibleId);
      return ok({ code, expiresAt, responsibleName: responsible?.name ?? '' });
    },
    { rateLimit: { max: 60, timeWindow: 60_000 } },
  );
}

/** What the cell's last meeting that was held to its end put off (AGD1). */
async function deferredIn({ index, records }: RouteParts, cellId: CellId): Promise<readonly DeferredItem[]> {
  const held = (await index.ofCells([cellId])).filter(
    ({ phase }) => phase === 'closed' || phase === 'sealed',
  );
  const last = held.at(-1);
  const room = last ? await records.registry.read(last.id) : null;
  const deferred = room?.state.agenda.filter(({ state }) => state === 'deferred') ?? [];
  return deferred.map(({ title, kind, presenter, minutes, draftDecision, inPersonOnly, papers }) => ({
    title,
    kind,
    presenter,
    minutes,
    draftDecision,
    inPersonOnly,
    papers,
  }));
}

/**
 * Who may open a site: chair, deputy chair and clerk of the meeting, and the secretaries of its cell. The terminal stands
 * under whom it is issued by, unless somebody else is named.
 */
export function siteCodePermission(db: DirectoryDatabase, index: MeetingIndex): SiteCodePermission {
  return async (personId, meetingId, siteId) => {
    const meeting = await index.get(meetingId);
    if (!meeting) return refused('notAllowed');
    const officer = [meeting.chairId, meeting.deputyChairId, meeting.clerkId].includes(personId);
    const { membership } = await relationTo(db, personId, meeting.cellId);
    const heads = membership?.office === 'cellSecretary' || membership?.office === 'deputySecretary';
    if (membership?.standing === 'suspended' || !(officer || heads)) return refused('notAllowed');
    if ((await cellOfSite(db, siteId)) !== meeting.cellId) return refused('siteUnknown');
    return ok({ responsibleId: personId });
  };
}
