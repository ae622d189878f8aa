import type { ClerkEntry } from '@diemcau/shared/domain/commands.ts';
import type { PersonId } from '@diemcau/shared/ids.ts';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { adoptAndClose, hold, rollCall, summon } from './support/held-meetings.ts';
import { openTestDoor, type TestDoor } from './support/http-app.ts';
import { done } from './support/rooms.ts';
import { settle, type Village } from './support/village.ts';

const month = 30 * 24 * 3_600_000;
const excused = { mode: 'absentExcused', reason: 'Đi chữa bệnh' } as const;
const unexcused = { mode: 'absentUnexcused' } as const;

let door: TestDoor;
let village: Village;

beforeEach(async () => {
  door = await openTestDoor();
  village = await settle(door);
  // Early in a year, in Vietnam: streaks are counted within one.
  door.clock.at = Date.parse('2027-01-10T12:00:00Z');
});
afterEach(() => door.close());

const absent = (entry: ClerkEntry) => new Map<PersonId, ClerkEntry>([[village.own.member, entry]]);

/** The list as the person asking gets it, once what was closed last has been noted. */
async function streaks(as: PersonId = village.own.secretary) {
  return door.ask('absenceStreaks', {
    token: await door.tokenOf(as),
    params: { cellId: village.own.cellId },
  });
}

const rows = () =>
  door.db.selectFrom('attendanceOutcomes').selectAll().orderBy('at').orderBy('personId').execute();

async function noted(count: number) {
  await vi.waitFor(async () => expect(await rows()).toHaveLength(count));
}

describe('ATT6 streaks of absence over past meetings', () => {
  test('ATT6 three excused absences in a row warn the secretary, four are a breach', async () => {
    for (const meetings of [1, 2, 3, 4]) {
      await hold(door, village, absent(excused));
      await noted(3 * meetings);
      const { value } = await streaks();
      if (meetings < 3) expect(value?.warnings).toEqual([]);
      else {
        expect(value?.warnings).toEqual([
          {
            personId: village.own.member,
            name: 'Nông Văn Trong',
            birthYear: 1970,
            partyGroup: 'Tổ 1',
            excusedInRow: meetings,
            unexcusedInRow: 0,
            monthsMissed: 0,
            level: meetings === 3 ? 'warning' : 'breach',
          },
        ]);
      }
      door.clock.at += month;
    }
  });

  test('ATT6 an attended meeting ends the streak, and a new year begins anew', async () => {
    for (let past = 0; past < 3; past += 1) {
      await hold(door, village, absent(excused));
      door.clock.at += month;
    }
    await noted(9);
    expect((await streaks()).value?.warnings).toHaveLength(1);
    await hold(door, village, absent({ mode: 'onSite', site: village.own.mainSite }));
    await noted(12);
    expect((await streaks()).value?.warnings).toEqual([]);
    door.clock.at += month;
    for (let past = 0; past < 3; past += 1) await hold(door, village, absent(unexcused));
    await noted(21);
    expect((await streaks()).value?.warnings).toMatchObject([{ unexcusedInRow: 3 }]);
    door.clock.at = Date.parse('2028-01-05T12:00:00Z');
    expect((await streaks()).value?.warnings).toEqual([]);
  });

  test('ATT6 only the secretary is told, and nothing happens to the member by itself', async () => {
    for (let past = 0; past < 4; past += 1) await hold(door, village, absent(unexcused));
    await noted(12);
    const { own, administrator, superior, strange } = village;
    for (const other of [own.member, own.clerk, own.suspended, administrator, superior, strange.secretary])
      expect(await streaks(other)).toMatchObject({ status: 403, code: 'notAllowed' });
    const membership = await door.db
      .selectFrom('memberships')
      .where('personId', '=', own.member)
      .select(['standing', 'office'])
      .executeTakeFirst();
    expect(membership).toEqual({ standing: 'official', office: null });
    expect((await door.ask('home', { token: await door.tokenOf(own.member) })).text).not.toContain('InRow');
  });

  test('ATT6 who came late is present, who is not summoned stands nowhere, corrections before closing count', async () => {
    const { own } = village;
    const { room } = await summon(door, village);
    await rollCall(room, village, absent(unexcused));
    const member = { kind: 'person', person: own.member } as const;
    await done(room, member, { type: 'checkIn', place: { mode: 'remote' } });
    await done(room, member, { type: 'leaveMeeting' });
    await adoptAndClose(door, room, village);
    await noted(3);
    expect(Object.fromEntries((await rows()).map((row) => [row.personId, row.outcome]))).toEqual({
      [own.secretary]: 'present',
      [own.clerk]: 'present',
      [own.member]: 'present',
    });
  });

  test('ATT6 a meeting that goes on, breaks off or is cancelled counts for nothing yet', async () => {
    const chair = { kind: 'person', person: village.own.secretary } as const;
    const cancelled = await summon(door, village);
    await done(cancelled.room, chair, { type: 'cancelMeeting', reason: 'Bão' });
    const broken = await summon(door, village);
    await rollCall(broken.room, village, absent(unexcused));
    await done(broken.room, chair, { type: 'interruptMeeting', reason: 'Mất điện' });
    await door.outcomes.fill();
    expect(await rows()).toEqual([]);
  });

  test('ATT6 the projection is made anew from the logs, the same as before', async () => {
    await hold(door, village, absent(excused));
    door.clock.at += month;
    await hold(door, village, absent(unexcused));
    await noted(6);
    const before = await rows();
    await door.db.deleteFrom('attendanceOutcomes').execute();
    await door.outcomes.fill();
    expect(await rows()).toEqual(before);
    await door.outcomes.fill();
    expect(await rows()).toEqual(before);
  });
});
