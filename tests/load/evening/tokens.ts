import jwt from 'jsonwebtoken';
import { deriveKeys } from '../../../server/src/auth/keys.ts';
import type { EveningPerson } from './plan.ts';

/** The installation's secret of every benchmark of an evening. */
export const eveningSecret = 'chi-dung-de-do-tai-khong-phai-bi-mat-that-nao';

/** Seconds that a minted token holds: an evening is measured within it. */
const lifetime = 3_600;

/**
 * @returns what gives access tokens of sessions that are in the directory, as the server with the same secret mints them; who comes back
 * has theirs already.
 */
export function tokenMint(): (person: EveningPerson) => string {
  const { jwt: key } = deriveKeys(eveningSecret);
  const minted = new Map<string, string>();
  return ({ person, sid }) => {
    const known = minted.get(sid);
    if (known !== undefined) return known;
    const iat = Math.floor(Date.now() / 1000);
    const token = jwt.sign({ sub: person, sid, kind: 'person', iat, exp: iat + lifetime }, key, {
      algorithm: 'HS256',
    });
    minted.set(sid, token);
    return token;
  };
}
