import { z } from 'zod';
import { clientCommand, commandId, meetingId } from './commands.ts';
import { mediaRequestNames } from './media.ts';

/** Schemas of every socket request but `media`, whose data is parsed by its name ({@link mediaRequests}). */
export const socketRequests = {
  join: z.strictObject({
    meetingId,
    checkIn: z.strictObject({ id: commandId, command: clientCommand }).optional(),
    media: z.enum(['wanted', 'unwanted']),
  }),
  leave: z.strictObject({ meetingId }),
  command: z.strictObject({ meetingId, id: commandId, command: clientCommand }),
  catchUp: z.strictObject({ meetingId, after: z.number().int().min(0) }),
  media: z.strictObject({ meetingId, name: z.enum(mediaRequestNames), data: z.unknown() }),
  clock: z.strictObject({}),
} as const;

export const handshake = z.object({
  token: z.string().min(1).max(4096),
  protocol: z.number().int(),
  language: z.enum(['vi', 'en']).catch('vi'),
});
