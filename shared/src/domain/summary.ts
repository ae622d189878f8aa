import type { CellId, MeetingId } from '../ids.ts';
import { currentItem } from './agenda.ts';
import type { MeetingKind } from './roster.ts';
import { attendanceFigures, voteProgress } from './selectors.ts';
import type { MeetingPhase, MeetingState } from './state.ts';

/** What a superior's list shows of one meeting: figures, never choices or reasons. */
export interface MeetingSummary {
  readonly meetingId: MeetingId;
  readonly cellId: CellId;
  readonly cellName: string;
  readonly title: string;
  readonly kind: MeetingKind;
  readonly phase: MeetingPhase;
  readonly startsAt: number;
  readonly openedAt: number | null;
  readonly present: number;
  readonly summoned: number;
  readonly currentItem: string | null;
  readonly vote: { readonly question: string; readonly voted: number; readonly electors: number } | null;
  readonly superiors: number;
}

/** @returns the summary of a meeting; null before it was created. */
export function summaryOf(state: MeetingState): MeetingSummary | null {
  if (!state.facts) return null;
  const { meetingId, cellId, cellName, title, kind, startsAt } = state.facts;
  const { present, summoned } = attendanceFigures(state);
  const open = state.openVote === null ? undefined : state.votes[state.openVote];
  const progress = open && voteProgress(open);
  return {
    meetingId,
    cellId,
    cellName,
    title,
    kind,
    phase: state.phase,
    startsAt,
    openedAt: state.openedAt,
    present,
    summoned,
    currentItem: currentItem(state)?.title ?? null,
    vote:
      open && progress
        ? { question: open.opening.question, voted: progress.voted, electors: progress.electors }
        : null,
    superiors: Object.keys(state.superiors).length,
  };
}
