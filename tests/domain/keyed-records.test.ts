import { setFlagsFromString } from 'node:v8';
import { runInThisContext } from 'node:vm';
import { drop, keyed, put } from '@diemcau/shared/domain/evolution.ts';
import { emptyMeeting, evolve } from '@diemcau/shared/domain/meeting.ts';
import { redact } from '@diemcau/shared/domain/redact.ts';
import type { MeetingState } from '@diemcau/shared/domain/state.ts';
import { asId, type PersonId, type SiteId } from '@diemcau/shared/ids.ts';
import { expect, test } from 'vitest';
import { material, roll, startsAt, strangers } from './meeting-builder.ts';

// Stays: a function is compiled when it is first called.
setFlagsFromString('--allow-natives-syntax');
const shareHiddenClass = runInThisContext('(one, other) => %HaveSameMap(one, other)') as (
  one: object,
  other: object,
) => boolean;

/** More than a table of what `{}` can become has places for (1,536). */
const meetings = 2_000;

/** A meeting with people and sites of its own, one of them in. */
function meetingOf(index: number): MeetingState {
  const person = asId<PersonId>(`nguoi-${index}`);
  const site = asId<SiteId>(`diem-${index}`);
  const { sites, ...rest } = material();
  const [entry] = roll;
  const [main] = sites;
  if (!entry || !main) throw new Error('no material');
  const log = { by: null, cause: null, hash: '', at: startsAt } as const;
  const created = evolve(emptyMeeting, {
    ...log,
    seq: 1,
    type: 'meetingCreated',
    data: { ...rest, roll: [{ ...entry, person }], sites: [{ ...main, id: site }] },
  } as never);
  return {
    ...created,
    absenceReasons: put(created.absenceReasons, person, 'Ốm'),
    attendance: drop(put(put(created.attendance, person, null as never), 'a', null as never), 'a'),
    guests: keyed([[asId(`khach-${index}`), null as never]]),
  };
}

test('a thousand meetings’ people leave every other object of the process its hidden class', () => {
  const viewer = { person: strangers.superior, site: null, officer: true };
  const kept = Array.from({ length: meetings }, (_, index) => {
    const state = meetingOf(index);
    return [state, redact(state, viewer)];
  });
  const [one, other]: { fresh?: number }[] = [{}, {}];
  if (!one || !other) throw new Error('nothing to compare');
  one.fresh = 1;
  other.fresh = 2;
  expect(shareHiddenClass(one, other)).toBe(true);
  expect(kept).toHaveLength(meetings);
});

test('records keyed by identifiers keep their order and know nothing that was not put into them', () => {
  const record = put(drop(keyed([['b', 1] as const, ['a', 2] as const, ['c', 3] as const]), 'a'), 'd', 4);
  expect(Object.entries(record)).toEqual([
    ['b', 1],
    ['c', 3],
    ['d', 4],
  ]);
  expect(record.constructor).toBeUndefined();
  expect(JSON.stringify(put(record, '__proto__', 5))).toBe('{"b":1,"c":3,"d":4,"__proto__":5}');
});
