import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { person } from './support/material.ts';
import { as, done, mark, openRoom, openVote, startRegistry, type TestRegistry } from './support/rooms.ts';

let world: TestRegistry;
beforeEach(async () => {
  world = await startRegistry();
});
afterEach(async () => {
  await world.close();
  await world.remove();
});

describe('as time passes', () => {
  test('ATT2 a drop under five seconds leaves no trace, a longer one starts the grace, its end says left', async () => {
    const room = await openRoom(world);
    const owner = { kind: 'person', person: person('an') } as const;
    const presence = () => room.state.attendance[person('an')]?.presence;
    const pass = async (milliseconds: number) => {
      world.clock.at += milliseconds;
      world.registry.tick();
      await room.idle();
    };
    const { seq } = room.head;
    room.lines.down(owner, world.clock.at);
    await pass(4_000);
    room.lines.up(owner);
    await pass(2_000);
    expect(room.head.seq).toBe(seq);
    room.lines.down(owner, world.clock.at);
    await pass(5_000);
    expect(presence()).toMatchObject({ mode: 'reconnecting' });
    room.lines.up(owner);
    await pass(1_000);
    expect(presence()).toEqual({ mode: 'remote' });
    room.lines.down(owner, world.clock.at);
    await pass(6_000);
    await pass(60_000);
    expect(presence()).toEqual({ mode: 'left' });
  });

  test('DUR5 where the clock is set back behind the last event the meeting’s time goes on from there, also after a restart', async () => {
    let room = await openRoom(world);
    world.clock.ahead = 3_600_000;
    const vote = await openVote(room);
    const { at } = room.state;
    world.clock.ahead = 0;
    world.clock.at += 20_000;
    await done(room, as('an'), mark(vote));
    expect(room.state.at).toBe(at + 20_000);
    const { dataDir, clock } = world;
    await world.close();
    world = await startRegistry(dataDir);
    world.clock.at = clock.at + 4_000;
    const again = await world.registry.room(room.meetingId);
    if (!again) throw new Error('the meeting is gone');
    room = again;
    world.clock.at += 10_000;
    await done(room, as('chair'), { type: 'closeVote', vote, despiteUnreached: true });
    // What went by while the server was off nobody has measured; what goes by since counts.
    expect(room.state.at).toBeGreaterThanOrEqual(at + 30_000);
  });

  test('DUR5 a line lost while the clock was ahead is told as lost when it was put right', async () => {
    const room = await openRoom(world);
    world.clock.ahead = 3_600_000;
    room.lines.down({ kind: 'person', person: person('an') }, world.clock.elapsed());
    world.clock.ahead = 0;
    world.clock.at += 6_000;
    world.registry.tick();
    await room.idle();
    expect(room.state.attendance[person('an')]?.presence).toMatchObject({ mode: 'reconnecting' });
  });

  test('MEET3 sixty minutes without anybody end the meeting as interrupted', async () => {
    const room = await openRoom(world);
    for (const name of ['chair', 'clerk', 'an', 'binh', 'cuc'])
      await done(room, as(name), { type: 'leaveMeeting' });
    world.clock.at += 60 * 60_000;
    world.registry.tick();
    await room.idle();
    expect(room.state.phase).toBe('interrupted');
    expect(world.index.entries.get(room.meetingId)?.phase).toBe('interrupted');
  });
});
