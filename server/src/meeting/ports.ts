import { randomBytes, randomUUID } from 'node:crypto';

/** Time and chance, handed in so that tests can hold them still. */
export interface Source {
  /** Milliseconds since 1970. */
  readonly now: () => number;
  /** Milliseconds since some moment, by a clock that nobody sets. */
  readonly elapsed: () => number;
  /** An unguessable identifier. */
  readonly newId: () => string;
  /** 16 random bytes as 32 hexadecimal digits. */
  readonly newSalt: () => string;
}

/** The machine's clock and its randomness. */
export const machine: Source = {
  now: () => Date.now(),
  elapsed: () => performance.now(),
  newId: () => randomUUID(),
  newSalt: () => randomBytes(16).toString('hex'),
};

/** What the room tells the log of the process; never texts of people. */
export interface RoomLog {
  info(fields: Readonly<Record<string, unknown>>, message: string): void;
  warn(fields: Readonly<Record<string, unknown>>, message: string): void;
  error(fields: Readonly<Record<string, unknown>>, message: string): void;
}
