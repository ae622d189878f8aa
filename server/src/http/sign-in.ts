import { ok, refused } from '@diemcau/shared/result.ts';
import type { FastifyInstance } from 'fastify';
import { isOver } from '../directory/meeting-index.ts';
import { callerOf } from './addresses.ts';
import { demoReaches } from './demo.ts';
import type { RouteParts } from './parts.ts';
import { serve } from './serve.ts';
import { signedIn } from './signed-in.ts';

const perMinute = (max: number) => ({ rateLimit: { max, timeWindow: 60_000 } });

/** Signing in, staying in, signing out; and the room's terminal, which has a code instead of a person. */
export function signInRoutes(app: FastifyInstance, parts: RouteParts): void {
  const { auth, cookies } = parts;
  // A hall's code has eight digits: whoever guesses is slowed down, all guessers together as well.
  const fromOnePlace = { free: 8, firstWaitMs: 10_000, longestWaitMs: 30 * 60_000 };
  const guesses = auth.guesses.counter('hallCodeFromPlace', fromOnePlace);
  const fromAll = { free: 200, firstWaitMs: 2_000, longestWaitMs: 60_000 };
  const allGuesses = auth.guesses.counter('hallCode', fromAll);

  // A whole hall may stand behind one address when the meeting begins.
  serve(
    app,
    'login',
    async ({ body }, { request, reply }) => {
      const verified = await auth.accounts.verify(body, callerOf(request.ip));
      if (!verified.ok) return verified;
      if (parts.demo && (await parts.demo.directory.isInvented(verified.value))) {
        const allowed = demoReaches(parts.demo, request);
        if (!allowed.ok) return allowed;
      }
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
    if (refreshed.refusal.code !== 'pinNeeded') cookies.clear(reply, body.slot);
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
      const caller = callerOf(request.ip);
      const seconds = Math.max(guesses.waitSeconds(caller), allGuesses.waitSeconds('all'));
      if (seconds > 0) return refused('tooManyRequests', { seconds });
      // Counted before it is checked, so that many guesses at once gain nothing.
      guesses.begin(caller);
      allGuesses.begin('all');
      const redeemed = await auth.codes.redeem(body.code, 'siteTerminal');
      if (!redeemed.ok) {
        guesses.failed(caller);
        allGuesses.failed('all');
        return redeemed;
      }
      guesses.succeed(caller);
      allGuesses.forgive('all');
      const { meetingId, siteId, responsibleId } = redeemed.value;
      const meeting = await parts.index.get(meetingId);
      if (!meeting || isOver(meeting.phase)) return refused('codeInvalid');
      const grant = await auth.sessions.begin({ kind: 'terminal', meetingId, siteId, responsibleId });
      return signedIn(parts, reply, body.slot, grant);
    },
    perMinute(30),
  );
}
