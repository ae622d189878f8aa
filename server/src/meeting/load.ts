import type { LoggedEvent } from '@diemcau/shared/domain/events.ts';
import { emptySummary, foldSummary } from '@diemcau/shared/domain/summary.ts';
import type { MeetingId } from '@diemcau/shared/ids.ts';
import { History } from './history.ts';
import type { EventLog, Head } from './log/event-log.ts';
import { Receipts } from './receipts.ts';
import { checkLink, emptyTail, eventOf, type Tail, tailOf } from './records.ts';
import type { RoomPast } from './room.ts';

const page = 1_000;

/**
 * Takes a meeting over and folds its log.
 * @throws BrokenLog when the chain doesn't hold, LogUnavailable when the store can't answer.
 */
export async function loadPast(log: EventLog, meetingId: MeetingId): Promise<RoomPast> {
  return foldUpTo(log, await log.raiseEpoch(meetingId));
}

/** Folds a meeting's log without taking the meeting over; of one that isn't, an empty one. Throws as {@link loadPast}. */
export async function readPast(
  log: EventLog,
  meetingId: MeetingId,
): Promise<Pick<RoomPast, 'fold' | 'tail'>> {
  const head = await log.head(meetingId);
  return head ? foldUpTo(log, head) : { fold: emptySummary, tail: emptyTail };
}

async function foldUpTo(log: EventLog, { meetingId, epoch, seq }: Head): Promise<RoomPast> {
  const receipts = new Receipts();
  const history = new History();
  let fold = emptySummary;
  let tail: Tail = emptyTail;
  while (tail.seq < seq) {
    const records = await log.read(meetingId, tail.seq, page);
    if (records.length === 0) break;
    const events: LoggedEvent[] = [];
    for (const record of records) {
      checkLink(tail, record);
      const event = eventOf(record);
      fold = foldSummary(fold, event);
      receipts.note(event);
      events.push(event);
      tail = tailOf(record);
    }
    history.add(events);
  }
  return { meetingId, epoch, fold, tail, receipts, history };
}
