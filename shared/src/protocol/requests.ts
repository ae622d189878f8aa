import { z } from 'zod';
import { clientCommand, commandId, meetingId, personId } from './commands.ts';
import { mediaRequestNames, mediaResume } from './media.ts';

/** The site's rotating code, scanned: proves where the person stands (ATT4). Goes with a `checkIn` on site. */
const siteCodeProof = z.strictObject({ kind: z.literal('siteCode'), code: z.string().min(1).max(64) });

/** Four to eight digits of a person's own. */
export const pin = z.string().regex(/^\d{4,8}$/);

/** Another person's own digits on this device: with a `confirmCount`, which is then theirs (VOTE7). */
const pinProof = z.strictObject({ kind: z.literal('pin'), personId, pin });

/** What a command brings along for the door, and the log never sees. */
export const proof = z.discriminatedUnion('kind', [siteCodeProof, pinProof]);
export type Proof = z.output<typeof proof>;
export type SiteCodeProof = z.output<typeof siteCodeProof>;

/** The last event that a device has seen of a meeting, and whether it was chair's or clerk's by then: they see more. */
const known = z.strictObject({
  seq: z.number().int().min(1),
  hash: z.string().max(64),
  officer: z.boolean(),
});
export type Known = z.output<typeof known>;

/** Schemas of every socket request but `media`, whose data is parsed by its name ({@link mediaRequests}). */
export const socketRequests = {
  join: z.strictObject({
    meetingId,
    checkIn: z
      .strictObject({ id: commandId, command: clientCommand, proof: siteCodeProof.optional() })
      .optional(),
    media: z.enum(['wanted', 'unwanted']),
    resume: mediaResume.optional(),
    known: known.optional(),
  }),
  leave: z.strictObject({ meetingId }),
  command: z.strictObject({ meetingId, id: commandId, command: clientCommand, proof: proof.optional() }),
  siteCode: z.strictObject({ meetingId }),
  catchUp: z.strictObject({ meetingId, after: z.number().int().min(0) }),
  media: z.strictObject({ meetingId, name: z.enum(mediaRequestNames), data: z.unknown() }),
  clock: z.strictObject({}),
} as const;

export const handshake = z.object({
  token: z.string().min(1).max(4096),
  protocol: z.number().int(),
  language: z.enum(['vi', 'en']).catch('vi'),
});
