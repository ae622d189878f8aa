import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { endAssignment } from '../../server/src/directory/rights.ts';
import type { MeetingRoom } from '../../server/src/meeting/room.ts';
import { startDoor, type TestDoor } from './support/door.ts';
import { material, person } from './support/material.ts';
import { openRoom } from './support/rooms.ts';

let door: TestDoor;
let room: MeetingRoom;

beforeEach(async () => {
  door = await startDoor();
  room = await openRoom(door);
});
afterEach(() => door.close());

const wish = (name: string | null) =>
  ({
    type: 'registerSuperior',
    name: 'Tên Gõ Vào',
    office: 'Chức vụ gõ vào',
    person: name === null ? null : person(name),
    site: null,
  }) as const;

async function given(by: string, name: string | null) {
  const guest = await door.personEnters(by);
  await guest.join(room.meetingId);
  return guest.command(room.meetingId, wish(name));
}

const registered = () => Object.values(room.state.onSiteSuperiors);

describe('SUP9 superiors in a hall, through the door', () => {
  test('SUP9 an account stands by the directory’s name and office, whatever the clerk typed', async () => {
    expect(await given('clerk', 'superior')).toMatchObject({ ok: true });
    expect(registered()).toMatchObject([
      { name: 'Đồng chí superior', office: 'Ủy viên', person: 'superior', to: null },
    ]);
  });

  test('SUP9 without an account as it was typed', async () => {
    expect(await given('clerk', null)).toMatchObject({ ok: true });
    expect(registered()).toMatchObject([{ name: 'Tên Gõ Vào', office: 'Chức vụ gõ vào', person: null }]);
  });

  test.each(['stranger', 'administrator', 'nowhere'])('SUP9 no superior of this cell: %s', async (name) => {
    expect(await given('clerk', name)).toMatchObject({ ok: false, code: 'notASuperior' });
    expect(registered()).toEqual([]);
  });

  test('SUP9 one whose assignment has ended, and one of the own roll', async () => {
    await endAssignment(door.db, person('superior'), { cellId: material().facts.cellId });
    expect(await given('clerk', 'superior')).toMatchObject({ ok: false, code: 'notASuperior' });
    expect(await given('clerk', 'an')).toMatchObject({ ok: false, code: 'onOwnRoll' });
  });

  test('SUP9 who may not register anybody learns nothing of whose account is a superior’s', async () => {
    expect(await given('an', 'superior')).toMatchObject({ ok: false, code: 'notAllowed' });
    expect(await given('binh', 'stranger')).toMatchObject({ ok: false, code: 'notAllowed' });
  });
});
