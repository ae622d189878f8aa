import { asId, type MeetingId, type ObservationId } from '@diemcau/shared/ids.ts';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { addMember } from '../../server/src/directory/members.ts';
import { endAssignment } from '../../server/src/directory/rights.ts';
import type { MeetingRoom } from '../../server/src/meeting/room.ts';
import { openTestDoor, type TestDoor } from './support/http-app.ts';
import { asSuperior, attendedMeeting, granted, superiorOver } from './support/oversight.ts';
import { done } from './support/rooms.ts';
import { bare, must, settle, type Village } from './support/village.ts';

let door: TestDoor;
let village: Village;
let room: MeetingRoom;
let meetingId: MeetingId;
let token: string;

beforeEach(async () => {
  door = await openTestDoor();
  village = await settle(door);
  ({ room, meetingId } = await attendedMeeting(door, village));
  token = await door.tokenOf(village.superior);
});
afterEach(() => door.close());

const body = (more: Partial<{ text: string; seq: number; hash: string }> = {}) => ({
  kind: 'shortcoming' as const,
  text: 'Thảo luận còn ít ý kiến',
  ...room.head,
  ...more,
});
const write = async (more = {}) =>
  granted(await door.ask('writeObservation', { token, params: { meetingId }, body: body(more) }));
const read = async (as: string) => door.ask('meetingObservations', { token: as, params: { meetingId } });

describe('SUP2 observations', () => {
  test('SUP2 written in a line, tied to the moment of the log and its item', async () => {
    const written = await write();
    const current = room.state.agenda.find(({ state }) => state === 'current');
    expect(written).toMatchObject({
      kind: 'shortcoming',
      text: 'Thảo luận còn ít ý kiến',
      author: { personId: village.superior, name: 'Trần Thị Cấp Trên', office: 'Cán bộ Đảng ủy' },
      moment: { ...room.head, at: room.state.at, item: current?.title },
      sentAt: null,
    });
  });

  test('SUP2 an earlier moment keeps the item that was current then', async () => {
    const before = room.head;
    const first = room.state.agenda[0];
    const second = room.state.agenda[1];
    if (!first || !second) throw new Error('no programme');
    await done(
      room,
      { kind: 'person', person: village.own.secretary },
      { type: 'moveAgenda', to: second.id, leaveAs: 'done' },
    );
    expect((await write({ ...before })).moment.item).toBe(first.title);
    expect((await write()).moment.item).toBe(second.title);
  });

  test('SUP2 a moment that the log has not is refused', async () => {
    const { seq, hash } = room.head;
    for (const wrong of [{ seq: seq + 1 }, { seq: seq - 1 }, { hash: 'a'.repeat(64) }]) {
      const request = { token, params: { meetingId }, body: body({ seq, hash, ...wrong }) };
      expect((await door.ask('writeObservation', request)).code).toBe('momentUnknown');
    }
  });

  test('SUP2 private until sent: not even other superiors of the cell read it', async () => {
    await write();
    const other = await superiorOver(door, 'Khác', { cellId: village.own.cellId });
    await done(room, asSuperior(other, 'Khác'), { type: 'attendAsSuperior' });
    expect(granted(await read(token)).observations).toHaveLength(1);
    for (const reader of [village.own.secretary, village.own.member, other]) {
      const answer = await read(await door.tokenOf(reader));
      expect(granted(answer).observations).toEqual([]);
      expect(answer.text).not.toContain('Thảo luận còn ít');
    }
  });

  test('SUP2 sent, it is the cell’s: everybody of the roll reads it, with name, office and kind', async () => {
    const { id } = await write();
    expect(granted(await door.ask('sendObservations', { token, body: { observationIds: [id] } }))).toEqual({
      sent: 1,
    });
    for (const reader of [village.own.secretary, village.own.clerk, village.own.member]) {
      const { observations, mayWrite } = granted(await read(await door.tokenOf(reader)));
      expect(observations).toMatchObject([
        { id, author: { name: 'Trần Thị Cấp Trên' }, sentAt: door.clock.at },
      ]);
      expect(mayWrite).toBe('no');
    }
  });

  test('SUP2 edited and deleted while private; never once it is sent', async () => {
    const { id } = await write();
    const params = { observationId: id };
    const change = { kind: 'proposal' as const, text: 'Đề nghị xã hỗ trợ đường truyền' };
    expect((await door.ask('editObservation', { token, params, body: change })).status).toBe(200);
    expect(granted(await read(token)).observations).toMatchObject([change]);
    await door.ask('sendObservations', { token, body: { observationIds: [id] } });
    expect((await door.ask('editObservation', { token, params, body: change })).code).toBe('alreadySent');
    expect((await door.ask('deleteObservation', { token, params })).code).toBe('alreadySent');
    const again = granted(await door.ask('sendObservations', { token, body: { observationIds: [id] } }));
    expect(again).toEqual({ sent: 0 });
    const other = await write();
    await door.ask('deleteObservation', { token, params: { observationId: other.id } });
    expect(granted(await read(token)).observations.map((entry) => entry.id)).toEqual([id]);
  });

  test('SUP2 only of a meeting that one attended; afterwards too', async () => {
    const late = await superiorOver(door, 'Muộn', { organizationId: village.commune });
    const lateToken = await door.tokenOf(late);
    const request = { token: lateToken, params: { meetingId }, body: body() };
    expect((await door.ask('writeObservation', request)).code).toBe('notAttended');
    await done(room, asSuperior(late, 'Muộn'), { type: 'attendAsSuperior' });
    await done(room, asSuperior(late, 'Muộn'), { type: 'leaveAsSuperior' });
    await done(
      room,
      { kind: 'person', person: village.own.secretary },
      { type: 'interruptMeeting', reason: 'Mất điện' },
    );
    const after = await door.ask('writeObservation', { ...request, body: body() });
    expect(after.status).toBe(200);
  });

  test('SUP2 SUP9 a superior in the hall, registered with the account, writes and reads too', async () => {
    const here = await superiorOver(door, 'Tại chỗ', { organizationId: village.commune });
    await done(
      room,
      { kind: 'person', person: village.own.clerk },
      { type: 'registerSuperior', name: 'Tại chỗ', office: 'Đảng ủy viên', person: here, site: null },
    );
    const hereToken = await door.tokenOf(here);
    const answer = await door.ask('writeObservation', {
      token: hereToken,
      params: { meetingId },
      body: body(),
    });
    expect(answer.status).toBe(200);
    expect(granted(await read(hereToken)).mayWrite).toBe('yes');
  });

  test('SUP9 a superior on the cell’s own roll writes none, and is told why', async () => {
    const { own } = village;
    const member = must(await addMember(door.db, village.strange.cellId, { ...bare, name: 'Vừa Vừa' }));
    await door.ask('assignSuperior', {
      token: await door.tokenOf(village.provinceAdministrator),
      body: { personId: own.clerk, organizationId: village.commune },
    });
    const request = { params: { meetingId }, body: body() };
    const both = await door.ask('writeObservation', { ...request, token: await door.tokenOf(own.clerk) });
    expect(both).toMatchObject({ status: 403, code: 'onOwnRoll' });
    expect(both.message).toContain('đảng viên của chi bộ này');
    const plain = await door.ask('writeObservation', { ...request, token: await door.tokenOf(own.member) });
    expect(plain.code).toBe('notAllowed');
    const strange = await door.ask('writeObservation', { ...request, token: await door.tokenOf(member) });
    expect(strange.code).toBe('notOfThisMeeting');
  });

  test('SUP2 all of an evening over all cells on one board, by day', async () => {
    const first = await write();
    door.clock.at += 86_400_000;
    token = await door.tokenOf(village.superior);
    const second = await write({ text: 'Ngày hôm sau' });
    const board = granted(await door.ask('observationBoard', { token, query: {} }));
    expect(board.observations.map(({ id }) => id)).toEqual([second.id]);
    expect(board.days).toHaveLength(2);
    const day = board.days[1];
    const earlier = granted(await door.ask('observationBoard', { token, query: day ? { day } : {} }));
    expect(earlier.observations).toMatchObject([{ id: first.id, cellName: 'Chi bộ thôn Trong' }]);
    const others = await door.ask('observationBoard', {
      token: await door.tokenOf(village.own.member),
      query: {},
    });
    expect(granted(others)).toEqual({ day: null, days: [], observations: [] });
  });

  test('SUP2 sending is all or none, and an ended assignment sends nothing', async () => {
    const { id } = await write();
    const unknown = { observationIds: [id, asId<ObservationId>('khong-co')] };
    expect((await door.ask('sendObservations', { token, body: unknown })).code).toBe('notAllowed');
    expect(granted(await read(token)).observations).toMatchObject([{ sentAt: null }]);
    must(await endAssignment(door.db, village.superior, { organizationId: village.commune }));
    const answer = await door.ask('sendObservations', { token, body: { observationIds: [id] } });
    expect(answer.code).toBe('notAllowed');
    expect((await read(token)).code).toBe('notOfThisMeeting');
  });

  test.each(['', '   ', 'x'.repeat(2001), 'a\u0000b'])(
    'a text that can’t stand in a record is refused',
    async (text) => {
      const answer = await door.ask('writeObservation', {
        token,
        params: { meetingId },
        body: body({ text }),
      });
      expect(answer.code).toBe('malformed');
    },
  );
});
