import { isDeepStrictEqual } from 'node:util';
import type { Viewer } from '@diemcau/shared/domain/audience.ts';
import type { LoggedEvent } from '@diemcau/shared/domain/events.ts';
import { emptyMeeting, evolve } from '@diemcau/shared/domain/meeting.ts';
import { redact } from '@diemcau/shared/domain/redact.ts';
import type { MeetingState } from '@diemcau/shared/domain/state.ts';
import type { MeetingId } from '@diemcau/shared/ids.ts';
import type { Finding } from './findings.ts';
import type { StoredEvent, StoredLog } from './stored.ts';

/** A state that somebody had: the server's snapshot, or a screen that has folded what it was sent. */
export interface Seen {
  readonly meetingId: MeetingId;
  readonly whose: string;
  readonly viewer: Viewer;
  readonly state: MeetingState;
}

/** Folds the stored events anew and compares with each state that was seen while the server lived. */
export function checkReplay(log: StoredLog, seen: readonly Seen[]): readonly Finding[] {
  const findings: Finding[] = [];
  for (const [meetingId, states] of Map.groupBy(seen, (one) => one.meetingId)) {
    const events = log.events.get(meetingId) ?? [];
    const wanted = new Set(states.map(({ state }) => state.seq));
    const folded = foldsAt(events, wanted);
    for (const { whose, viewer, state } of states) {
      const fold = folded.get(state.seq);
      const different = fold === undefined ? 'seq' : firstDifference(redact(fold, viewer), state);
      if (different === null) continue;
      const detail = `meeting ${meetingId}: ${whose} differs at event ${state.seq} in ${different}`;
      findings.push({ promise: 'replay equals the live state', detail });
    }
  }
  return findings;
}

function foldsAt(
  events: readonly StoredEvent[],
  wanted: ReadonlySet<number>,
): ReadonlyMap<number, MeetingState> {
  const found = new Map<number, MeetingState>();
  let state = emptyMeeting;
  for (const { seq, type, at, hash, dataHash, salt, data } of events) {
    state = evolve(state, { seq, type, at, hash, dataHash, salt, data } as unknown as LoggedEvent);
    if (wanted.has(seq)) found.set(seq, state);
  }
  return found;
}

/** @returns the first part of the state in which the two differ, as JSON carries them; null where they are equal. */
function firstDifference(ours: MeetingState, theirs: MeetingState): string | null {
  const [mine, other] = [ours, theirs].map(
    (state): Record<string, unknown> => JSON.parse(JSON.stringify(state)),
  );
  const keys = new Set([...Object.keys(mine ?? {}), ...Object.keys(other ?? {})]);
  return [...keys].find((key) => !isDeepStrictEqual(mine?.[key], other?.[key])) ?? null;
}
