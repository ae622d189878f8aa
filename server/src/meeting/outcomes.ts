import type { MeetingState } from '@diemcau/shared/domain/state.ts';
import { type AttendanceOutcomes, isClosed } from '../directory/attendance-outcomes.ts';
import type { RoomLog } from './ports.ts';
import type { MeetingRegistry } from './registry.ts';

export interface OutcomeKeeper {
  /** Notes the closed meetings that are missing, from their logs: after a crash, or when the table was emptied. */
  fill(): Promise<void>;
  /** Stops listening; what was begun is written first. */
  close(): Promise<void>;
}

/** Keeps the list of past attendances behind the logs: it may lag, and is never asked about a rule. */
export function keepOutcomes(parts: {
  readonly registry: Pick<MeetingRegistry, 'onPublication' | 'room'>;
  readonly outcomes: AttendanceOutcomes;
  readonly roomLog: RoomLog;
}): OutcomeKeeper {
  const { registry, outcomes, roomLog } = parts;
  const writing = new Set<Promise<void>>();

  function note(state: MeetingState): void {
    const written: Promise<void> = outcomes
      .record(state)
      .catch((error: unknown) => {
        roomLog.error({ meetingId: state.facts?.meetingId, error }, 'past attendance could not be written');
      })
      .finally(() => writing.delete(written));
    writing.add(written);
  }

  const stop = registry.onPublication(({ before, after }) => {
    if (isClosed(after) && !isClosed(before)) note(after);
  });

  return {
    async fill() {
      for (const meetingId of await outcomes.missing()) {
        try {
          const room = await registry.room(meetingId);
          if (room) await outcomes.record(room.state);
        } catch (error) {
          roomLog.error({ meetingId, error }, 'past attendance could not be read from the log');
        }
      }
    },
    async close() {
      stop();
      await Promise.all(writing);
    },
  };
}
