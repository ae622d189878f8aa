import type { MeetingState } from '@diemcau/shared/domain/state.ts';
import {
  coverageOf,
  dayOf,
  isDay,
  type PlannedVisit,
  planStates,
  quarterAfter,
  quarterDays,
  quarterOf,
  visitMinimum,
  visitsOf,
} from '@diemcau/shared/domain/visits.ts';
import { asId, type CellId, type PersonId, type VisitPlanId } from '@diemcau/shared/ids.ts';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { clerk, opened, sites, strangers, superior } from './meeting-builder.ts';

const cell = asId<CellId>('chi-bo');
const [one, two] = [asId<PersonId>('mot'), asId<PersonId>('hai')];
const plan = (id: string, person: PersonId, day: string): PlannedVisit => ({
  id: asId<VisitPlanId>(id),
  person,
  cell,
  day,
});
const paid = (person: PersonId, day: string) => ({ person, cell, day });

describe('days and quarters', () => {
  test('SUP3 a day is Vietnam’s, from its own midnight', () => {
    expect(dayOf(Date.UTC(2026, 10, 24, 16, 59))).toBe('2026-11-24');
    expect(dayOf(Date.UTC(2026, 10, 24, 17, 0))).toBe('2026-11-25');
    expect(['2026-02-28', '2028-02-29'].every(isDay)).toBe(true);
    expect(['2026-02-29', '2026-13-01', '2026-1-1', '', '2026-11-24T00:00'].some(isDay)).toBe(false);
  });

  test('SUP3 every day lies in its quarter, and quarters follow on one another', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 0, max: 4_000_000_000_000 }),
        fc.integer({ min: -40, max: 40 }),
        (at, by) => {
          const quarter = quarterOf(dayOf(at));
          const { first, after } = quarterDays(quarter);
          expect(first <= dayOf(at) && dayOf(at) < after).toBe(true);
          expect(quarterOf(after)).toBe(quarterAfter(quarter, 1));
          expect(quarterAfter(quarterAfter(quarter, by), -by)).toBe(quarter);
        },
      ),
    );
  });
});

describe('which attendance is a visit', () => {
  const attended = (focused: readonly number[]): MeetingState => {
    const meeting = opened();
    const { superiorsBefore, ...rest } = meeting.state;
    const spans = focused.map((time) => ({
      person: strangers.superior,
      name: 'Cấp Trên',
      office: '',
      from: 0,
      to: 1,
      focused: time,
    }));
    return { ...rest, superiorsBefore: [...superiorsBefore, ...spans] };
  };

  test('SUP8 ten minutes in focus with sound, in sum over all attendances', () => {
    expect(visitsOf(attended([visitMinimum - 1]), 0)).toEqual([]);
    expect(visitsOf(attended([visitMinimum / 2, visitMinimum / 2]), 0)).toEqual([
      { person: strangers.superior, name: 'Cấp Trên', office: '', how: 'remote', focused: visitMinimum },
    ]);
  });

  test('SUP8 who attends without the focus has not visited, however long', () => {
    const meeting = opened();
    meeting.do(superior, 'attendAsSuperior');
    expect(visitsOf(meeting.pass(7200).state, meeting.now)).toEqual([]);
  });

  test('SUP8 a focus that lasts counts up to now, and no further than the meeting’s end', () => {
    const { state, now } = opened();
    const here = { name: '', office: '', since: now, graceEndsAt: null, focusedSince: now, focused: 60_000 };
    const focusing = { ...state, superiors: { [strangers.superior]: here } };
    expect(visitsOf(focusing, now + visitMinimum - 60_001)).toEqual([]);
    expect(visitsOf(focusing, now + visitMinimum - 60_000)).toHaveLength(1);
    expect(visitsOf({ ...focusing, endedAt: now }, now + visitMinimum)).toEqual([]);
  });

  test('SUP8 SUP9 on site as the clerk registered it, and only with an account', () => {
    const meeting = opened();
    const wish = { name: 'Một', office: 'Hai', site: sites.hall };
    meeting.do(clerk, 'registerSuperior', { ...wish, person: null });
    expect(visitsOf(meeting.state, meeting.now)).toEqual([]);
    meeting.do(clerk, 'registerSuperior', { ...wish, person: strangers.superior });
    expect(visitsOf(meeting.state, meeting.now)).toEqual([
      { person: strangers.superior, name: 'Một', office: 'Hai', how: 'onSite', focused: 0 },
    ]);
  });
});

describe('plans and coverage', () => {
  const today = '2026-11-24';

  test('SUP3 a visit fulfils one plan of the same person, on whichever day of the quarter', () => {
    const plans = [plan('b', one, '2026-12-20'), plan('a', one, '2026-11-01'), plan('c', two, '2026-11-01')];
    const states = planStates(plans, [paid(one, '2026-11-09')], today);
    expect(Object.fromEntries(states)).toEqual({ a: 'done', b: 'planned', c: 'overdue' });
  });

  test('SUP3 a plan for today is not overdue yet', () => {
    expect(planStates([plan('a', one, today)], [], today).get(asId<VisitPlanId>('a'))).toBe('planned');
  });

  test('SUP3 a cell is done by anybody’s visit, else it stands as its plans do', () => {
    expect(coverageOf('2026-Q4', [], [paid(two, '2026-10-02')], today)).toBe('done');
    expect(coverageOf('2026-Q4', [], [], today)).toBe('nothingPlanned');
    expect(coverageOf('2026-Q4', [plan('a', one, '2026-12-01')], [], today)).toBe('planned');
    expect(coverageOf('2026-Q4', [plan('a', one, '2026-11-01')], [], today)).toBe('overdue');
    const mended = [plan('a', one, '2026-11-01'), plan('b', two, '2026-12-01')];
    expect(coverageOf('2026-Q4', mended, [], today)).toBe('planned');
  });

  test('SUP3 a quarter that is over without a visit is missed', () => {
    expect(coverageOf('2026-Q3', [], [], '2026-09-30')).toBe('nothingPlanned');
    expect(coverageOf('2026-Q3', [], [], '2026-10-01')).toBe('missed');
    expect(coverageOf('2026-Q3', [], [paid(one, '2026-09-30')], '2026-10-01')).toBe('done');
  });
});
