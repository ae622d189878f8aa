import type { MeetingState } from '@diemcau/shared/domain/state.ts';
import type { MeetingId } from '@diemcau/shared/ids.ts';
import { LogUnavailable } from './log/event-log.ts';
import type { RoomLog } from './ports.ts';
import type { MeetingRegistry } from './registry.ts';

/** Writes at once: where a whole province ends its meetings, the database has more to do than this. */
const abreast = 4;
/** After so long what could not be written is looked for again, milliseconds. */
const again = 60_000;

/** What is noted of meetings that have ended; made anew from their logs. */
export interface Outcomes {
  /** Notes a meeting that has ended; again changes nothing. */
  record(state: MeetingState): Promise<void>;
  /** Meetings that have ended of which nothing is noted. */
  missing(): Promise<readonly MeetingId[]>;
}

export interface OutcomeKeeper {
  /** Notes the ended meetings that are missing, from their logs: after a crash, or when the table was emptied. */
  fill(): Promise<void>;
  /** Stops listening; what was begun is written first. */
  close(): Promise<void>;
}

/**
 * Keeps a list of what came of meetings behind their logs: it may lag, and is never asked about a rule. What the database does not
 * take is looked for again a minute later.
 */
export function keepOutcomes(parts: {
  readonly registry: Pick<MeetingRegistry, 'onPublication' | 'read'>;
  readonly outcomes: Outcomes;
  /** Whether a meeting has ended, as far as the list is concerned. */
  readonly hasEnded: (state: MeetingState) => boolean;
  readonly roomLog: RoomLog;
}): OutcomeKeeper {
  const { registry, outcomes, hasEnded, roomLog } = parts;
  const underWay = new Set<Promise<void>>();
  const waiting: MeetingState[] = [];
  let writers = 0;
  let later: NodeJS.Timeout | null = null;
  let closed = false;

  function track(work: Promise<void>): Promise<void> {
    const tracked: Promise<void> = work.finally(() => underWay.delete(tracked));
    underWay.add(tracked);
    return tracked;
  }

  async function note(state: MeetingState): Promise<void> {
    try {
      await outcomes.record(state);
    } catch (error) {
      roomLog.error(
        { meetingId: state.facts?.meetingId, error },
        'what came of a meeting could not be written',
      );
      tryLater();
    }
  }

  async function writeWaiting(): Promise<void> {
    writers += 1;
    for (let state = waiting.shift(); state; state = waiting.shift()) await note(state);
    writers -= 1;
  }

  function tryLater(): void {
    if (closed) return;
    later ??= setTimeout(() => {
      later = null;
      void track(fillAll().catch(tryLater));
    }, again).unref();
  }

  async function fillAll(): Promise<void> {
    for (const meetingId of await outcomes.missing()) {
      try {
        const reading = await registry.read(meetingId);
        if (reading) await note(reading.state);
      } catch (error) {
        // The server stops, or the log can't be read at all.
        if (error instanceof LogUnavailable) return tryLater();
        roomLog.error({ meetingId, error }, 'what came of a meeting could not be read from the log');
      }
    }
  }

  const stop = registry.onPublication(({ before, after }) => {
    if (!hasEnded(after) || hasEnded(before)) return;
    waiting.push(after);
    if (writers < abreast) void track(writeWaiting());
  });

  return {
    fill: () => track(fillAll()),
    async close() {
      stop();
      closed = true;
      if (later) clearTimeout(later);
      await Promise.allSettled(underWay);
    },
  };
}
