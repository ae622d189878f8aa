import { asId, type MeetingId, type PersonId, type VoteId } from '@diemcau/shared/ids.ts';
import { socketRequests } from '@diemcau/shared/protocol/requests.ts';
import type { Answer } from '@diemcau/shared/protocol/socket.ts';
import { type WallRequestName, wallRequests } from '@diemcau/shared/protocol/wall.ts';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { assignSuperior, endAssignment } from '../../server/src/directory/rights.ts';
import type { Guest } from './support/door.ts';
import { newCommandId } from './support/material.ts';
import { must } from './support/village.ts';
import { WallGuest } from './support/wall-guest.ts';
import { openWallVillage, type WallVillage } from './support/wall-village.ts';

let world: WallVillage;

beforeAll(async () => {
  world = await openWallVillage();
});
afterAll(() => world.close());

/** Every request of a wall, naming one meeting where it names any. */
const onTheWall: { readonly [N in WallRequestName]: (meetingId: MeetingId) => unknown } = {
  watchWall: () => ({}),
  unwatchWall: () => ({}),
  showTiles: (meetingId) => ({ meetings: [meetingId] }),
  attendMeetings: (meetingId) => ({ id: newCommandId(), meetings: [meetingId] }),
  leaveMeetings: (meetingId) => ({ id: newCommandId(), meetings: [meetingId] }),
  focusMeeting: (meetingId) => ({ meeting: meetingId }),
  acknowledgeAlarm: (meetingId) => ({ meetingId, key: 'rateLow', since: 1 }),
  messageChairs: (meetingId) => ({ id: newCommandId(), meetings: [meetingId], text: 'Lời nhắn' }),
  wallMedia: () => ({ name: 'open', data: {} }),
};
const wallNames = Object.keys(onTheWall) as readonly WallRequestName[];
const naming = wallNames.filter((name) => JSON.stringify(onTheWall[name](asId('m'))).includes('"m"'));

/** Every request of a meeting's room. */
const inTheRoom: {
  readonly [N in Exclude<keyof typeof socketRequests, 'clock'>]: (meetingId: MeetingId) => unknown;
} = {
  join: (meetingId) => ({
    meetingId,
    checkIn: { id: newCommandId(), command: { type: 'attendAsSuperior' } },
    media: 'wanted',
  }),
  leave: (meetingId) => ({ meetingId }),
  command: (meetingId) => ({ meetingId, id: newCommandId(), command: { type: 'attendAsSuperior' } }),
  siteCode: (meetingId) => ({ meetingId }),
  catchUp: (meetingId) => ({ meetingId, after: 0 }),
  media: (meetingId) => ({ meetingId, name: 'open', data: {} }),
};
const roomNames = Object.keys(inTheRoom) as readonly (keyof typeof inTheRoom)[];

const garbage = ['khong-co', '__proto__', 'constructor', "' or 1=1 --", ''].map((id) => asId<MeetingId>(id));

/** An answer with what differs between two meetings taken out of it. */
function bare(answer: Answer<unknown>, meetingId: MeetingId): unknown {
  return JSON.parse(JSON.stringify(answer).replaceAll(meetingId, 'MEETING'));
}

const roles = [
  'member',
  'memberElsewhere',
  'terminal',
  'administrator',
  'superiorElsewhere',
  'superiorNoMore',
] as const;
type Role = (typeof roles)[number];

async function enterAs(role: Role): Promise<Guest> {
  const { village } = world;
  switch (role) {
    case 'member':
      return world.personEnters(village.own.member);
    case 'memberElsewhere':
      return world.personEnters(village.strange.member);
    case 'terminal':
      return world.terminalEnters(world.strange.meetingId);
    case 'administrator':
      return world.personEnters(village.administrator);
    case 'superiorElsewhere':
      return world.personEnters(world.strangeSuperior);
    case 'superiorNoMore': {
      const person = village.provinceAdministrator;
      must(await assignSuperior(world.db, person, { organizationId: village.commune }));
      const guest = await world.personEnters(person);
      expect(await new WallGuest(guest).watch()).toMatchObject({ ok: true });
      must(await endAssignment(world.db, person, { organizationId: village.commune }));
      return guest;
    }
  }
}

/** A refusal, whole or of every meeting that was named. */
function isRefused(answer: Answer<unknown>): boolean {
  if (!answer.ok) return answer.code !== 'internal' && answer.code !== 'malformed';
  const { outcomes } = Object(answer.value);
  return Array.isArray(outcomes) && outcomes.length > 0 && outcomes.every(({ ok }) => ok === false);
}

describe('SUP1 the wall of who has no right over the cell', () => {
  test('SUP1 the tables leave out no request', () => {
    expect(wallNames.toSorted()).toEqual(Object.keys(wallRequests).toSorted());
    expect([...roomNames, 'clock'].toSorted()).toEqual(Object.keys(socketRequests).toSorted());
    expect(naming).toHaveLength(6);
  });

  describe.each(roles)('%s', (role) => {
    let guest: Guest;
    let head: number;
    beforeAll(async () => {
      head = world.own.head.seq;
      guest = await enterAs(role);
    });

    test.each(naming)('SUP1 %s of a meeting out of reach is refused as one of none is', async (name) => {
      const { meetingId } = world.own;
      if (role === 'superiorElsewhere') await guest.ask('watchWall', {});
      const real = await guest.ask(name, onTheWall[name](meetingId));
      expect(isRefused(real), JSON.stringify(real)).toBe(true);
      const [unknown] = garbage;
      if (!unknown) return;
      const none = await guest.ask(name, onTheWall[name](unknown));
      expect(bare(none, unknown)).toEqual(bare(real, meetingId));
      for (const id of garbage.slice(1)) {
        expect(await guest.ask(name, onTheWall[name](id))).toMatchObject({ ok: false, code: 'malformed' });
      }
    });

    test.each(roomNames)('SUP1 the room’s %s is refused as of a meeting that is none', async (name) => {
      // A member is of this meeting, and the terminal of none but its own.
      if (role === 'member') return;
      const [unknown] = garbage;
      if (!unknown) return;
      const { meetingId } = world.own;
      const real = await guest.ask(name, inTheRoom[name](meetingId));
      // Leaving what one is not in changes nothing and says nothing.
      if (name !== 'leave') expect(isRefused(real), JSON.stringify(real)).toBe(true);
      expect(bare(await guest.ask(name, inTheRoom[name](unknown)), unknown)).toEqual(bare(real, meetingId));
    });

    test('SUP1 watching shows the own subtree alone', async () => {
      const answer = await guest.ask('watchWall', {});
      if (role !== 'superiorElsewhere') {
        expect(answer).toMatchObject({ ok: false, code: 'notAllowed' });
        return;
      }
      expect(answer).toMatchObject({ ok: true, value: { entries: [{ cellName: 'Chi bộ thôn Ngoài' }] } });
      expect(JSON.stringify(answer)).not.toContain('Trong');
    });

    test('SUP1 no media without a right, and nothing of it all stands in the record', async () => {
      if (role !== 'superiorElsewhere') {
        expect(await guest.ask('wallMedia', { name: 'open', data: {} })).toMatchObject({
          ok: false,
          code: 'notAllowed',
        });
      }
      expect(world.own.head.seq).toBe(head);
      expect(world.own.state.superiors).toEqual({});
      expect(world.own.state.followers).toEqual({});
      expect(guest.frames.join()).not.toContain('Trong');
    });
  });

  test('SUP1 a superior names one own meeting and one of another committee: only the own one is done', async () => {
    const wall = new WallGuest(await world.personEnters(world.strangeSuperior));
    await wall.watch();
    // The clerk of that cell stands on its roll; as superior of another cell of the commune they would attend.
    const answer = await wall.ask('messageChairs', {
      id: newCommandId(),
      meetings: [world.strange.meetingId, world.own.meetingId],
      text: 'Lời nhắn',
    });
    expect(answer).toMatchObject({
      ok: true,
      value: { outcomes: [{ ok: true }, { ok: false, code: 'notOfThisMeeting' }] },
    });
    expect(world.strange.state.messages.at(-1)?.to).toEqual(['Chi bộ thôn Ngoài']);
    expect(world.own.state.messages).toEqual([]);
    const shown = await wall.show(world.strange.meetingId, world.own.meetingId);
    expect(shown).toMatchObject({ ok: false, code: 'notOfThisMeeting' });
  });

  test.each(['minutes.docx', 'minutes.pdf', 'log.jsonl'])(
    'SUP1 over HTTP %s of a meeting out of reach answers as of none',
    async (file) => {
      const get = async (meetingId: string, token: string) => {
        const url = `/api/meetings/${meetingId}/${file}`;
        const answer = await world.app.inject({ url, headers: { authorization: `Bearer ${token}` } });
        return { status: answer.statusCode, body: answer.body };
      };
      for (const person of [
        world.strangeSuperior,
        world.village.administrator,
        world.village.strange.member,
      ]) {
        const token = await world.tokenOf(person);
        const real = await get(world.own.meetingId, token);
        expect(real.status).toBe(403);
        expect(await get('khong-co', token)).toEqual(real);
      }
    },
  );

  test('SUP1 codes of sites and members are no superior’s, wherever the meeting is', async () => {
    const { own } = world.village;
    for (const person of [world.strangeSuperior, world.village.superior]) {
      const token = await world.tokenOf(person);
      for (const meetingId of [world.own.meetingId, asId<MeetingId>('khong-co')]) {
        const site = { token, params: { meetingId, siteId: own.mainSite }, body: {} };
        expect(await world.ask('issueSiteCode', site)).toMatchObject({ status: 403, code: 'notAllowed' });
        const member = { token, params: { meetingId }, body: { personId: own.member } };
        expect(await world.ask('issueMemberCode', member)).toMatchObject({ status: 403, code: 'notAllowed' });
      }
    }
  });

  test('SUP1 who may watch may not command: nothing of a chair’s, no vote, no look at what was withheld', async () => {
    const guest = await world.personEnters(world.village.superior);
    const wall = new WallGuest(guest);
    await wall.watch();
    await wall.attend(world.own.meetingId);
    await guest.join(world.own.meetingId);
    const vote = asId<VoteId>('v');
    for (const command of [
      { type: 'openMeeting' },
      { type: 'completeRollCall' },
      { type: 'castMark', vote, choice: 'against' },
      { type: 'closeMeeting' },
    ] as const) {
      expect(await guest.command(world.own.meetingId, command)).toMatchObject({ ok: false });
    }
    for (const type of ['followFigures', 'focusMeeting', 'messageChair']) {
      const forged = { meetingId: world.own.meetingId, id: newCommandId(), command: { type } };
      expect(await guest.ask('command', forged)).toMatchObject({ ok: false, code: 'malformed' });
    }
    await wall.leave(world.own.meetingId);
  });
});

describe('SUP1 a right that ends', () => {
  const soon = { timeout: 5_000, interval: 20 };

  test('SUP1 ends wall, figures, attendance and room at once, without the clock’s help', async () => {
    const { village, own, db } = world;
    const person: PersonId = village.superior;
    const guest = await world.personEnters(person);
    const wall = new WallGuest(guest);
    await wall.watch();
    await wall.show(own.meetingId);
    await wall.attend(own.meetingId);
    await wall.focus(own.meetingId);
    await guest.join(own.meetingId);
    expect(own.state.superiors[person]?.focusedSince).not.toBeNull();
    const ended = performance.now();
    const answer = await world.ask('endSuperior', {
      token: await world.tokenOf(village.administrator),
      body: { personId: person, organizationId: village.commune },
    });
    expect(answer.status).toBe(200);
    await vi.waitFor(() => {
      expect(own.state.superiors).toEqual({});
      expect(own.state.followers).toEqual({});
      expect(wall.gone).toEqual([own.meetingId]);
    }, soon);
    expect(performance.now() - ended).toBeLessThan(3_000);
    expect(wall.sums).toEqual({ live: 0, coming: 0, present: 0, summoned: 0, votesOpen: 0, alarmed: 0 });
    expect(await guest.catchUp(own.meetingId, 0)).toMatchObject({ ok: false, code: 'notJoined' });
    expect(await wall.attend(own.meetingId)).toMatchObject({ ok: false, code: 'notAllowed' });
    const batches = wall.batches.length;
    await world.registry.room(own.meetingId).then((room) =>
      room?.submit({ kind: 'person', person: village.own.member }, newCommandId(), {
        type: 'checkIn',
        place: { mode: 'remote' },
      }),
    );
    await new Promise((resolve) => setTimeout(resolve, 600));
    expect(wall.batches).toHaveLength(batches);
    must(await assignSuperior(db, person, { organizationId: village.commune }));
  });

  test('SUP1 a new right shows at once on the wall that is open', async () => {
    const { village, db } = world;
    const wall = new WallGuest(await world.personEnters(village.superior));
    await wall.watch();
    expect([...wall.entries.keys()]).toEqual([world.own.meetingId]);
    must(await assignSuperior(db, village.superior, { cellId: village.strange.cellId }));
    await vi.waitFor(() => expect(wall.entries.has(world.strange.meetingId)).toBe(true), soon);
    expect(wall.sums).toMatchObject({ live: 2 });
    must(await endAssignment(db, village.superior, { cellId: village.strange.cellId }));
    await vi.waitFor(() => expect(wall.gone).toEqual([world.strange.meetingId]), soon);
    expect(wall.sums).toMatchObject({ live: 1 });
  });
});
