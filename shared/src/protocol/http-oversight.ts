import { z } from 'zod';
import { observationKinds } from '../domain/observations.ts';
import { type CoverageState, coverageOrder, isDay, type PlanState } from '../domain/visits.ts';
import type { ObservationId, VisitPlanId } from '../ids.ts';
import { addresses } from './addresses.ts';
import { text } from './commands.ts';
import { cellId, done, id, meetingId, organizationId, personId, time } from './http-schemas.ts';

// Routes of supervision: observations (SUP2), visits (SUP3, SUP8), superiors in a hall (SUP9), assignments (SUP1).

const observationId = id<ObservationId>();
const visitPlanId = id<VisitPlanId>();

const day = z.string().refine(isDay, 'not a day');
const quarter = z.string().regex(/^(?:19|20)\d{2}-Q[1-4]$/);
const observationKind = z.enum(observationKinds);
const observationText = text(2000);

/** An observation, by whom, and at which moment of the meeting. */
const observation = z.object({
  id: observationId,
  meetingId,
  cellId,
  cellName: z.string(),
  /** The meeting's title. */
  title: z.string(),
  kind: observationKind,
  text: z.string(),
  /** As the author was announced to the cell when it was written. */
  author: z.object({ personId, name: z.string(), office: z.string() }),
  /** The event of the log after which it was written. */
  moment: z.object({ seq: z.number(), hash: z.string(), at: time, item: z.string().nullable() }),
  writtenAt: time,
  /** Null while it is its author's alone. */
  sentAt: time.nullable(),
});
export type Observation = z.infer<typeof observation>;

const visitor = z.object({
  personId,
  name: z.string(),
  office: z.string(),
  birthYear: z.number().nullable(),
});
export type Visitor = z.infer<typeof visitor>;

const planStates = ['done', 'overdue', 'planned'] as const satisfies PlanState[];

/** How one cell stands in the quarter. */
const cellCoverage = z.object({
  cellId,
  cellName: z.string(),
  organizationName: z.string(),
  state: z.enum(coverageOrder satisfies readonly CoverageState[]),
  visits: z
    .array(
      z.object({
        person: visitor,
        meetingId,
        day,
        how: z.enum(['remote', 'onSite']),
        /** Whole minutes in focus with sound; 0 for a visit on site. */
        minutes: z.number(),
      }),
    )
    .readonly(),
  plans: z
    .array(
      z.object({
        id: visitPlanId,
        person: visitor,
        day,
        state: z.enum(planStates),
        /** Whether the person who asks may move or remove it. */
        may: z.enum(['change', 'read']),
      }),
    )
    .readonly(),
  /** Of {@link visits.visitors}, who may be planned for this cell. */
  visitors: z.array(personId).readonly(),
});
export type CellCoverage = z.infer<typeof cellCoverage>;

const visits = z.object({
  quarter,
  today: day,
  /** Overdue ones first. */
  cells: z.array(cellCoverage).readonly(),
  /** Whom the person who asks may plan for, themselves first. */
  visitors: z.array(visitor).readonly(),
});
export type Visits = z.infer<typeof visits>;

/** Over what somebody is a superior. */
const assignmentSubject = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('cell'), cellId, name: z.string() }),
  z.object({ kind: z.literal('organization'), organizationId, name: z.string() }),
]);

const assignment = z.object({ person: visitor, subject: assignmentSubject });
export type Assignment = z.infer<typeof assignment>;

export const oversightRoutes = {
  /** One's own observations of one day over all cells; `days` names the days that have any, latest first. */
  observationBoard: {
    ...addresses.observationBoard,
    /** Without a day: the latest that has any. */
    query: z.object({ day: day.optional() }),
    answer: z.object({
      day: day.nullable(),
      days: z.array(day).readonly(),
      observations: z.array(observation).readonly(),
    }),
  },
  /** What was sent to the cell about the meeting, and one's own that was not; `mayWrite` says whether one may add to it. */
  meetingObservations: {
    ...addresses.meetingObservations,
    params: z.object({ meetingId }),
    answer: z.object({
      observations: z.array(observation).readonly(),
      mayWrite: z.enum(['yes', 'no']),
    }),
  },
  writeObservation: {
    ...addresses.writeObservation,
    params: z.object({ meetingId }),
    /** `seq` and `hash`: the last event that its author has seen. */
    body: z.strictObject({
      kind: observationKind,
      text: observationText,
      seq: z.number().int().min(1),
      hash: z.string().regex(/^[0-9a-f]{64}$/),
    }),
    answer: observation,
  },
  editObservation: {
    ...addresses.editObservation,
    params: z.object({ observationId }),
    body: z.strictObject({ kind: observationKind, text: observationText }),
    answer: done,
  },
  deleteObservation: {
    ...addresses.deleteObservation,
    params: z.object({ observationId }),
    answer: done,
  },
  /** Gives observations to the cells that they are about: all or none. From then on nobody changes them. */
  sendObservations: {
    ...addresses.sendObservations,
    body: z.strictObject({ observationIds: z.array(observationId).min(1).max(200) }),
    answer: z.object({ sent: z.number() }),
  },

  visits: {
    ...addresses.visits,
    /** Without a quarter: the present one. */
    query: z.object({ quarter: quarter.optional() }),
    answer: visits,
  },
  planVisit: {
    ...addresses.planVisit,
    body: z.strictObject({ personId, cellId, day }),
    answer: z.object({ visitPlanId }),
  },
  moveVisit: {
    ...addresses.moveVisit,
    params: z.object({ visitPlanId }),
    body: z.strictObject({ day }),
    answer: done,
  },
  removeVisit: {
    ...addresses.removeVisit,
    params: z.object({ visitPlanId }),
    answer: done,
  },

  /** Superiors with an account who may be registered in a hall of the meeting: for its officers. */
  meetingSuperiors: {
    ...addresses.meetingSuperiors,
    params: z.object({ meetingId }),
    answer: z.object({ superiors: z.array(visitor).readonly() }),
  },

  /** Who is a superior over which part of the subtree that one administers. */
  assignments: {
    ...addresses.assignments,
    answer: z.object({ assignments: z.array(assignment).readonly() }),
  },
  /** People by a part of their name whom an administrator may assign: of the cells below, or assigned there already. */
  assignable: {
    ...addresses.assignable,
    query: z.object({ name: text(120) }),
    answer: z.object({
      people: z.array(visitor.extend({ cellName: z.string().nullable() })).readonly(),
    }),
  },
} as const;
