import { dayOf, quarterAfter, quarterOf } from '@diemcau/shared/domain/visits.ts';
import type { CellId, PersonId } from '@diemcau/shared/ids.ts';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { createVisits, hasEnded } from '../../server/src/directory/visits.ts';
import { keepOutcomes } from '../../server/src/meeting/outcomes.ts';
import { adoptAndClose, rollCall, summon } from './support/held-meetings.ts';
import { openTestDoor, type TestDoor } from './support/http-app.ts';
import { asSuperior, granted, superiorOver } from './support/oversight.ts';
import { done, silent } from './support/rooms.ts';
import { settle, type Village } from './support/village.ts';

let door: TestDoor;
let village: Village;

beforeEach(async () => {
  door = await openTestDoor();
  village = await settle(door);
});
afterEach(() => door.close());

const dayFromNow = (days: number) => dayOf(door.clock.at + days * 86_400_000);
const ask = async (person: PersonId, quarter?: string) =>
  door.ask('visits', { token: await door.tokenOf(person), query: quarter === undefined ? {} : { quarter } });
const coverage = async (person: PersonId, cell: CellId = village.own.cellId, quarter?: string) => {
  const found = granted(await ask(person, quarter)).cells.find(({ cellId }) => cellId === cell);
  if (!found) throw new Error('the cell is not in the answer');
  return found;
};
const plan = async (by: PersonId, personId: PersonId, cellId: CellId, day: string) =>
  door.ask('planVisit', { token: await door.tokenOf(by), body: { personId, cellId, day } });

/** A meeting of the own cell to its end, with a superior in the hall. */
async function visitedOnSite(person: PersonId) {
  const meeting = await summon(door, village);
  await rollCall(meeting.room, village, new Map());
  await done(
    meeting.room,
    { kind: 'person', person: village.own.clerk },
    { type: 'registerSuperior', name: 'Cấp Trên', office: 'Cán bộ', person, site: village.own.mainSite },
  );
  await adoptAndClose(door, meeting.room, village);
  await door.visits.close();
  return meeting;
}

describe('SUP3 planning', () => {
  test('SUP3 a superior plans for themselves, moves it, and takes it back', async () => {
    const { superior, own } = village;
    const token = await door.tokenOf(superior);
    expect(await coverage(superior)).toMatchObject({ state: 'nothingPlanned', plans: [], visits: [] });
    const { visitPlanId } = granted(await plan(superior, superior, own.cellId, dayFromNow(0)));
    expect(await coverage(superior)).toMatchObject({
      state: 'planned',
      plans: [{ id: visitPlanId, day: dayFromNow(0), state: 'planned', may: 'change' }],
    });
    const params = { visitPlanId };
    const moved = await door.ask('moveVisit', { token, params, body: { day: dayFromNow(1) } });
    expect(moved.status).toBe(200);
    expect((await coverage(superior)).plans).toMatchObject([{ day: dayFromNow(1) }]);
    await door.ask('removeVisit', { token, params });
    expect((await coverage(superior)).plans).toEqual([]);
  });

  test('SUP3 planned is from today on, once a day, on days that the calendar has', async () => {
    const { superior, own } = village;
    expect((await plan(superior, superior, own.cellId, dayFromNow(-1))).code).toBe('dayIsPast');
    granted(await plan(superior, superior, own.cellId, dayFromNow(3)));
    expect((await plan(superior, superior, own.cellId, dayFromNow(3))).code).toBe('alreadyExists');
    expect((await plan(superior, superior, own.cellId, '2026-02-30')).code).toBe('malformed');
  });

  test('SUP3 who is assigned over a subtree plans for those at or below it, for the cells below', async () => {
    const { superior, own, strange, commune } = village;
    const below = await superiorOver(door, 'Dưới', { cellId: own.cellId });
    const beside = await superiorOver(door, 'Ngang', { organizationId: commune });
    const elsewhere = await superiorOver(door, 'Nơi Khác', { cellId: strange.cellId });
    const day = dayFromNow(5);
    for (const person of [below, beside]) granted(await plan(superior, person, own.cellId, day));
    expect((await plan(superior, elsewhere, own.cellId, day)).code).toBe('notAllowed');
    expect((await plan(superior, below, strange.cellId, day)).code).toBe('notAllowed');
    // Assigned to the single cell: for oneself, for nobody else.
    expect((await plan(below, superior, own.cellId, day)).code).toBe('notAllowed');
    expect((await coverage(below)).plans.map(({ may }) => may)).toEqual(['change', 'read']);
    expect(granted(await ask(superior)).visitors.map(({ name }) => name)).toEqual([
      'Trần Thị Cấp Trên',
      'Dưới',
      'Ngang',
    ]);
  });

  test('SUP3 nobody is planned for a cell that is not theirs to attend, nor for their own', async () => {
    const { superior, own, commune, province } = village;
    const other = granted(
      await door.ask('createCell', {
        token: await door.tokenOf(village.administrator),
        body: { organizationId: commune, name: 'Chi bộ thôn Hai', type: 'rural' },
      }),
    ).cellId;
    const below = await superiorOver(door, 'Dưới', { cellId: other });
    expect((await plan(superior, below, own.cellId, dayFromNow(5))).code).toBe('notASuperior');
    const top = await superiorOver(door, 'Trên', { organizationId: province });
    await door.ask('assignSuperior', {
      token: await door.tokenOf(village.administrator),
      body: { personId: own.clerk, organizationId: commune },
    });
    expect((await plan(top, own.clerk, own.cellId, dayFromNow(5))).code).toBe('notASuperior');
    expect((await plan(top, own.clerk, other, dayFromNow(5))).status).toBe(200);
  });

  test('SUP3 a day that went by leaves the cell overdue, first in the list', async () => {
    const { superior, own, commune } = village;
    const token = await door.tokenOf(village.administrator);
    const body = { organizationId: commune, name: 'Chi bộ thôn A', type: 'rural' } as const;
    await door.ask('createCell', { token, body });
    granted(await plan(superior, superior, own.cellId, dayFromNow(0)));
    const { today } = granted(await ask(superior));
    door.clock.at += 86_400_000;
    const answer = granted(await ask(superior, quarterOf(today)));
    expect(answer.cells.map(({ cellName, state }) => [cellName, state])).toEqual([
      ['Chi bộ thôn Trong', 'overdue'],
      ['Chi bộ thôn A', 'nothingPlanned'],
    ]);
  });
});

describe('SUP8 visits', () => {
  test('SUP8 SUP9 on site as registered counts, and fulfils the plan of the quarter', async () => {
    const { superior, own } = village;
    granted(await plan(superior, superior, own.cellId, dayFromNow(5)));
    const { meetingId } = await visitedOnSite(superior);
    expect(await coverage(superior)).toMatchObject({
      state: 'done',
      plans: [{ state: 'done' }],
      visits: [{ person: { personId: superior }, meetingId, how: 'onSite', minutes: 0, day: dayFromNow(0) }],
    });
    const next = quarterAfter(quarterOf(dayFromNow(0)), 1);
    expect(await coverage(superior, own.cellId, next)).toMatchObject({ state: 'nothingPlanned', visits: [] });
  });

  test('SUP8 an attendance without the focus is none', async () => {
    const meeting = await summon(door, village);
    await rollCall(meeting.room, village, new Map());
    await done(meeting.room, asSuperior(village.superior), { type: 'attendAsSuperior' });
    door.clock.at += 3_600_000;
    await adoptAndClose(door, meeting.room, village);
    await door.visits.close();
    expect(await coverage(village.superior)).toMatchObject({ state: 'nothingPlanned', visits: [] });
  });

  test('SUP8 the list is made anew from the logs when it is missing, and lists nothing twice', async () => {
    const { superior } = village;
    const { meetingId } = await visitedOnSite(superior);
    const list = createVisits(door.db);
    expect(await list.missing()).toEqual([]);
    await door.db.deleteFrom('visits').execute();
    await door.db.deleteFrom('visitFolds').execute();
    expect(await list.missing()).toEqual([meetingId]);
    const keeper = keepOutcomes({ registry: door.registry, outcomes: list, hasEnded, roomLog: silent });
    await keeper.fill();
    await keeper.fill();
    await keeper.close();
    expect((await coverage(superior)).visits).toMatchObject([{ meetingId }]);
    expect(await list.missing()).toEqual([]);
  });

  test('SUP8 a meeting that was counted when it broke off is counted again when it ends', async () => {
    const list = createVisits(door.db);
    const { room, meetingId } = await visitedOnSite(village.superior);
    await door.db.updateTable('visitFolds').set({ phase: 'interrupted' }).execute();
    expect(await list.missing()).toEqual([meetingId]);
    await list.record(room.state);
    expect(await list.missing()).toEqual([]);
  });
});
