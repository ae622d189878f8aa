import type { PersonId } from '@diemcau/shared/ids.ts';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { onRightsChange } from '../../server/src/directory/rights-changes.ts';
import { openTestDoor, type TestDoor } from './support/http-app.ts';
import { settle, type Village } from './support/village.ts';

let door: TestDoor;
let village: Village;

beforeAll(async () => {
  door = await openTestDoor();
  village = await settle(door);
});
afterAll(() => door.close());

describe('assignments of superiors', () => {
  test('who listens hears of whom an assignment was given or ended, after it is written', async () => {
    const { own, administrator } = village;
    const token = await door.tokenOf(administrator);
    const heard: (PersonId | null)[] = [];
    const stop = onRightsChange(door.db, (person) => heard.push(person));
    const body = { personId: own.member, cellId: own.cellId };
    await door.ask('assignSuperior', { token, body });
    expect(heard).toEqual([own.member]);
    await door.ask('endSuperior', { token, body });
    expect(heard).toEqual([own.member, own.member]);
    stop();
    await door.ask('assignSuperior', { token, body });
    expect(heard.length).toBe(2);
    await door.ask('endSuperior', { token, body });
  });

  test('a refused assignment is told to nobody', async () => {
    const { own, strange, administrator } = village;
    const token = await door.tokenOf(administrator);
    const heard: (PersonId | null)[] = [];
    const stop = onRightsChange(door.db, (person) => heard.push(person));
    const refusedOne = await door.ask('assignSuperior', {
      token,
      body: { personId: own.member, cellId: strange.cellId },
    });
    expect(refusedOne.code).toBe('notAllowed');
    expect(heard).toEqual([]);
    stop();
  });
});
