import { roomNeed } from '@diemcau/shared/domain/room-need.ts';
import { describe, expect, test } from 'vitest';
import { by, clerk, electors, onSite, opened, people, remote, sites } from './meeting-builder.ts';

/** All nine electors at the main site, then some of them remote. */
function withRemote(count: number) {
  const meeting = opened();
  for (const [index, person] of electors.entries()) {
    const entry = index < count ? remote : onSite(sites.hall);
    meeting.do(clerk, 'recordAttendance', { person, entry });
  }
  return meeting;
}

describe('AGD8', () => {
  test('AGD8 what a vote needs stands against who is in the rooms, remote members apart', () => {
    const { state } = withRemote(4);
    const half = roomNeed(state, 'resolution');
    expect(half).toMatchObject({ inRoom: 5, reach: 'short' });
    expect(half.need).toBe(Math.floor(half.denominator / 2) + 1);
  });

  test('AGD8 where the rooms alone can pass it, it says so', () => {
    const { state } = withRemote(0);
    expect(roomNeed(state, 'resolution')).toMatchObject({ inRoom: 9, reach: 'enough' });
  });

  test('AGD8 two thirds of all can be out of reach where a majority is not', () => {
    const { state } = withRemote(3);
    expect(roomNeed(state, 'resolution').reach).toBe('enough');
    expect(roomNeed(state, 'expulsionProposal')).toMatchObject({ reach: 'short' });
  });

  test('AGD8 the denominator of a procedural vote is who is in the rooms', () => {
    const { state } = withRemote(4);
    expect(roomNeed(state, 'procedural')).toEqual({ need: 3, denominator: 5, inRoom: 5, reach: 'enough' });
  });

  test('AGD8 a probationary member in the room gives no vote', () => {
    const meeting = withRemote(4);
    meeting.do(by(people.probationary), 'checkIn', { place: onSite(sites.hall) });
    expect(roomNeed(meeting.state, 'resolution').inRoom).toBe(5);
  });
});
