import type { MeetingId, PersonId, SiteId } from '@diemcau/shared/ids.ts';
import { ok, type Result, refused } from '@diemcau/shared/result.ts';
import jwt from 'jsonwebtoken';
import type { CompiledQuery } from 'kysely';
import { z } from 'zod';
import type { DirectoryDatabase } from '../directory/database.ts';
import { unguessable } from '../directory/shape.ts';
import { Gathered } from './gathered.ts';
import type { Keys } from './keys.ts';
import { VerifiedTokens } from './verified-tokens.ts';

/** Who speaks through a connection. What they may do is looked up where it matters, not carried here. */
export type Session =
  | { readonly kind: 'person'; readonly sid: string; readonly personId: PersonId }
  | {
      readonly kind: 'terminal';
      readonly sid: string;
      readonly meetingId: MeetingId;
      readonly siteId: SiteId;
      /** Who answers for the terminal (SITE3). */
      readonly responsibleId: PersonId;
    };

/** What a sign-in or refresh hands out. */
export interface Grant {
  readonly session: Session;
  readonly accessToken: string;
  readonly accessSeconds: number;
  /** Goes into the httpOnly cookie, nowhere else. */
  readonly refreshToken: string;
  readonly refreshSeconds: number;
}

export type SessionSubject =
  | { readonly kind: 'person'; readonly personId: PersonId }
  | {
      readonly kind: 'terminal';
      readonly meetingId: MeetingId;
      readonly siteId: SiteId;
      readonly responsibleId: PersonId;
    };

export interface Sessions {
  begin(subject: SessionSubject): Promise<Grant>;
  /** Exchanges a refresh token for its successor. `pinNeeded`: the session is locked. */
  refresh(refreshToken: string): Promise<Result<Grant>>;
  /** Ends the session that the refresh token belongs to; an unknown one is nothing to end. */
  end(refreshToken: string): Promise<void>;
  /** Puts the person's own session aside on a shared telephone: its sockets end, and only `unlock` brings it back (ID1). */
  lock(refreshToken: string, personId: PersonId): Promise<Result<null>>;
  /** Refreshes a session, locked or not, once `verify` has said yes to its person. */
  unlock(refreshToken: string, verify: (personId: PersonId) => Promise<Result<null>>): Promise<Result<Grant>>;
  /** Ends every session of a person, after a change of password. */
  endAllOf(personId: PersonId): Promise<void>;
  /** `unauthenticated`: refresh and try again. `sessionEnded`: sign in. */
  authenticate(accessToken: string): Promise<Result<Session>>;
  /** Tells when a session ends, so that its sockets can be closed. @returns a function that stops telling. */
  onEnded(listener: (sid: string) => void): () => void;
  /** Another server of the cluster has ended the session: who listens here is told. */
  noteEnded(sid: string): void;
}

const ACCESS_SECONDS = 10 * 60;
const PERSON_SECONDS = 60 * 24 * 3600;
const TERMINAL_SECONDS = 12 * 3600;
/** A lost answer is not a theft: so long the previous token yields the same successor. */
const REPEAT_MS = 60_000;

const claims = z.object({ sid: z.string(), exp: z.number() });

interface Parts {
  readonly db: DirectoryDatabase;
  readonly keys: Keys;
  readonly now: () => number;
}

interface Family {
  readonly id: string;
  readonly kind: 'person' | 'terminal';
  readonly personId: PersonId;
  readonly meetingId: MeetingId | null;
  readonly siteId: SiteId | null;
  readonly expiresAt: number;
  readonly endedAt: number | null;
  readonly lockedAt: number | null;
}

function sessionOf(family: Family): Session {
  if (family.kind === 'terminal' && family.meetingId !== null && family.siteId !== null) {
    return {
      kind: 'terminal',
      sid: family.id,
      meetingId: family.meetingId,
      siteId: family.siteId,
      responsibleId: family.personId,
    };
  }
  return { kind: 'person', sid: family.id, personId: family.personId };
}

/** Sessions as families of refresh tokens in the directory, with short access tokens over them. */
export function createSessions({ db, keys, now }: Parts): Sessions {
  const listeners = new Set<(sid: string) => void>();
  const verified = new VerifiedTokens();

  function accessToken(session: Session): string {
    const payload =
      session.kind === 'person'
        ? { sub: session.personId, sid: session.sid, kind: session.kind }
        : { sid: session.sid, kind: session.kind, meetingId: session.meetingId, siteId: session.siteId };
    const issued = Math.floor(now() / 1000);
    return jwt.sign({ ...payload, iat: issued, exp: issued + ACCESS_SECONDS }, keys.jwt, {
      algorithm: 'HS256',
    });
  }

  function grant(family: Family, refreshToken: string): Grant {
    const session = sessionOf(family);
    return {
      session,
      accessToken: accessToken(session),
      accessSeconds: ACCESS_SECONDS,
      refreshToken,
      refreshSeconds: Math.max(0, Math.floor((family.expiresAt - now()) / 1000)),
    };
  }

  async function endFamily(id: string): Promise<void> {
    const { numUpdatedRows } = await db
      .updateTable('refreshFamilies')
      .set({ endedAt: now() })
      .where('id', '=', id)
      .where('endedAt', 'is', null)
      .executeTakeFirstOrThrow();
    if (numUpdatedRows > 0n) for (const listener of listeners) listener(id);
  }

  /** The living session of a person that the token belongs to. */
  async function personFamily(token: string): Promise<Family | null> {
    const row = await db
      .selectFrom('refreshTokens')
      .where('hash', '=', keys.fingerprint(token))
      .select('familyId')
      .executeTakeFirst();
    const family = row && (await familyById(row.familyId));
    return family && family.kind === 'person' && !isOver(family) ? family : null;
  }

  async function setLock(id: string, lockedAt: number | null): Promise<void> {
    await db.updateTable('refreshFamilies').set({ lockedAt }).where('id', '=', id).execute();
  }

  function familyById(id: string): Promise<Family | undefined> {
    return db.selectFrom('refreshFamilies').where('id', '=', id).selectAll().executeTakeFirst();
  }

  /** By how many are asked for: a crowd asks in a few lengths, many times over. */
  const statements = new Map<number, CompiledQuery<Family>>();
  const families = new Gathered(async (ids: readonly string[]) => {
    const compile = () => db.selectFrom('refreshFamilies').where('id', 'in', ids).selectAll().compile();
    const statement = statements.get(ids.length) ?? compile();
    statements.set(ids.length, statement);
    const { rows } = await db.executeQuery<Family>({ ...statement, parameters: ids });
    return new Map(rows.map((row) => [row.id, row]));
  });

  const isOver = (family: Family) => family.endedAt !== null || family.expiresAt <= now();

  const sessions: Sessions = {
    async begin(subject) {
      const lifetime = subject.kind === 'person' ? PERSON_SECONDS : TERMINAL_SECONDS;
      const family: Family = {
        id: unguessable(),
        kind: subject.kind,
        personId: subject.kind === 'person' ? subject.personId : subject.responsibleId,
        meetingId: subject.kind === 'terminal' ? subject.meetingId : null,
        siteId: subject.kind === 'terminal' ? subject.siteId : null,
        expiresAt: now() + lifetime * 1000,
        endedAt: null,
        lockedAt: null,
      };
      const token = `${unguessable()}${unguessable()}`;
      await db.transaction().execute(async (within) => {
        await within.deleteFrom('refreshFamilies').where('expiresAt', '<', now()).execute();
        await within
          .insertInto('refreshFamilies')
          .values({ ...family, createdAt: now() })
          .execute();
        await within
          .insertInto('refreshTokens')
          .values({
            hash: keys.fingerprint(token),
            familyId: family.id,
            issuedAt: now(),
            supersededAt: null,
            successorHash: null,
          })
          .execute();
      });
      return grant(family, token);
    },

    async refresh(token) {
      const hash = keys.fingerprint(token);
      const successor = keys.successorOf(token);
      const successorHash = keys.fingerprint(successor);
      const outcome = await db.transaction().execute(async (within) => {
        const row = await within
          .selectFrom('refreshTokens')
          .where('hash', '=', hash)
          .selectAll()
          .executeTakeFirst();
        if (!row) return { kind: 'unknown' } as const;
        const family = await within
          .selectFrom('refreshFamilies')
          .where('id', '=', row.familyId)
          .selectAll()
          .executeTakeFirstOrThrow();
        if (isOver(family)) return { kind: 'over' } as const;
        if (family.lockedAt !== null) return { kind: 'locked' } as const;
        // Two may come at once: the database lets one of them supersede the token, and the other sees that it has been.
        const { numUpdatedRows } = await within
          .updateTable('refreshTokens')
          .set({ supersededAt: now(), successorHash })
          .where('hash', '=', hash)
          .where('supersededAt', 'is', null)
          .executeTakeFirstOrThrow();
        if (numUpdatedRows > 0n) {
          await within
            .insertInto('refreshTokens')
            .values({
              hash: successorHash,
              familyId: family.id,
              issuedAt: now(),
              supersededAt: null,
              successorHash: null,
            })
            .execute();
          // What came before the one just used can only be reuse from now on, and proves itself so by its row.
          return { kind: 'granted', family } as const;
        }
        const next = await within
          .selectFrom('refreshTokens')
          .where('hash', '=', successorHash)
          .select('supersededAt')
          .executeTakeFirst();
        const since = row.supersededAt ?? now();
        const repeated = now() - since <= REPEAT_MS && next?.supersededAt === null;
        return repeated ? ({ kind: 'granted', family } as const) : ({ kind: 'reused', family } as const);
      });
      switch (outcome.kind) {
        case 'granted':
          return ok(grant(outcome.family, successor));
        case 'reused':
          await endFamily(outcome.family.id);
          return refused('sessionEnded');
        case 'locked':
          return refused('pinNeeded');
        case 'over':
        case 'unknown':
          return refused('sessionEnded');
      }
    },

    async end(token) {
      const row = await db
        .selectFrom('refreshTokens')
        .where('hash', '=', keys.fingerprint(token))
        .select('familyId')
        .executeTakeFirst();
      if (row) await endFamily(row.familyId);
    },

    async lock(token, personId) {
      const family = await personFamily(token);
      if (!family) return refused('sessionEnded');
      if (family.personId !== personId) return refused('notAllowed');
      await setLock(family.id, now());
      for (const listener of listeners) listener(family.id);
      return ok(null);
    },

    async unlock(token, verify) {
      const family = await personFamily(token);
      if (!family) return refused('sessionEnded');
      const verified = await verify(family.personId);
      if (!verified.ok) return verified;
      await setLock(family.id, null);
      return sessions.refresh(token);
    },

    async endAllOf(personId) {
      const rows = await db
        .selectFrom('refreshFamilies')
        .where('personId', '=', personId)
        .where('kind', '=', 'person')
        .where('endedAt', 'is', null)
        .select('id')
        .execute();
      for (const row of rows) await endFamily(row.id);
    },

    async authenticate(token) {
      const sid = readSid(token);
      if (sid === null) return refused('unauthenticated');
      const family = await families.get(sid);
      if (!family || isOver(family)) return refused('sessionEnded');
      return family.lockedAt === null ? ok(sessionOf(family)) : refused('unauthenticated');
    },

    onEnded(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },

    noteEnded(sid) {
      for (const listener of listeners) listener(sid);
    },
  };
  return sessions;

  function readSid(token: string): string | null {
    const clockTimestamp = Math.floor(now() / 1000);
    const known = verified.sidOf(token, clockTimestamp);
    if (known !== null) return known;
    try {
      const payload = jwt.verify(token, keys.jwt, { algorithms: ['HS256'], clockTimestamp });
      const read = claims.safeParse(payload).data;
      if (!read) return null;
      verified.remember(token, { sid: read.sid, expiresAt: read.exp });
      return read.sid;
    } catch {
      return null;
    }
  }
}
