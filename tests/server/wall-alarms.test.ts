import type { AlarmKind } from '@diemcau/shared/domain/alarms-types.ts';
import { summaryAt } from '@diemcau/shared/domain/summary.ts';
import type { MeetingId } from '@diemcau/shared/ids.ts';
import type { WallAlarm } from '@diemcau/shared/protocol/wall.ts';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { assignSuperior } from '../../server/src/directory/rights.ts';
import type { MeetingRoom } from '../../server/src/meeting/room.ts';
import { superiorsIn } from '../../server/src/realtime/superiors.ts';
import { Walls } from '../../server/src/realtime/walls.ts';
import { startDoor, type TestDoor } from './support/door.ts';
import { material, person, site } from './support/material.ts';
import { as, done, openRoom, openVote, silent, startRegistry } from './support/rooms.ts';
import { WallGuest } from './support/wall-guest.ts';

let door: TestDoor;
let room: MeetingRoom;
let wall: WallGuest;

const soon = { timeout: 6_000, interval: 20 };
const system = { kind: 'system' } as const;
const superior = {
  kind: 'superior',
  person: person('superior'),
  name: 'Đồng chí superior',
  office: 'Ủy viên',
} as const;
const lines = { lost: [], restored: [], sitesDark: [], sitesBack: [] };

/** A calm meeting of seven, one site of which is counted by a teller, and a superior who watches it. */
beforeEach(async () => {
  door = await startDoor();
  room = await openRoom(door);
  for (const name of ['dung', 'probationer']) {
    await done(room, as(name), { type: 'checkIn', place: { mode: 'remote' } });
    room.lines.up({ kind: 'person', person: person(name) });
  }
  wall = new WallGuest(await door.personEnters('superior'));
  expect(await wall.watch()).toMatchObject({ ok: true, value: { alarms: [] } });
});
afterEach(async () => {
  await door.close();
  await door.remove();
});

const alarmOf = (kind: AlarmKind, from = wall, id: MeetingId = room.meetingId): WallAlarm | undefined =>
  from.alarms.get(id)?.find((alarm) => alarm.kind === kind);

/** Waits for the alarm on the socket. */
async function called(kind: AlarmKind): Promise<WallAlarm> {
  await vi.waitFor(() => expect(alarmOf(kind)).toBeDefined(), soon);
  return alarmOf(kind) as WallAlarm;
}

const calm = (kind: AlarmKind) => vi.waitFor(() => expect(alarmOf(kind)).toBeUndefined(), soon);

/** Seats people in the village's hall, whose hands a teller counts. */
async function openVillage(...names: readonly string[]): Promise<void> {
  const village = { site: site('village'), terminal: 'may', responsible: person('clerk') };
  await done(room, system, { type: 'openSite', ...village });
  room.lines.up({ kind: 'site', site: site('village') });
  for (const name of names) {
    const entry = { mode: 'onSite', site: site('village') } as const;
    await done(room, as('clerk'), { type: 'recordAttendance', person: person(name), entry });
  }
}

describe('SUP6 each alarm, from the domain to the socket', () => {
  test('SUP6 quorumLost and rateLow', async () => {
    door.clock.at += 1_000;
    for (const name of ['an', 'binh', 'cuc']) await done(room, as(name), { type: 'leaveMeeting' });
    expect(await called('quorumLost')).toEqual({
      kind: 'quorumLost',
      key: 'quorumLost',
      since: door.clock.at,
      site: null,
      person: null,
      acknowledged: false,
    });
    expect(await called('rateLow')).toMatchObject({ since: door.clock.at });
    for (const name of ['an', 'binh', 'cuc'])
      await done(room, as(name), { type: 'checkIn', place: { mode: 'remote' } });
    await calm('quorumLost');
    await calm('rateLow');
  });

  test('SUP6 linesLost: the chair’s line', async () => {
    await done(room, system, { ...lines, type: 'reportLines', lost: [person('chair')] });
    expect(await called('linesLost')).toMatchObject({ since: door.clock.at, site: null });
    // The chair's line is up: the next tick restores it.
    await calm('linesLost');
  });

  test('SUP6 siteDark', async () => {
    await openVillage();
    await done(room, system, { ...lines, type: 'reportLines', sitesDark: [site('village')] });
    expect(await called('siteDark')).toMatchObject({
      key: 'siteDark:village',
      since: door.clock.at,
      site: { id: 'village', name: 'Nhà văn hóa' },
    });
    await calm('siteDark');
  });

  test('SUP6 voteSiteMissing and countMismatch', async () => {
    await openVillage('an', 'binh');
    const vote = await openVote(room);
    const opened = door.clock.at;
    const count = { inFavour: 9, against: 0, noOpinion: 0, notVoted: 0 };
    door.clock.at += 2_000;
    expect(await called('voteSiteMissing')).toMatchObject({
      key: 'voteSiteMissing:village',
      since: opened,
      site: { name: 'Nhà văn hóa' },
    });
    const entered = { type: 'enterCount', vote, site: site('village') } as const;
    await done(room, as('clerk'), { ...entered, counts: count });
    expect(await called('countMismatch')).toMatchObject({ since: door.clock.at, site: { id: 'village' } });
    await done(room, as('clerk'), { ...entered, counts: { ...count, inFavour: 2 } });
    await calm('countMismatch');
    await done(room, as('chair'), { type: 'confirmCount', vote, site: site('village') });
    await calm('voteSiteMissing');
  });

  test('SUP6 runningOver comes by time alone', async () => {
    // One item of five minutes; five more are borne with.
    const crossing = door.clock.at + 10 * 60_000;
    door.clock.at = crossing;
    await new Promise((resolve) => setTimeout(resolve, 1_500));
    expect(alarmOf('runningOver')).toBeUndefined();
    door.clock.at += 90_000;
    expect(await called('runningOver')).toMatchObject({ since: crossing });
  });

  test('SUP6 inPersonOnly and superiorCalled by the programme', async () => {
    const item = { title: 'Mục', presenter: null, minutes: 5, draftDecision: null };
    for (const more of [{ kind: 'other', inPersonOnly: true }, { kind: 'superior' }] as const) {
      await done(room, as('chair'), { type: 'addAgendaItem', item: { ...item, ...more }, after: null });
    }
    const [, closed, speech] = room.state.agenda;
    if (!closed || !speech) throw new Error('the items are not there');
    await done(room, as('chair'), { type: 'moveAgenda', to: closed.id, leaveAs: 'done' });
    expect(await called('inPersonOnly')).toMatchObject({ since: door.clock.at });
    await done(room, as('chair'), { type: 'moveAgenda', to: speech.id, leaveAs: 'done' });
    expect(await called('superiorCalled')).toMatchObject({ person: null });
    await calm('inPersonOnly');
  });

  test('SUP6 superiorCalled by the chair’s word, to that superior alone', async () => {
    const other = new WallGuest(await door.personEnters('stranger'));
    await assignSuperior(door.db, person('stranger'), { cellId: material().facts.cellId });
    await other.watch();
    await wall.attend(room.meetingId);
    await done(room, superior, { type: 'askToSpeak', kind: 'speech' });
    const [request] = room.state.speaking.queue;
    if (!request) throw new Error('nobody waits');
    await done(room, as('chair'), { type: 'grantFloor', request: request.id, seconds: 60 });
    expect(await called('superiorCalled')).toMatchObject({ person: 'superior', since: door.clock.at });
    expect(wall.sums).toMatchObject({ alarmed: 1 });
    await new Promise((resolve) => setTimeout(resolve, 400));
    expect(alarmOf('superiorCalled', other)).toBeUndefined();
    expect(other.sums).toMatchObject({ alarmed: 0 });
  });
});

describe('restarts', () => {
  test('SUP6 since is the same after a restart, for alarms of events and of time', async () => {
    for (const name of ['an', 'binh', 'cuc']) await done(room, as(name), { type: 'leaveMeeting' });
    await openVillage('dung');
    await openVote(room);
    door.clock.at += 20 * 60_000;
    await done(room, as('clerk'), { type: 'stepAway' });
    await vi.waitFor(() => expect(wall.alarms.get(room.meetingId)?.length).toBeGreaterThan(3), soon);
    const before = wall.alarms.get(room.meetingId);
    const { fold } = room;
    await door.registry.close();
    const again = await startRegistry(door.dataDir);
    again.clock.at = door.clock.at + 5 * 60_000;
    const loaded = await again.registry.room(room.meetingId);
    expect(loaded?.fold).toEqual(fold);
    const after = loaded && summaryAt(loaded.fold, door.clock.at);
    expect(before?.map(({ acknowledged: _, ...alarm }) => alarm)).toEqual(after?.alarms);
    await again.close();
  });

  test('SUP7 who followed before a restart is shown to follow no longer than a minute', async () => {
    await wall.show(room.meetingId);
    expect(Object.keys(room.state.followers)).toEqual(['superior']);
    await door.registry.close();
    const again = await startRegistry(door.dataDir);
    again.clock.at = door.clock.at;
    const loaded = await again.registry.room(room.meetingId);
    const walls = new Walls({
      registry: again.registry,
      superiors: superiorsIn(door.db),
      acknowledgements: { of: async () => [], add: async () => {} },
      wallMedia: null,
      source: again.clock,
      log: silent,
    });
    again.clock.at += 59_000;
    walls.tick();
    expect(loaded?.state.followers).not.toEqual({});
    again.clock.at += 1_000;
    walls.tick();
    await vi.waitFor(() => expect(loaded?.state.followers).toEqual({}), soon);
    walls.close();
    await again.close();
  });
});
