import type { MeetingState } from '@diemcau/shared/domain/state.ts';
import { type AttendanceOutcomes, isClosed } from '../directory/attendance-outcomes.ts';
import { LogUnavailable } from './log/event-log.ts';
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
  const underWay = new Set<Promise<void>>();

  function track(work: Promise<void>): Promise<void> {
    const tracked: Promise<void> = work.finally(() => underWay.delete(tracked));
    underWay.add(tracked);
    return tracked;
  }

  async function note(state: MeetingState): Promise<void> {
    try {
      await outcomes.record(state);
    } catch (error) {
      roomLog.error({ meetingId: state.facts?.meetingId, error }, 'past attendance could not be written');
    }
  }

  async function fillAll(): Promise<void> {
    for (const meetingId of await outcomes.missing()) {
      try {
        const room = await registry.room(meetingId);
        if (room) await note(room.state);
      } catch (error) {
        // The server stops, or the log can't be read at all: the next start goes on.
        if (error instanceof LogUnavailable) return;
        roomLog.error({ meetingId, error }, 'past attendance could not be read from the log');
      }
    }
  }

  const stop = registry.onPublication(({ before, after }) => {
    if (isClosed(after) && !isClosed(before)) void track(note(after));
  });

  return {
    fill: () => track(fillAll()),
    async close() {
      stop();
      await Promise.allSettled(underWay);
    },
  };
}
