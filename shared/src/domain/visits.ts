import type { CellId, PersonId, VisitPlanId } from '../ids.ts';
import { entriesOf } from './evolution.ts';
import { timeFocused } from './focus.ts';
import type { MeetingState } from './state.ts';

/** SUP8: so long in focus with sound, in sum, and an attendance from afar counts as a visit. */
export const visitMinimum = 10 * 60_000;

/** A day of Vietnam's calendar: *2026-11-24*. Days compare as texts. */
export type Day = string;

/** A quarter of a year: *2026-Q4*. */
export type Quarter = string;

const vietnamOffset = 7 * 3_600_000;

/** @returns the day in Vietnam of a moment in milliseconds since 1970. */
export function dayOf(at: number): Day {
  return new Date(at + vietnamOffset).toISOString().slice(0, 10);
}

/** @returns whether the text names a day that the calendar has. */
export function isDay(text: string): boolean {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(text)) return false;
  const time = Date.parse(`${text}T00:00:00Z`);
  return !Number.isNaN(time) && new Date(time).toISOString().startsWith(text);
}

/** @returns the quarter that a day lies in. */
export function quarterOf(day: Day): Quarter {
  return `${day.slice(0, 4)}-Q${Math.ceil(Number(day.slice(5, 7)) / 3)}`;
}

/** @returns the quarter's first day and the first day after it. */
export function quarterDays(quarter: Quarter): { readonly first: Day; readonly after: Day } {
  const year = Number(quarter.slice(0, 4));
  const month = (Number(quarter.slice(6)) - 1) * 3 + 1;
  const two = (number: number) => String(number).padStart(2, '0');
  const first = `${year}-${two(month)}-01`;
  return { first, after: month === 10 ? `${year + 1}-01-01` : `${year}-${two(month + 3)}-01` };
}

/** @returns the quarter so many quarters later, or earlier for a negative number. */
export function quarterAfter(quarter: Quarter, quarters: number): Quarter {
  const index = Number(quarter.slice(0, 4)) * 4 + Number(quarter.slice(6)) - 1 + quarters;
  return `${Math.floor(index / 4)}-Q${(index % 4) + 1}`;
}

/** An attendance of a superior that counts as a visit. */
export interface CountedVisit {
  readonly person: PersonId;
  readonly name: string;
  readonly office: string;
  readonly how: 'remote' | 'onSite';
  /** Milliseconds in focus with sound; 0 for a visit on site. */
  readonly focused: number;
}

/**
 * Who visited the meeting (SUP8): in focus with sound for at least ten minutes in sum, or in a hall as the clerk registered
 * it. On site outweighs: whoever did both came in person. @param now milliseconds since 1970, for who is still there.
 */
export function visitsOf(state: MeetingState, now: number): readonly CountedVisit[] {
  const until = state.endedAt ?? now;
  const visits = new Map<PersonId, CountedVisit>();
  for (const { person, name, office } of Object.values(state.onSiteSuperiors)) {
    if (person !== null) visits.set(person, { person, name, office, how: 'onSite', focused: 0 });
  }
  const attending = entriesOf(state.superiors).map(([person, { name, office }]) => {
    return { person, name, office, focused: timeFocused(state, person, until) };
  });
  const remote = Map.groupBy([...state.superiorsBefore, ...attending], ({ person }) => person);
  for (const [person, spans] of remote) {
    const [first] = spans;
    const focused = spans.reduce((sum, span) => sum + span.focused, 0);
    if (!first || focused < visitMinimum || visits.has(person)) continue;
    visits.set(person, { person, name: first.name, office: first.office, how: 'remote', focused });
  }
  return [...visits.values()];
}

/** A visit that is planned: who, where, on which day (SUP3). */
export interface PlannedVisit {
  readonly id: VisitPlanId;
  readonly person: PersonId;
  readonly cell: CellId;
  readonly day: Day;
}

/** A visit that was paid. */
export interface PaidVisit {
  readonly person: PersonId;
  readonly cell: CellId;
  readonly day: Day;
}

export type PlanState = 'done' | 'overdue' | 'planned';

/** SUP3: how a cell stands in a quarter. `missed`: the quarter is over and nobody came. */
export type CoverageState = 'overdue' | 'missed' | 'nothingPlanned' | 'planned' | 'done';

/** What needs attention first. */
export const coverageOrder = [
  'overdue',
  'missed',
  'nothingPlanned',
  'planned',
  'done',
] as const satisfies readonly CoverageState[];

/**
 * How each plan of one quarter stands. A visit fulfils one plan of the same person for the same cell: the first visit the
 * first plan, whichever day it was paid, so that a visit that was brought forward doesn't leave its plan open.
 */
export function planStates(
  plans: readonly PlannedVisit[],
  visits: readonly PaidVisit[],
  today: Day,
): ReadonlyMap<VisitPlanId, PlanState> {
  const key = (entry: { readonly person: PersonId; readonly cell: CellId }) =>
    `${entry.person} ${entry.cell}`;
  const left = new Map<string, number>();
  for (const visit of visits) left.set(key(visit), (left.get(key(visit)) ?? 0) + 1);
  const states = new Map<VisitPlanId, PlanState>();
  for (const plan of plans.toSorted((a, b) => (a.day < b.day ? -1 : 1))) {
    const paid = left.get(key(plan)) ?? 0;
    if (paid > 0) left.set(key(plan), paid - 1);
    states.set(plan.id, paid > 0 ? 'done' : plan.day < today ? 'overdue' : 'planned');
  }
  return states;
}

/** SUP3: at least one visit a quarter. @param plans @param visits of one cell in the quarter. */
export function coverageOf(
  quarter: Quarter,
  plans: readonly PlannedVisit[],
  visits: readonly PaidVisit[],
  today: Day,
): CoverageState {
  if (visits.length > 0) return 'done';
  if (quarterDays(quarter).after <= today) return 'missed';
  const states = [...planStates(plans, visits, today).values()];
  // A plan that still stands mends one whose day went by.
  if (states.includes('planned')) return 'planned';
  return states.includes('overdue') ? 'overdue' : 'nothingPlanned';
}
