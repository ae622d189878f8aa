import type { ObservationKind } from '@diemcau/shared/domain/observations.ts';
import type { MeetingPhase } from '@diemcau/shared/domain/state.ts';
import type { CountedVisit, Day } from '@diemcau/shared/domain/visits.ts';
import type { CellId, MeetingId, ObservationId, PersonId, VisitPlanId } from '@diemcau/shared/ids.ts';

export interface ObservationTable {
  id: ObservationId;
  meetingId: MeetingId;
  authorId: PersonId;
  authorName: string;
  authorOffice: string;
  kind: ObservationKind;
  text: string;
  /** The event of the log after which it was written, its hash and its time. */
  seq: number;
  hash: string;
  at: number;
  /** Title of the item that was current then. */
  item: string | null;
  writtenAt: number;
  /** Null while it is its author's alone. */
  sentAt: number | null;
}

export interface VisitPlanTable {
  id: VisitPlanId;
  personId: PersonId;
  cellId: CellId;
  day: Day;
  plannedBy: PersonId;
}

export interface VisitTable {
  meetingId: MeetingId;
  personId: PersonId;
  /** As announced in the meeting. */
  name: string;
  office: string;
  day: Day;
  how: CountedVisit['how'];
  focused: number;
}

/** Meetings of which the visits are noted, by the version of the fold that noted them. */
export interface VisitFoldTable {
  meetingId: MeetingId;
  version: number;
  /** The phase in which the meeting was counted: an interrupted one may go on. */
  phase: MeetingPhase;
}
