import type { PersonId } from '@diemcau/shared/ids.ts';
import { ok, type Result, refused } from '@diemcau/shared/result.ts';
import type { DirectoryDatabase } from '../directory/database.ts';
import type { Guesses } from './guesses.ts';
import { hashPassword, verifyNobody, verifyPassword } from './passwords.ts';

/** A person's own few digits: with them somebody confirms on a device that isn't theirs (VOTE7, ID1). */
export interface Pins {
  set(personId: PersonId, pin: string): Promise<void>;
  isSet(personId: PersonId): Promise<boolean>;
  /**
   * `pinWrong` for a wrong one, for who has set none and for who doesn't exist, all after the same work;
   * `pinLocked` while the person has to wait after several of them.
   */
  verify(personId: PersonId, pin: string): Promise<Result<null>>;
}

export function createPins({
  db,
  guesses: counted,
  now,
}: {
  readonly db: DirectoryDatabase;
  readonly guesses: Guesses;
  readonly now: () => number;
}): Pins {
  // Four digits are guessed in ten thousand attempts: after the first few, each costs up to half an hour.
  const guesses = counted.counter('pin', { free: 4, firstWaitMs: 30_000, longestWaitMs: 30 * 60_000 });

  const hashOf = async (personId: PersonId) =>
    (await db.selectFrom('pins').where('personId', '=', personId).select('hash').executeTakeFirst())?.hash;

  return {
    async set(personId, pin) {
      const row = { hash: await hashPassword(pin), setAt: now() };
      await db
        .insertInto('pins')
        .values({ personId, ...row })
        .onConflict((conflict) => conflict.column('personId').doUpdateSet(row))
        .execute();
      guesses.succeed(personId);
    },

    isSet: async (personId) => (await hashOf(personId)) !== undefined,

    async verify(personId, pin) {
      const seconds = guesses.waitSeconds(personId);
      if (seconds > 0) return refused('pinLocked', { seconds });
      // Counted before it is checked, so that many at once gain nothing.
      guesses.begin(personId);
      const hash = await hashOf(personId);
      const right = hash === undefined ? await verifyNobody(pin) : await verifyPassword(hash, pin);
      if (!right) {
        guesses.failed(personId);
        return refused('pinWrong');
      }
      guesses.succeed(personId);
      return ok(null);
    },
  };
}
