import type { LoggedEvent } from './events.ts';
import { emptyMeeting, evolve } from './meeting.ts';
import { attendanceFigures } from './selectors.ts';

/** From when on the official members present were so many, and whether that was a quorum (ATT8). */
export interface QuorumMoment {
  readonly at: number;
  readonly officialPresent: number;
  readonly official: number;
  readonly reached: boolean;
}

/** @returns each change of the figures while the meeting ran: the log's answer to "was there quorum at any moment". */
export function quorumHistory(events: readonly LoggedEvent[]): readonly QuorumMoment[] {
  const moments: QuorumMoment[] = [];
  let state = emptyMeeting;
  for (const event of events) {
    state = evolve(state, event);
    if (state.phase !== 'open') continue;
    const { officialPresent, official, quorumReached: reached } = attendanceFigures(state);
    const last = moments.at(-1);
    if (last?.officialPresent === officialPresent && last.official === official) continue;
    moments.push({ at: event.at, officialPresent, official, reached });
  }
  return moments;
}
