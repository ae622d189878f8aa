import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Grant } from '../auth/sessions.ts';

/** The refresh token's cookie: no script reads it, no other site sends it. */
export interface RefreshCookies {
  read(request: FastifyRequest, slot: string): string | undefined;
  write(reply: FastifyReply, slot: string, grant: Grant): void;
  clear(reply: FastifyReply, slot: string): void;
}

/** @param door whether the server speaks TLS, itself or through the proxy before it. */
export function createRefreshCookies(door: 'tls' | 'plain'): RefreshCookies {
  const name = (slot: string) => `diemcau_${slot}`;
  const options = { path: '/api', httpOnly: true, sameSite: 'strict', secure: door === 'tls' } as const;
  return {
    read: (request, slot) => request.cookies[name(slot)],
    write: (reply, slot, grant) => {
      reply.setCookie(name(slot), grant.refreshToken, { ...options, maxAge: grant.refreshSeconds });
    },
    clear: (reply, slot) => {
      reply.clearCookie(name(slot), options);
    },
  };
}
