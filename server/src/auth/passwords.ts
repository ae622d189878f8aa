import { hash, verify } from '@node-rs/argon2';
import { Turns } from './turns.ts';

// The library's defaults are argon2id, 19 MiB, two passes.

/**
 * Two at a time, so that of Node's four threads two are left to read pages from the disk; a thousand that wait are some
 * twenty seconds' work.
 */
const turns = new Turns({ atOnce: 2, waiting: 1_000 });

/** @returns the argon2id hash, in PHC form. Rejects with `TooManyWait` like the others here. */
export function hashPassword(password: string): Promise<string> {
  return turns.take(() => hash(password.normalize('NFC')));
}

export function verifyPassword(passwordHash: string, password: string): Promise<boolean> {
  return turns.take(() => verify(passwordHash, password.normalize('NFC')));
}

let decoy: Promise<string> | undefined;

/** Takes as long as a real verification, for a name that nobody bears. Always false. */
export async function verifyNobody(password: string): Promise<false> {
  decoy ??= hashPassword('nobody has this password');
  await verifyPassword(await decoy, password);
  return false;
}

const PASSWORD_MIN = 8;

/** Long enough, and more than one repeated character; rules beyond that make people write passwords on the wall. */
export function isStrongEnough(password: string): boolean {
  return password.length >= PASSWORD_MIN && new Set(password).size >= 4;
}
