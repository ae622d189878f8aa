import type { DirectoryDatabase } from '../directory/database.ts';
import { type Accounts, createAccounts } from './accounts.ts';
import { createOneTimeCodes, type OneTimeCodes } from './codes.ts';
import { Guesses } from './guesses.ts';
import { deriveKeys } from './keys.ts';
import { createPins, type Pins } from './pins.ts';
import { createPresenceCodes, type PresenceCodes } from './presence-codes.ts';
import { createSessions, type Sessions } from './sessions.ts';

/** Everything that knows who somebody is. */
export interface Auth {
  readonly accounts: Accounts;
  readonly sessions: Sessions;
  readonly codes: OneTimeCodes;
  readonly presenceCodes: PresenceCodes;
  readonly pins: Pins;
  readonly guesses: Guesses;
}

export function createAuth(parts: {
  readonly db: DirectoryDatabase;
  readonly jwtSecret: string;
  readonly now: () => number;
}): Auth {
  const keys = deriveKeys(parts.jwtSecret);
  const common = { db: parts.db, keys, now: parts.now };
  const sessions = createSessions(common);
  const codes = createOneTimeCodes(common);
  const guesses = new Guesses(common);
  return {
    sessions,
    codes,
    presenceCodes: createPresenceCodes(common),
    guesses,
    pins: createPins({ ...common, guesses }),
    accounts: createAccounts({ db: parts.db, codes, sessions, guesses, now: parts.now }),
  };
}
