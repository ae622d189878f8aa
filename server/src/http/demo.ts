import { isIP } from 'node:net';
import { ok, type Result, refused } from '@diemcau/shared/result.ts';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import type { SessionSubject } from '../auth/sessions.ts';
import type { HttpParts, RouteParts } from './parts.ts';
import { serve } from './serve.ts';
import { signedIn } from './signed-in.ts';

/** Entering the demonstration as one of its people: nowhere but in demonstration mode, and by default from this computer. */
export function demoRoutes(app: FastifyInstance, parts: RouteParts): void {
  const { demo } = parts;
  if (demo === null) return;
  serve(app, 'demo', async (_input, { request }) => {
    const allowed = demoReaches(demo, request);
    return allowed.ok ? ok(await demo.directory.entries()) : allowed;
  });

  serve(app, 'demoLogin', async ({ body }, { request, reply }) => {
    const allowed = demoReaches(demo, request);
    if (!allowed.ok) return allowed;
    const subject = await subjectOf(demo, body.enterAs);
    if (subject === null) return refused('notFound');
    return signedIn(parts, reply, body.slot, await parts.auth.sessions.begin(subject));
  });
}

/** May the demonstration's people be entered as from where the request comes? Their password is known to everybody. */
export function demoReaches(demo: NonNullable<HttpParts['demo']>, request: FastifyRequest): Result<null> {
  return demo.reach === 'network' || isFromThisComputer(request)
    ? ok(null)
    : refused('demoOnlyOnThisComputer');
}

type EnterAs = Parameters<Parameters<typeof serve<'demoLogin'>>[2]>[0]['body']['enterAs'];

async function subjectOf(
  demo: NonNullable<HttpParts['demo']>,
  enterAs: EnterAs,
): Promise<SessionSubject | null> {
  switch (enterAs.kind) {
    case 'person':
      return (await demo.directory.isInvented(enterAs.personId))
        ? { kind: 'person', personId: enterAs.personId }
        : null;
    case 'terminal': {
      const { meetingId, siteId } = enterAs;
      const responsibleId = await demo.directory.responsible(meetingId, siteId);
      return responsibleId === null ? null : { kind: 'terminal', meetingId, siteId, responsibleId };
    }
  }
}

/**
 * The socket's own address decides. A proxy on this computer makes every visitor look local, so what it forwards is
 * refused, and so is a name other than this computer's, with which a foreign page could ask in the browser's place.
 */
function isFromThisComputer(request: FastifyRequest): boolean {
  if (request.headers['x-forwarded-for'] !== undefined || request.headers.forwarded !== undefined)
    return false;
  const address = request.socket.remoteAddress ?? '';
  return isLoopback(address) && isLocalName(request.headers.host ?? '');
}

function isLoopback(address: string): boolean {
  const bare = address.startsWith('::ffff:') ? address.slice('::ffff:'.length) : address;
  return bare === '::1' || (isIP(bare) === 4 && bare.startsWith('127.'));
}

function isLocalName(host: string): boolean {
  const name = host.replace(/:\d+$/, '').replace(/^\[|\]$/g, '');
  return name === 'localhost' || isLoopback(name);
}
