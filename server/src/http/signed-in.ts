import type { SessionView, SignedIn } from '@diemcau/shared/protocol/http.ts';
import { ok, type Result, refused } from '@diemcau/shared/result.ts';
import type { FastifyReply } from 'fastify';
import type { Grant, Session } from '../auth/sessions.ts';
import { cellEntry } from '../directory/cells.ts';
import { person } from '../directory/people.ts';
import type { RouteParts } from './parts.ts';

/** The answer to a sign-in of any kind; the refresh token leaves in its cookie. */
export async function signedIn(
  parts: RouteParts,
  reply: FastifyReply,
  slot: string,
  grant: Grant,
): Promise<Result<SignedIn>> {
  const session = await viewOf(parts, grant.session);
  if (session === null) return refused('sessionEnded');
  parts.cookies.write(reply, slot, grant);
  return ok({ accessToken: grant.accessToken, accessSeconds: grant.accessSeconds, session });
}

async function viewOf({ db, index }: RouteParts, session: Session): Promise<SessionView | null> {
  if (session.kind === 'person') {
    const someone = await person(db, session.personId);
    return someone
      ? { kind: 'person', personId: someone.id, name: someone.name, title: someone.title }
      : null;
  }
  const { meetingId, siteId, responsibleId } = session;
  const meeting = await index.get(meetingId);
  const cell = meeting ? await cellEntry(db, meeting.cellId) : undefined;
  const site = await db.selectFrom('sites').where('id', '=', siteId).select('name').executeTakeFirst();
  const responsible = await person(db, responsibleId);
  if (!meeting || !cell || !site) return null;
  return {
    kind: 'terminal',
    meetingId,
    siteId,
    siteName: site.name,
    cellName: cell.name,
    title: meeting.title,
    responsibleName: responsible?.name ?? '',
  };
}
