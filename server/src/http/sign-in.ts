import type { SessionView, SignedIn } from '@diemcau/shared/protocol/http.ts';
import { ok, type Result, refused } from '@diemcau/shared/result.ts';
import type { FastifyInstance, FastifyReply } from 'fastify';
import { createBackoff } from '../auth/backoff.ts';
import type { Grant, Session } from '../auth/sessions.ts';
import { cellEntry } from '../directory/cells.ts';
import { isOver } from '../directory/meeting-index.ts';
import { person } from '../directory/people.ts';
import type { RouteParts } from './parts.ts';
import { serve } from './serve.ts';

const perMinute = (max: number) => ({ rateLimit: { max, timeWindow: 60_000 } });

/** Signing in, staying in, signing out; and the room's terminal, which has a code instead of a person. */
export function signInRoutes(app: FastifyInstance, parts: RouteParts): void {
  const { auth, cookies, now } = parts;
  // A hall's code has eight digits: whoever guesses is slowed down, all guessers together as well.
  const guesses = createBackoff({ free: 8, firstWaitMs: 10_000, longestWaitMs: 30 * 60_000, now });
  const allGuesses = createBackoff({ free: 200, firstWaitMs: 2_000, longestWaitMs: 60_000, now });

  // A whole hall may stand behind one address when the meeting begins.
  serve(
    app,
    'login',
    async ({ body }, { request, reply }) => {
      const verified = await auth.accounts.verify(body, request.ip);
      if (!verified.ok) return verified;
      const grant = await auth.sessions.begin({ kind: 'person', personId: verified.value });
      return signedIn(parts, reply, body.slot, grant);
    },
    perMinute(120),
  );

  serve(app, 'refresh', async ({ body }, { request, reply }) => {
    const token = cookies.read(request, body.slot);
    if (token === undefined) return refused('unauthenticated');
    const refreshed = await auth.sessions.refresh(token);
    if (refreshed.ok) return signedIn(parts, reply, body.slot, refreshed.value);
    cookies.clear(reply, body.slot);
    return refreshed;
  });

  serve(app, 'logout', async ({ body }, { request, reply }) => {
    const token = cookies.read(request, body.slot);
    if (token !== undefined) await auth.sessions.end(token);
    cookies.clear(reply, body.slot);
    return ok({});
  });

  serve(
    app,
    'activate',
    async ({ body }, { reply }) => {
      const activated = await auth.accounts.activate(body);
      if (!activated.ok) return activated;
      const grant = await auth.sessions.begin({ kind: 'person', personId: activated.value });
      return signedIn(parts, reply, body.slot, grant);
    },
    perMinute(60),
  );

  serve(
    app,
    'firstAdministrator',
    async ({ body }, { reply }) => {
      const created = await auth.accounts.createFirstAdministrator(body);
      if (!created.ok) return created;
      const grant = await auth.sessions.begin({ kind: 'person', personId: created.value.personId });
      return signedIn(parts, reply, body.slot, grant);
    },
    perMinute(10),
  );

  serve(
    app,
    'openTerminal',
    async ({ body }, { request, reply }) => {
      const seconds = Math.max(guesses.waitSeconds(request.ip), allGuesses.waitSeconds('all'));
      if (seconds > 0) return refused('tooManyRequests', { seconds });
      const redeemed = await auth.codes.redeem(body.code, 'siteTerminal');
      if (!redeemed.ok) {
        guesses.fail(request.ip);
        allGuesses.fail('all');
        return redeemed;
      }
      guesses.succeed(request.ip);
      const { meetingId, siteId, responsibleId } = redeemed.value;
      const meeting = await parts.index.get(meetingId);
      if (!meeting || isOver(meeting.phase)) return refused('codeInvalid');
      const grant = await auth.sessions.begin({ kind: 'terminal', meetingId, siteId, responsibleId });
      return signedIn(parts, reply, body.slot, grant);
    },
    perMinute(30),
  );
}

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
