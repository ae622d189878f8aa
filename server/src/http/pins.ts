import { ok, refused } from '@diemcau/shared/result.ts';
import type { FastifyInstance } from 'fastify';
import type { RouteParts } from './parts.ts';
import { serve, serveForPerson } from './serve.ts';
import { signedIn } from './signed-in.ts';

const perMinute = (max: number) => ({ rateLimit: { max, timeWindow: 60_000 } });

/** Each person's own digits (VOTE7), and the switch between two people who share a telephone (ID1). */
export function pinRoutes(app: FastifyInstance, parts: RouteParts): void {
  const { auth, cookies } = parts;

  serveForPerson(app, auth.sessions, 'pin', async (_input, personId) =>
    ok({ pin: (await auth.pins.isSet(personId)) ? 'set' : 'none' }),
  );

  serveForPerson(
    app,
    auth.sessions,
    'setPin',
    async ({ body }, personId) => {
      await auth.pins.set(personId, body.pin);
      return ok({});
    },
    perMinute(10),
  );

  serveForPerson(app, auth.sessions, 'lock', async ({ body }, personId, { request }) => {
    // Without a PIN nobody would come back but by the password.
    if (!(await auth.pins.isSet(personId))) return refused('pinNotSet');
    const token = cookies.read(request, body.slot);
    if (token === undefined) return refused('unauthenticated');
    const locked = await auth.sessions.lock(token, personId);
    return locked.ok ? ok({}) : locked;
  });

  serve(
    app,
    'unlock',
    async ({ body }, { request, reply }) => {
      const token = cookies.read(request, body.slot);
      if (token === undefined) return refused('unauthenticated');
      const unlocked = await auth.sessions.unlock(token, (personId) => auth.pins.verify(personId, body.pin));
      return unlocked.ok ? signedIn(parts, reply, body.slot, unlocked.value) : unlocked;
    },
    perMinute(60),
  );
}
