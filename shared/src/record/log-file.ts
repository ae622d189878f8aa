import { z } from 'zod';
import type { LoggedEvent } from '../domain/events.ts';
import { minutesFigures } from '../minutes/figures.ts';
import { canonicalText, type JsonObject } from './json.ts';

const hash = z.string().regex(/^[0-9a-f]{64}$/);
const head = z.strictObject({ seq: z.number().int().min(1), hash });

/** First line of a downloaded log. It is no part of the chain: it says what the file should hold. */
export const logFileHeader = z.strictObject({
  format: z.literal('diemcau-log'),
  version: z.literal(1),
  meetingId: z.string().min(1),
  cell: z.string(),
  title: z.string(),
  /** The last event of the file, as minutes and devices keep it. */
  head,
  /** The figures that minutes resting on `head` state. */
  figures: minutesFigures,
});
export type LogFileHeader = z.infer<typeof logFileHeader>;

const envelope = {
  meetingId: z.string().min(1),
  seq: z.number().int().min(1),
  type: z.string().min(1),
  at: z.number().int().min(0),
  dataHash: hash,
  hash,
};
const data = z.custom<JsonObject>(
  (value) => typeof value === 'object' && value !== null && !Array.isArray(value),
);

/** One event's line: whole, or withheld from the reader, and then without salt and data. */
export const logFileLine = z.union([
  z.strictObject({ ...envelope, data, salt: z.string().regex(/^[0-9a-f]{32}$/) }),
  z.strictObject(envelope),
]);
export type LogFileLine = z.infer<typeof logFileLine>;

/** @returns a header's line, with its line feed. */
export function headerLine(header: LogFileHeader): string {
  return `${canonicalText(header)}\n`;
}

/** @returns an event's line as its reader gets it, with its line feed. */
export function eventLine(
  meetingId: string,
  { seq, type, at, dataHash, hash, salt, data }: LoggedEvent,
): string {
  const known = data === undefined || salt === undefined ? {} : { data, salt };
  return `${canonicalText({ meetingId, seq, type, at, dataHash, hash, ...known })}\n`;
}
