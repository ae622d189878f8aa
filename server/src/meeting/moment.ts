import type { MeetingState } from '@diemcau/shared/domain/state.ts';
import type { AgendaItemId, MeetingId } from '@diemcau/shared/ids.ts';
import type { EventLog } from './log/event-log.ts';
import { eventOf } from './records.ts';

/** A point of a meeting's log that somebody saw, and what the meeting was at. */
export interface Moment {
  readonly seq: number;
  readonly hash: string;
  /** When the event happened, milliseconds since 1970. */
  readonly at: number;
  /** Title of the programme's item that was current then. */
  readonly item: string | null;
}

/** Records read at once on the way back to the last move of the programme. */
const stride = 200;

/** @returns the moment after the event with this number and hash; null when the log holds no such event. */
export async function momentOf(
  log: Pick<EventLog, 'read'>,
  meetingId: MeetingId,
  { seq, hash }: { readonly seq: number; readonly hash: string },
  state: MeetingState,
): Promise<Moment | null> {
  const [record] = await log.read(meetingId, seq - 1, 1);
  if (record?.seq !== seq || record.hash !== hash) return null;
  const current = await itemAt(log, meetingId, seq);
  const item = state.agenda.find(({ id }) => id === current)?.title ?? null;
  return { seq, hash, at: record.at, item };
}

async function itemAt(
  log: Pick<EventLog, 'read'>,
  meetingId: MeetingId,
  seq: number,
): Promise<AgendaItemId | null> {
  for (let end = seq; end > 0; end -= stride) {
    const after = Math.max(0, end - stride);
    const records = await log.read(meetingId, after, end - after);
    const moved = records.findLast(({ type }) => type === 'agendaMoved');
    if (!moved) continue;
    const event = eventOf(moved);
    return event.type === 'agendaMoved' ? (event.data?.to ?? null) : null;
  }
  return null;
}
