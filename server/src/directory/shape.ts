import { randomBytes } from 'node:crypto';
import { type Refusal, type Result, refused } from '@diemcau/shared/result.ts';
import { sqlState } from '../postgres/pool.ts';
import type { DirectoryDatabase } from './database.ts';
import type { Flag } from './tables.ts';

/** 128 random bits as text: the raw material of every identifier, which nobody guesses. */
export function unguessable(): string {
  return randomBytes(16).toString('base64url');
}

/** @returns the yes or no in the way SQLite keeps it. */
export function flag(yes: boolean): Flag {
  return yes ? 1 : 0;
}

/** A name as people mean it: composed letters, single spaces, none at the ends. */
export function tidyName(name: string): string {
  return name.normalize('NFC').replace(/\s+/gu, ' ').trim();
}

/** The form in which names are compared. */
export function nameKey(name: string): string {
  return tidyName(name).toLocaleLowerCase('vi');
}

/** A Vietnamese telephone number as digits with a leading 0, or null when it is none. */
export function tidyPhone(phone: string): string | null {
  const digits = phone.replace(/[\s.()-]/g, '').replace(/^(\+84|0084)/, '0');
  return /^0\d{9,10}$/.test(digits) ? digits : null;
}

/** SQLite's extended result codes, and PostgreSQL's SQLSTATE. */
const UNIQUE_VIOLATIONS: ReadonlySet<number | string> = new Set([1555, 2067, '23505']);
const FOREIGN_KEY_VIOLATIONS: ReadonlySet<number | string> = new Set([787, 1811, '23503', '23001']);

function databaseErrorCode(error: unknown): number | string | null {
  if (!(error instanceof Error)) return null;
  if ('errcode' in error && typeof error.errcode === 'number') return error.errcode;
  return sqlState(error);
}

/** Runs a write whose uniqueness or references the database itself checks, and turns its complaint into a refusal. */
export async function guarded<T>(
  write: () => Promise<Result<T>>,
  codes: { readonly taken: Refusal['code']; readonly stillUsed?: Refusal['code'] } = {
    taken: 'alreadyExists',
  },
): Promise<Result<T>> {
  try {
    return await write();
  } catch (error) {
    const code = databaseErrorCode(error);
    if (code !== null && UNIQUE_VIOLATIONS.has(code)) return refused(codes.taken);
    if (code !== null && FOREIGN_KEY_VIOLATIONS.has(code)) return refused(codes.stillUsed ?? 'notFound');
    throw error;
  }
}

type Given<T> = { [K in keyof T]?: Exclude<T[K], undefined> };

/** Leaves out what is undefined, so that spreading it hides nothing. */
export function withoutGaps<T extends object>(value: T): Given<T> {
  return Object.fromEntries(Object.entries(value).filter(([, entry]) => entry !== undefined)) as Given<T>;
}

/** Runs in a transaction of its own, or in the one that is under way. Inside, await nothing but the database. */
export function inTransaction<T>(
  db: DirectoryDatabase,
  work: (within: DirectoryDatabase) => Promise<T>,
): Promise<T> {
  return db.isTransaction ? work(db) : db.transaction().execute(work);
}
