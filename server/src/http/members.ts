import { type MemberFields, type MemberImport, memberTemplatePath } from '@diemcau/shared/protocol/http.ts';
import { ok, type Result, refused } from '@diemcau/shared/result.ts';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { cellEntry, sitesOfCell } from '../directory/cells.ts';
import { memberListTemplate, readMemberList } from '../directory/member-import.ts';
import {
  addMember,
  addMembers,
  type MemberDetails,
  removeMember,
  roster,
  updateMember,
} from '../directory/members.ts';
import { administeredRoots } from '../directory/rights.ts';
import { tidyPhone } from '../directory/shape.ts';
import { readUploadedSheet } from '../directory/uploaded-sheet.ts';
import { done } from './administration.ts';
import { languageOf, sendRefusal } from './errors.ts';
import { administering, cellRights, mayIssueCodeFor } from './guards.ts';
import { importFaultText } from './import-text.ts';
import type { RouteParts } from './parts.ts';
import { serveForPerson, sessionOf } from './serve.ts';

/** A cell's roster: seen by who heads or administers the cell, changed by who administers it. */
export function memberRoutes(app: FastifyInstance, { db, auth }: RouteParts): void {
  const { sessions, codes } = auth;

  serveForPerson(app, sessions, 'cell', async ({ params }, personId) => {
    const may = await cellRights(db, personId, params.cellId);
    const cell = may.length === 0 ? undefined : await cellEntry(db, params.cellId);
    if (!cell) return refused('notAllowed');
    const members = await roster(db, cell.id);
    const withAccount = await accountHolders(members.map((member) => member.personId));
    return ok({
      ...cell,
      sites: await sitesOfCell(db, cell.id),
      members: members.map((member) => ({
        ...member,
        account: withAccount.has(member.personId) ? ('active' as const) : ('none' as const),
      })),
      may: [...may],
    });
  });

  serveForPerson(app, sessions, 'addMember', async ({ params, body }, personId) => {
    const allowed = await administering(db, personId, params);
    if (!allowed.ok) return allowed;
    const details = detailsOf(body);
    if (!details.ok) return details;
    const added = await addMember(db, params.cellId, details.value);
    return added.ok ? ok({ personId: added.value }) : added;
  });

  serveForPerson(app, sessions, 'updateMember', async ({ params, body }, personId) => {
    const allowed = await administering(db, personId, params);
    if (!allowed.ok) return allowed;
    const details = detailsOf(body);
    if (!details.ok) return details;
    return done(await updateMember(db, params.cellId, params.personId, details.value));
  });

  serveForPerson(app, sessions, 'removeMember', async ({ params }, personId) => {
    const allowed = await administering(db, personId, params);
    return allowed.ok ? done(await removeMember(db, params.cellId, params.personId)) : allowed;
  });

  serveForPerson(
    app,
    sessions,
    'importMembers',
    async ({ params, query }, personId, { request }): Promise<Result<MemberImport>> => {
      const allowed = await administering(db, personId, params);
      if (!allowed.ok) return allowed;
      const file = await uploadedFile(request);
      const sheet = file && (await readUploadedSheet(file));
      if (!sheet) return refused('fileNotReadable');
      const { members, faults } = await readMemberList(db, params.cellId, sheet);
      if (query.mode === 'commit') {
        if (faults.length > 0) return refused('importHasFaults', { count: faults.length });
        const added = await addMembers(
          db,
          params.cellId,
          members.map((entry) => entry.member),
        );
        if (!added.ok) return added;
      }
      const language = languageOf(request);
      return ok({
        members: [...members],
        faults: faults.map((entry) => ({ ...entry, message: importFaultText[entry.fault][language] })),
        written: query.mode === 'commit' ? members.length : 0,
      });
    },
    { rateLimit: { max: 30, timeWindow: 60_000 } },
  );

  app.get(memberTemplatePath, async (request, reply) => {
    const session = await sessionOf(sessions, request);
    if (!session.ok) return sendRefusal(request, reply, session.refusal);
    const roots = session.value.kind === 'person' ? await administeredRoots(db, session.value.personId) : [];
    if (roots.length === 0) return sendRefusal(request, reply, refused('notAllowed').refusal);
    return reply
      .type('application/vnd.openxmlformats-officedocument.spreadsheetml.sheet')
      .header('content-disposition', 'attachment; filename="danh-sach-dang-vien.xlsx"')
      .send(await memberListTemplate());
  });

  serveForPerson(app, sessions, 'issueCodes', async ({ params, body }, personId) => {
    const may = await cellRights(db, personId, params.cellId);
    const cell = may.includes('issueCodes') ? await cellEntry(db, params.cellId) : undefined;
    if (!cell) return refused('notAllowed');
    const members = await roster(db, cell.id);
    const withAccount = await accountHolders(members.map((member) => member.personId));
    const asked = new Set(body.personIds ?? members.map((member) => member.personId));
    const printed = [];
    for (const member of members) {
      if (!asked.delete(member.personId)) continue;
      if (body.personIds === undefined && withAccount.has(member.personId)) continue;
      // A guest of the cell keeps the account with the home cell.
      const isGuest = member.standing === 'temporaryIn' && !may.includes('administer');
      if (isGuest || !(await mayIssueCodeFor(db, personId, member.personId))) {
        if (body.personIds !== undefined) return refused('notAllowed');
        continue;
      }
      const issued = await codes.issue({ purpose: 'account', personId: member.personId });
      printed.push({
        personId: member.personId,
        name: member.name,
        birthYear: member.birthYear,
        partyGroup: member.partyGroup,
        code: issued.code,
        expiresAt: issued.expiresAt,
      });
    }
    return asked.size > 0 ? refused('notFound') : ok({ cellName: cell.name, codes: printed });
  });

  async function accountHolders(personIds: readonly MemberId[]): Promise<ReadonlySet<string>> {
    if (personIds.length === 0) return new Set();
    const rows = await db
      .selectFrom('accounts')
      .where('personId', 'in', personIds)
      .select('personId')
      .execute();
    return new Set(rows.map((row) => row.personId));
  }
}

type MemberId = Parameters<typeof removeMember>[2];

function detailsOf(fields: MemberFields): Result<MemberDetails> {
  if (fields.phone === null || fields.phone === '') return ok({ ...fields, phone: null });
  const phone = tidyPhone(fields.phone);
  return phone === null ? refused('malformed', { field: 'phone' }) : ok({ ...fields, phone });
}

async function uploadedFile(request: FastifyRequest): Promise<Buffer | null> {
  if (!request.isMultipart()) return null;
  try {
    const part = await request.file();
    return part ? await part.toBuffer() : null;
  } catch (error) {
    // Too large, or too many: the multipart plugin says so itself. What its parser can't read is no file.
    if (error instanceof Error && 'statusCode' in error) throw error;
    return null;
  }
}
