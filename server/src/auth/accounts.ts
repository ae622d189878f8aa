import type { OrganizationId, PersonId } from '@diemcau/shared/ids.ts';
import { ok, type Result, refused } from '@diemcau/shared/result.ts';
import type { DirectoryDatabase } from '../directory/database.ts';
import { createOrganization } from '../directory/organizations.ts';
import { addPerson, person } from '../directory/people.ts';
import { appointAdministrator, hasAdministrator } from '../directory/rights.ts';
import { guarded, nameKey, tidyPhone } from '../directory/shape.ts';
import type { OrganizationKind } from '../directory/tables.ts';
import type { OneTimeCodes } from './codes.ts';
import type { Counter, Guesses } from './guesses.ts';
import { hashPassword, isStrongEnough, verifyNobody, verifyPassword } from './passwords.ts';
import type { Sessions } from './sessions.ts';

export interface Credentials {
  /** A name as it is written, a telephone number or a login name. */
  readonly name: string;
  readonly password: string;
  /** Tells people of one name apart (ID1). */
  readonly birthYear?: number | undefined;
}

export interface Activation {
  readonly code: string;
  readonly password: string;
  readonly login?: string | undefined;
}

export interface FirstAdministrator {
  readonly code: string;
  readonly name: string;
  readonly login: string;
  readonly password: string;
  readonly organization: {
    readonly kind: OrganizationKind;
    readonly name: string;
    readonly committeeName: string;
  };
}

export interface Accounts {
  /**
   * Who the credentials belong to. A wrong password, an unknown name and a person without an account answer the same
   * after the same work; after several failures the name itself has to wait, whether anybody bears it or not.
   */
  verify(credentials: Credentials, from: string): Promise<Result<PersonId>>;
  /** Makes the account, or gives a forgotten one a new password and ends its sessions (ID1). */
  activate(activation: Activation): Promise<Result<PersonId>>;
  /** On an installation without one: the first administrator and the organization at the top. */
  createFirstAdministrator(
    wish: FirstAdministrator,
  ): Promise<Result<{ personId: PersonId; organizationId: OrganizationId }>>;
}

interface Parts {
  readonly db: DirectoryDatabase;
  readonly codes: OneTimeCodes;
  readonly sessions: Sessions;
  readonly guesses: Guesses;
  readonly now: () => number;
}

/** How many people of one name are tried; beyond that the birth year is needed to be among them. */
const NAMESAKES_MAX = 8;

/** Accounts of people over the directory. */
export function createAccounts({ db, codes, sessions, guesses, now }: Parts): Accounts {
  // From one place a few attempts, then ever longer waits. Against one name from many places, many more, so that
  // nobody can lock a neighbour out with ten wrong guesses.
  const longestWaitMs = 15 * 60_000;
  const fromOnePlace = guesses.counter('passwordFromPlace', { free: 5, firstWaitMs: 15_000, longestWaitMs });
  const againstOneName = guesses.counter('passwordOfName', { free: 60, firstWaitMs: 15_000, longestWaitMs });

  async function candidates({ name, birthYear }: Credentials) {
    const key = nameKey(name);
    const phone = tidyPhone(name);
    let query = db
      .selectFrom('accounts')
      .innerJoin('people', 'people.id', 'accounts.personId')
      .where((is) =>
        is.or([
          is('people.nameKey', '=', key),
          is('accounts.login', '=', key),
          ...(phone === null ? [] : [is('people.phone', '=', phone)]),
        ]),
      )
      .select(['people.id', 'accounts.passwordHash'])
      .limit(NAMESAKES_MAX);
    if (birthYear !== undefined) query = query.where('people.birthYear', '=', birthYear);
    return query.execute();
  }

  return {
    async verify(credentials, from) {
      const key = nameKey(credentials.name);
      const watched: readonly (readonly [Counter, string])[] = [
        [fromOnePlace, `${from}|${key}`],
        [againstOneName, key],
      ];
      const seconds = Math.max(...watched.map(([counter, watchedKey]) => counter.waitSeconds(watchedKey)));
      if (seconds > 0) return refused('accountLocked', { seconds });

      // Counted before it is checked, so that many guesses at once gain nothing.
      for (const [counter, watchedKey] of watched) counter.begin(watchedKey);
      const found = await candidates(credentials);
      if (found.length === 0) await verifyNobody(credentials.password);
      const matching: PersonId[] = [];
      for (const { id, passwordHash } of found) {
        if (await verifyPassword(passwordHash, credentials.password)) matching.push(id);
      }
      const [only, another] = matching;
      if (only === undefined) {
        for (const [counter, watchedKey] of watched) counter.failed(watchedKey);
        return refused('wrongCredentials');
      }
      fromOnePlace.succeed(`${from}|${key}`);
      // Not forgotten altogether: a namesake who signs in between guesses would have as many as they like.
      againstOneName.forgive(key);
      return another === undefined ? ok(only) : refused('nameIsAmbiguous');
    },

    async activate({ code, password, login }) {
      if (!isStrongEnough(password)) return refused('passwordTooWeak');
      const peeked = await codes.peek(code, 'account');
      if (!peeked.ok) return peeked;
      const { personId } = peeked.value;
      const wanted = await freeLogin(personId, login);
      if (!wanted.ok) return wanted;
      const passwordHash = await hashPassword(password);
      const redeemed = await codes.redeem(code, 'account');
      if (!redeemed.ok) return redeemed;
      const written = await guarded(
        async () => {
          await db
            .insertInto('accounts')
            .values({ personId, login: wanted.value, passwordHash, createdAt: now() })
            .onConflict((conflict) =>
              conflict.column('personId').doUpdateSet({ passwordHash, login: wanted.value }),
            )
            .execute();
          return ok(personId);
        },
        { taken: 'loginTaken' },
      );
      if (written.ok) await sessions.endAllOf(personId);
      return written;
    },

    async createFirstAdministrator(wish) {
      if (!isStrongEnough(wish.password)) return refused('passwordTooWeak');
      const passwordHash = await hashPassword(wish.password);
      const redeemed = await codes.redeem(wish.code, 'firstAdministrator');
      if (!redeemed.ok) return redeemed;
      if (await hasAdministrator(db)) return refused('alreadyExists');
      return guarded(
        () =>
          db.transaction().execute(async (within) => {
            const organization = await createOrganization(within, { ...wish.organization, parentId: null });
            if (!organization.ok) return organization;
            const added = await addPerson(within, {
              name: wish.name,
              birthYear: null,
              phone: null,
              title: '',
            });
            if (!added.ok) return added;
            const personId = added.value;
            await within
              .insertInto('accounts')
              .values({ personId, login: nameKey(wish.login), passwordHash, createdAt: now() })
              .execute();
            await appointAdministrator(within, personId, organization.value);
            return ok({ personId, organizationId: organization.value });
          }),
        { taken: 'loginTaken' },
      );
    },
  };

  /** The login that was asked for, when free; else the one the person has; else one that is their own by its making. */
  async function freeLogin(personId: PersonId, asked: string | undefined): Promise<Result<string>> {
    const own = await db
      .selectFrom('accounts')
      .where('personId', '=', personId)
      .select('login')
      .executeTakeFirst();
    if (asked === undefined) {
      const someone = await person(db, personId);
      if (!someone) return refused('codeInvalid');
      return ok(
        own?.login ?? someone.phone ?? `${nameKey(someone.name)} ${personId.slice(0, 6).toLowerCase()}`,
      );
    }
    const login = nameKey(asked);
    const holder = await db
      .selectFrom('accounts')
      .where('login', '=', login)
      .select('personId')
      .executeTakeFirst();
    return holder && holder.personId !== personId ? refused('loginTaken') : ok(login);
  }
}

/** Gives a person an account outright, for demonstration data. */
export async function createAccount(
  db: DirectoryDatabase,
  account: { readonly personId: PersonId; readonly login: string; readonly passwordHash: string },
  at: number,
): Promise<void> {
  await db
    .insertInto('accounts')
    .values({ ...account, login: nameKey(account.login), createdAt: at })
    .onConflict((conflict) => conflict.column('personId').doNothing())
    .execute();
}
