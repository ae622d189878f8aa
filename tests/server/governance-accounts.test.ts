import type { MeetingId } from '@diemcau/shared/ids.ts';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { addMember } from '../../server/src/directory/members.ts';
import { openTestDoor, type TestDoor } from './support/http-app.ts';
import { newCommandId } from './support/material.ts';
import { bare, must, openAccount, password, settle, type Village } from './support/village.ts';

const minute = 60_000;
const forgotten = 'mat khau moi 2';

let door: TestDoor;
let village: Village;
let meetingId: MeetingId;

beforeEach(async () => {
  door = await openTestDoor();
  village = await settle(door);
  const { own } = village;
  const created = await door.ask('createMeeting', {
    token: await door.tokenOf(own.secretary),
    body: {
      cellId: own.cellId,
      kind: 'regular',
      title: 'Sinh hoạt thường kỳ',
      startsAt: door.clock.at + 30 * minute,
      sites: [{ siteId: own.otherSite, method: 'byName', responsibleId: own.member }],
      clerkId: own.clerk,
    },
  });
  if (!created.value) throw new Error(created.text);
  meetingId = created.value.meetingId;
});
afterEach(() => door.close());

/** Somebody who joined the cell before the meeting of the test is created anew with them on its roll. */
async function summonedWith(details: Partial<typeof bare>) {
  const { own } = village;
  const personId = must(await addMember(door.db, own.cellId, { ...bare, ...details }));
  const created = await door.ask('createMeeting', {
    token: await door.tokenOf(own.secretary),
    body: {
      cellId: own.cellId,
      kind: 'regular',
      title: 'Sinh hoạt có đồng chí mới',
      startsAt: door.clock.at + 30 * minute,
      sites: [{ siteId: own.otherSite, method: 'byName', responsibleId: own.member }],
      clerkId: own.clerk,
    },
  });
  if (!created.value) throw new Error(created.text);
  return { personId, meetingId: created.value.meetingId };
}

const ask = async (issuer: Parameters<TestDoor['tokenOf']>[0], personId: typeof issuer, of = meetingId) =>
  door.ask('issueMemberCode', {
    token: await door.tokenOf(issuer),
    params: { meetingId: of },
    body: { personId },
  });

describe('ID1 the password is forgotten at 19:30', () => {
  test('ID1 who answers for a site issues a code on the spot, and the member is in with a new password', async () => {
    const { personId, meetingId: of } = await summonedWith({ name: 'Hoàng Thị Quên', partyGroup: 'Tổ 2' });
    await openAccount(door, personId, 'quen');
    const issued = await ask(village.own.member, personId, of);
    expect(issued.value).toMatchObject({ name: 'Hoàng Thị Quên', birthYear: 1970, partyGroup: 'Tổ 2' });
    const code = issued.value?.code ?? '';
    const activated = await door.ask('activate', { body: { code, password: forgotten } });
    expect(activated.value?.session).toMatchObject({ kind: 'person', personId });
    const login = (word: string) => door.ask('login', { body: { name: 'quen', password: word } });
    expect((await login(forgotten)).status).toBe(200);
    expect((await login(password)).code).toBe('wrongCredentials');
    expect((await door.ask('activate', { body: { code, password: forgotten } })).code).toBe('codeInvalid');
  });

  test('ID1 the code is for this evening: after two hours it is worth nothing', async () => {
    const { personId, meetingId: of } = await summonedWith({ name: 'Hoàng Thị Quên' });
    const code = (await ask(village.own.member, personId, of)).value?.code ?? '';
    door.clock.at += 121 * minute;
    expect((await door.ask('activate', { body: { code, password: forgotten } })).code).toBe('codeInvalid');
  });

  test('ID1 the secretary issues one for everybody on the roll, whatever they are in the cell', async () => {
    expect((await ask(village.own.secretary, village.own.member)).status).toBe(200);
    expect((await ask(village.own.secretary, village.own.clerk)).status).toBe(200);
  });

  test('ID1 nobody gains rights by it: officers, superiors, guests and strangers are out of a site’s reach', async () => {
    const { own, strange, superior } = village;
    for (const target of [own.secretary, own.clerk, own.suspended, strange.member, superior]) {
      expect(await ask(own.member, target)).toMatchObject({ status: 403, code: 'notAllowed' });
    }
    const guest = await summonedWith({ name: 'Khách Tạm Thời', standing: 'temporaryIn' });
    expect((await ask(own.member, guest.personId, guest.meetingId)).code).toBe('notAllowed');
    const committee = await summonedWith({ name: 'Chi Ủy Viên', office: 'committeeMember' });
    expect((await ask(own.member, committee.personId, committee.meetingId)).code).toBe('notAllowed');
    const administrator = await summonedWith({ name: 'Vừa Là Quản Trị' });
    await door.db
      .insertInto('administrators')
      .values({ personId: administrator.personId, organizationId: village.commune })
      .execute();
    for (const issuer of [own.member, own.secretary])
      expect((await ask(issuer, administrator.personId, administrator.meetingId)).code).toBe('notAllowed');
  });

  test('ID1 other members, and other meetings’ people, issue none', async () => {
    const { personId, meetingId: of } = await summonedWith({ name: 'Hoàng Thị Quên' });
    for (const issuer of [village.own.clerk, personId, village.strange.member, village.superior]) {
      expect(await ask(issuer, personId, of)).toMatchObject({ status: 403, code: 'notAllowed' });
    }
  });

  test('ID1 a site has this right only around the meeting, and not when it is over', async () => {
    const { personId, meetingId: of } = await summonedWith({ name: 'Hoàng Thị Quên' });
    const issue = async () => (await ask(village.own.member, personId, of)).status;
    expect(await issue()).toBe(200);
    door.clock.at -= 3 * 60 * minute;
    expect(await issue()).toBe(403);
    door.clock.at += 3 * 60 * minute;
    const room = await door.registry.room(of);
    const secretary = { kind: 'person', person: village.own.secretary } as const;
    await room?.submit(secretary, newCommandId(), { type: 'cancelMeeting', reason: 'Bão' });
    expect(await issue()).toBe(403);
  });
});

describe('ID1 people of the same name', () => {
  test('ID1 are told apart by birth year and group on the roll and on printed codes', async () => {
    const namesake = { name: 'Nông Văn Trong', birthYear: 1991, partyGroup: 'Tổ 3' };
    const { personId, meetingId: of } = await summonedWith(namesake);
    const roll = (await door.registry.room(of))?.state.roll;
    expect(roll?.[personId]?.label).toBe('sinh 1991, Tổ 3');
    expect(roll?.[village.own.member]?.label).toBe('sinh 1970, Tổ 1');
    expect(roll?.[village.own.clerk]?.label).toBeNull();
    const printed = await door.ask('issueCodes', {
      token: await door.tokenOf(village.own.secretary),
      params: { cellId: village.own.cellId },
      body: { personIds: [personId] },
    });
    expect(printed.value?.codes[0]).toMatchObject({ birthYear: 1991, partyGroup: 'Tổ 3' });
  });
});

describe('ID1 two people who share a telephone', () => {
  const slots = async () => {
    const { own } = village;
    await openAccount(door, own.member, 'chong');
    await openAccount(door, own.clerk, 'vo');
    const enter = async (name: string, slot: string) => door.ask('login', { body: { name, password, slot } });
    const [his, hers] = [await enter('chong', 'a'), await enter('vo', 'b')];
    const cookies = { diemcau_a: his.refreshCookie ?? '', diemcau_b: hers.refreshCookie ?? '' };
    return { cookies, his: his.value?.accessToken, hers: hers.value?.accessToken };
  };
  const setPin = (token: string | undefined, pin: string) => door.ask('setPin', { token, body: { pin } });

  test('ID1 each sets a PIN of four to eight digits and can ask whether one is set', async () => {
    const token = await door.tokenOf(village.own.member);
    expect((await door.ask('pin', { token })).value).toEqual({ pin: 'none' });
    for (const bad of ['123', '123456789', '12a4', '']) expect((await setPin(token, bad)).status).toBe(400);
    expect((await setPin(token, '1234')).status).toBe(200);
    expect((await door.ask('pin', { token })).value).toEqual({ pin: 'set' });
    expect((await door.ask('pin', { token: await door.tokenOf(village.own.clerk) })).value).toEqual({
      pin: 'none',
    });
  });

  test('ID1 a locked sign-in answers nobody until its own person types the PIN', async () => {
    const { cookies, his, hers } = await slots();
    await setPin(his, '4821');
    await setPin(hers, '9999');
    const ended: string[] = [];
    door.auth.sessions.onEnded((sid) => ended.push(sid));
    expect((await door.ask('lock', { token: his, body: { slot: 'a' }, cookies })).status).toBe(200);
    expect(ended).toHaveLength(1);
    expect((await door.ask('home', { token: his })).code).toBe('unauthenticated');
    const refreshed = await door.ask('refresh', { body: { slot: 'a' }, cookies });
    expect(refreshed).toMatchObject({ status: 403, code: 'pinNeeded', refreshCookie: undefined });
    const unlock = (pin: string) => door.ask('unlock', { body: { slot: 'a', pin }, cookies });
    expect((await unlock('9999')).code).toBe('pinWrong');
    const back = await unlock('4821');
    expect(back.value?.session).toMatchObject({ personId: village.own.member });
    expect((await door.ask('home', { token: back.value?.accessToken })).status).toBe(200);
    expect((await door.ask('home', { token: hers })).status).toBe(200);
  });

  test('ID1 without a PIN nothing is locked, and without a sign-in nothing is unlocked', async () => {
    const { cookies, his } = await slots();
    expect((await door.ask('lock', { token: his, body: { slot: 'a' }, cookies })).code).toBe('pinNotSet');
    expect((await door.ask('unlock', { body: { slot: 'c', pin: '4821' }, cookies })).code).toBe(
      'unauthenticated',
    );
  });

  test('ID1 nobody locks the other one’s sign-in', async () => {
    const { cookies, his } = await slots();
    await setPin(his, '4821');
    const answer = await door.ask('lock', { token: his, body: { slot: 'b' }, cookies });
    expect(answer.code).toBe('notAllowed');
    expect((await door.ask('refresh', { body: { slot: 'b' }, cookies })).status).toBe(200);
  });

  test('ID1 an own device stays signed in for 60 days, locked or not', async () => {
    const { cookies, his } = await slots();
    await setPin(his, '4821');
    await door.ask('lock', { token: his, body: { slot: 'a' }, cookies });
    door.clock.at += 59 * 24 * 60 * minute;
    const back = await door.ask('unlock', { body: { slot: 'a', pin: '4821' }, cookies });
    expect(back.status).toBe(200);
    door.clock.at += 2 * 24 * 60 * minute;
    const late = await door.ask('refresh', {
      body: { slot: 'a' },
      cookies: { diemcau_a: back.refreshCookie ?? '' },
    });
    expect(late.code).toBe('sessionEnded');
  });
});
