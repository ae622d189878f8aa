import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { hold, rollCall, summon } from './support/held-meetings.ts';
import { openTestDoor, type TestDoor } from './support/http-app.ts';
import { done } from './support/rooms.ts';
import { settle, type Village } from './support/village.ts';

let door: TestDoor;
let village: Village;

beforeEach(async () => {
  door = await openTestDoor();
  village = await settle(door);
});
afterEach(() => door.close());

const set = async (level: 'province' | 'commune', settings: Record<string, unknown>) =>
  door.ask('updateOrganization', {
    token: await door.tokenOf(village.provinceAdministrator),
    params: { organizationId: village[level] },
    body: { settings },
  });

const stricter = { version: 2, denominator: 'allOfficial', majority: 'atLeastTwoThirds' } as const;
const own = { version: 3, denominator: 'presentEligible', majority: 'moreThanHalf' } as const;

describe('VOTE2 what a committee sets otherwise than the table', () => {
  test('VOTE2 it is inherited rule by rule, and freezes into the opening with its version', async () => {
    await set('province', { votes: { resolution: stricter, scoreApproval: stricter }, chairGone: 90 });
    await set('commune', { votes: { scoreApproval: own }, remoteCards: 'on' });
    const { room } = await summon(door, village);
    expect(room.state.facts?.rules).toMatchObject({
      chairGone: 90,
      remoteCards: 'on',
      votes: { resolution: stricter, scoreApproval: own },
    });
    await rollCall(room, village, new Map());
    const chair = { kind: 'person', person: village.own.secretary } as const;
    await done(room, chair, {
      type: 'openVote',
      item: null,
      question: 'Thông qua nghị quyết?',
      rule: 'resolution',
      purpose: 'motion',
      despiteWaiting: false,
    });
    // A later change of the committee's reaches no meeting that has been created.
    await set('province', { votes: {} });
    const vote = room.state.openVote;
    const opening = vote === null ? undefined : room.state.votes[vote]?.opening;
    expect(opening).toMatchObject({ rule: 'resolution', ruleVersion: 2, denominator: 4, need: 3 });
    const next = await hold(door, { ...village, own: village.strange });
    expect(next.room.state.facts?.rules.votes).toEqual({});
  });

  test('VOTE2 what is no rule, no denominator or no majority is refused', async () => {
    const bad = [
      { votes: { resolution: { ...stricter, majority: 'half' } } },
      { votes: { resolution: { ...stricter, denominator: 'whoever' } } },
      { votes: { resolution: { ...stricter, method: 'showOfHands' } } },
      { votes: { acclamation: stricter } },
      { chairGone: 1 },
    ];
    for (const settings of bad) expect((await set('province', settings)).status).toBe(400);
  });
});
