import type { LoggedEvent } from '@diemcau/shared/domain/events.ts';
import { type QuorumMoment, quorumHistory } from '@diemcau/shared/domain/quorum-history.ts';
import { logFileLine } from '@diemcau/shared/record/log-file.ts';

function jsonOf(line: string): unknown {
  try {
    return JSON.parse(line);
  } catch {
    return null;
  }
}

/** @returns the quorum's changes as a downloaded log tells them; null where its lines are none of a log. */
export function quorumOfLog(text: string): readonly QuorumMoment[] | null {
  const [, ...lines] = text.trimEnd().split('\n');
  const events: LoggedEvent[] = [];
  for (const line of lines) {
    const parsed = logFileLine.safeParse(jsonOf(line));
    if (!parsed.success) return null;
    // The line's shape is checked; what its type carries is the server's own log, as on the socket.
    events.push(parsed.data as unknown as LoggedEvent);
  }
  return quorumHistory(events);
}
