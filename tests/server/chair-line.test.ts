import { chairGoneSince, isChairVacant } from '@diemcau/shared/domain/chair.ts';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { MeetingRoom } from '../../server/src/meeting/room.ts';
import { person, site } from './support/material.ts';
import { as, done, openRoom, startRegistry, type TestRegistry } from './support/rooms.ts';

const owner = { kind: 'person', person: person('chair') } as const;

let world: TestRegistry;
let room: MeetingRoom;

beforeEach(async () => {
  world = await startRegistry();
  room = await openRoom(world);
  await done(room, as('clerk'), {
    type: 'recordAttendance',
    person: person('chair'),
    entry: { mode: 'onSite', site: site('main') },
  });
});
afterEach(async () => {
  await world.close();
  await world.remove();
});

async function pass(seconds: number): Promise<void> {
  world.clock.at += seconds * 1_000;
  world.registry.tick();
  await room.idle();
}

describe('CHAIR1 the own line of a chair in a hall that never opened', () => {
  test('CHAIR1 its loss and return are logged once each, and touch no presence', async () => {
    const { seq } = room.head;
    await pass(30);
    expect(room.head.seq).toBe(seq);
    room.lines.down(owner, world.clock.at);
    await pass(4);
    expect(room.head.seq).toBe(seq);
    await pass(2);
    await pass(30);
    expect(room.eventsSince(seq)?.map(({ type }) => type)).toEqual(['chairLineLost']);
    expect(isChairVacant(room.state, world.clock.at)).toBe(false);
    await pass(30);
    expect(isChairVacant(room.state, world.clock.at)).toBe(true);
    room.lines.up(owner);
    await pass(1);
    expect(room.eventsSince(seq)?.map(({ type }) => type)).toEqual(['chairLineLost', 'chairLineBack']);
    expect(chairGoneSince(room.state)).toBeNull();
    expect(room.state.attendance[person('chair')]?.presence).toEqual({ mode: 'onSite', site: site('main') });
  });

  test('CHAIR1 a second device keeps the chair', async () => {
    room.lines.up(owner);
    room.lines.down(owner, world.clock.at);
    await pass(300);
    expect(chairGoneSince(room.state)).toBeNull();
  });
});
