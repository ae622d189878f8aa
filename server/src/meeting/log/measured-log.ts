import type { EventLog } from './event-log.ts';

/** @returns the same log, which tells after each append how many seconds it took. */
export function measured(
  log: EventLog,
  tell: (outcome: 'done' | 'failed', seconds: number) => void,
): EventLog {
  return {
    open: () => log.open(),
    append: async (batches) => {
      const began = performance.now();
      const answer = await log.append(batches);
      tell(answer.status, (performance.now() - began) / 1000);
      return answer;
    },
    read: (meetingId, afterSeq, limit) => log.read(meetingId, afterSeq, limit),
    head: (meetingId) => log.head(meetingId),
    raiseEpoch: (meetingId) => log.raiseEpoch(meetingId),
    meetings: () => log.meetings(),
    lastAt: () => log.lastAt(),
    close: () => log.close(),
  };
}
