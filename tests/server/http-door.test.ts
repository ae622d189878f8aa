import { refusalCodes } from '@diemcau/shared/result.ts';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { openTestDoor, type TestDoor } from './support/http-app.ts';
import { openAccount, password, settle, type Village } from './support/village.ts';

let door: TestDoor;
let village: Village;

beforeEach(async () => {
  door = await openTestDoor();
  village = await settle(door);
});

afterEach(() => door.close());

const HOUR = 3_600_000;

async function summon(startsAt: number, title = 'Sinh hoạt thường kỳ tháng 11') {
  const { own } = village;
  const answer = await door.ask('createMeeting', {
    token: await door.tokenOf(own.secretary),
    body: {
      cellId: own.cellId,
      kind: 'regular',
      title,
      startsAt,
      sites: [
        { siteId: own.mainSite, method: 'byName', responsibleId: own.member },
        { siteId: own.otherSite, method: 'byTeller' },
      ],
      deputyChairId: own.member,
      clerkId: own.clerk,
    },
  });
  if (!answer.value) throw new Error(answer.text);
  return answer.value.meetingId;
}

describe('bad input', () => {
  const garbage: readonly (readonly [string, string, string, string | undefined])[] = [
    ['no JSON', '/api/login', 'application/json', '{"name":'],
    ['an empty body', '/api/login', 'application/json', ''],
    ['a list', '/api/login', 'application/json', '[]'],
    ['null', '/api/login', 'application/json', 'null'],
    ['a wrong type', '/api/login', 'application/json', '{"name":5,"password":"x"}'],
    ['an unknown field', '/api/login', 'application/json', '{"name":"a","password":"x","admin":true}'],
    ['another media type', '/api/login', 'text/xml', '<a/>'],
    [
      'a poisoned prototype',
      '/api/login',
      'application/json',
      '{"__proto__":{"a":1},"name":"a","password":"x"}',
    ],
    ['no media type', '/api/login', '', undefined],
    ['a lone surrogate', '/api/login', 'application/json', '{"name":"\\ud800","password":"x"}'],
    ['U+0000', '/api/login', 'application/json', '{"name":"a\\u0000","password":"x"}'],
    ['a body too large', '/api/login', 'application/json', `{"name":"${'a'.repeat(2_000_000)}"}`],
    ['a slot that is no name', '/api/refresh', 'application/json', '{"slot":"../../x"}'],
  ];
  test.each(garbage)('%s: a closed code, a sentence, the server alive', async (_what, url, type, payload) => {
    const answer = await door.app.inject({
      method: 'POST',
      url,
      headers: type === '' ? {} : { 'content-type': type },
      ...(payload === undefined ? {} : { payload }),
    });
    const body = answer.json();
    expect(body).toMatchObject({ code: 'malformed', message: expect.stringMatching(/đồng chí/) });
    expect(answer.statusCode).toBe(400);
    expect(Object.keys(body).every((key) => ['code', 'message', 'params'].includes(key))).toBe(true);
    await openAccount(door, village.own.member, 'binh');
    expect((await door.ask('login', { body: { name: 'binh', password } })).status).toBe(200);
  });

  test.each([
    ['GET', '/api/nowhere'],
    ['DELETE', '/api/home'],
    ['GET', '/api/cells/%00'],
    ['PUT', '/api/cells'],
    ['GET', '/api/cells/%E0%A4%A'],
  ] as const)('%s %s answers with a closed code', async (method, url) => {
    const answer = await door.app.inject({ method, url });
    expect(answer.statusCode).toBeGreaterThanOrEqual(400);
    expect(answer.statusCode).toBeLessThan(500);
    expect(refusalCodes).toContain(answer.json().code);
  });

  test('the sentence comes in English when the browser asks for it', async () => {
    const ask = (language: string) =>
      door.ask('home', { headers: { 'accept-language': language } }).then((answer) => answer.message);
    expect(await ask('en-GB,vi;q=0.5')).toMatch(/sign in/i);
    expect(await ask('vi-VN,en;q=0.8')).toMatch(/[đăâêôơư]/);
    expect(await ask('fr')).toBe(await ask('vi'));
  });

  test('a fault of our own says nothing of its cause', async () => {
    const token = await door.tokenOf(village.own.secretary);
    await door.db.schema.dropTable('demo_people').execute();
    await door.db.schema.dropTable('superior_assignments').execute();
    const answer = await door.ask('home', { token });
    expect(answer).toMatchObject({ status: 500, code: 'internal' });
    expect(answer.text).not.toMatch(/sqlite|superior_assignments|table/i);
  });

  test('answers with names and tokens are kept in no cache', async () => {
    const answer = await door.app.inject({ method: 'GET', url: '/api/home' });
    expect(answer.headers['cache-control']).toBe('no-store');
  });
});

describe('home', () => {
  const homeOf = async (person: Parameters<TestDoor['tokenOf']>[0]) => {
    const answer = await door.ask('home', { token: await door.tokenOf(person) });
    if (!answer.value) throw new Error(answer.text);
    return answer.value;
  };

  test('what is on, what comes, what was, each with the part one has in it', async () => {
    const now = await summon(door.clock.at + 10 * 60_000);
    const later = await summon(door.clock.at + 30 * HOUR);
    const { own } = village;
    const chair = await homeOf(own.secretary);
    expect(chair.now).toMatchObject([
      { id: now, role: 'chair', phase: 'summoned', cellName: 'Chi bộ thôn Trong' },
    ]);
    expect(chair.coming).toMatchObject([{ id: later, role: 'chair' }]);
    expect(chair.summons.map((cell) => cell.id)).toEqual([own.cellId]);
    expect((await homeOf(own.clerk)).now).toMatchObject([{ role: 'clerk' }]);
    const member = await homeOf(own.member);
    expect(member).toMatchObject({
      now: [{ role: 'deputyChair' }],
      summons: [],
      superiorOf: [],
      administers: 'nothing',
    });
    door.clock.at += 48 * HOUR;
    expect(await homeOf(own.member)).toMatchObject({
      now: [],
      coming: [],
      past: [{ id: later }, { id: now }],
    });
  });

  test('SUP1 a superior sees the cells of the own subtree, those in session first', async () => {
    const token = await door.tokenOf(village.administrator);
    const quiet = await door.ask('createCell', {
      token,
      body: { organizationId: village.commune, name: 'Chi bộ An Bình', type: 'rural' },
    });
    const meeting = await summon(door.clock.at);
    const home = await homeOf(village.superior);
    expect(home.superiorOf.map((cell) => cell.id)).toEqual([village.own.cellId, quiet.value?.cellId]);
    expect(home.superiorOf[0]?.live).toMatchObject({ id: meeting, role: 'superior' });
    expect(home.superiorOf[1]).toMatchObject({ live: null, next: null });
    expect(JSON.stringify(home)).not.toContain('Ngoài');
  });

  test('a meeting of another cell is on nobody else’s page; a suspended member has none', async () => {
    await summon(door.clock.at);
    for (const person of [village.strange.member, village.strange.secretary, village.own.suspended]) {
      expect(await homeOf(person)).toMatchObject({ now: [], coming: [], past: [] });
    }
    expect((await homeOf(village.own.suspended)).summons).toEqual([]);
  });
});

describe('MEET2 the secretary creates and summons a meeting', () => {
  test('with the thường kỳ programme, the roll and the sites as the directory has them at this moment', async () => {
    const { own } = village;
    const room = await door.registry.room(await summon(door.clock.at));
    const state = room?.state;
    expect(state?.phase).toBe('summoned');
    expect(state?.officers).toEqual({ chair: own.secretary, deputyChair: own.member, clerk: own.clerk });
    expect(Object.keys(state?.roll ?? {}).toSorted()).toEqual(
      [own.secretary, own.clerk, own.member, own.suspended].toSorted(),
    );
    expect(state?.sites[own.mainSite]).toMatchObject({
      isMain: true,
      method: 'byName',
      responsible: own.member,
    });
    expect(state?.sites[own.otherSite]).toMatchObject({
      isMain: false,
      method: 'byTeller',
      responsible: null,
    });
    expect(state?.facts).toMatchObject({ committeeName: 'Đảng ủy xã Trong', cellType: 'rural' });
    expect(state?.agenda.map((item) => item.kind)).toContain('scoring');
  });

  test('the rules are those of the committee, inherited and overridden on the way down', async () => {
    const token = await door.tokenOf(village.provinceAdministrator);
    const set = (organizationId: typeof village.province, settings: Record<string, unknown>) =>
      door.ask('updateOrganization', { token, params: { organizationId }, body: { settings } });
    await set(village.province, { attendanceThreshold: 80, minimumVote: 10 });
    await set(village.commune, { attendanceThreshold: 90 });
    const room = await door.registry.room(await summon(door.clock.at));
    expect(room?.state.facts?.rules).toMatchObject({
      attendanceThreshold: 90,
      minimumVote: 10,
      reconnectGrace: 60,
    });
  });

  test('people of one name stand on the roll with what tells them apart', async () => {
    const token = await door.tokenOf(village.administrator);
    const params = { cellId: village.own.cellId };
    const added = await door.ask('addMember', {
      token,
      params,
      body: { name: 'Nông  Văn Trong', birthYear: 1991 },
    });
    const room = await door.registry.room(await summon(door.clock.at));
    const label = (id: string | undefined) =>
      Object.values(room?.state.roll ?? {}).find((e) => e.person === id)?.label;
    expect(label(village.own.member)).toBe('sinh 1970, Tổ 1');
    expect(label(added.value?.personId)).toBe('sinh 1991');
    expect(label(village.own.clerk)).toBeNull();
  });

  test.each([
    [
      'a site of another cell',
      'siteUnknown',
      () => ({ sites: [{ siteId: village.strange.mainSite, method: 'byName' }] }),
    ],
    ['a clerk of another cell', 'officeHolderUnknown', () => ({ clerkId: village.strange.clerk })],
    ['a suspended deputy', 'officeHolderUnknown', () => ({ deputyChairId: village.own.suspended })],
    [
      'a site named twice',
      'malformed',
      () => ({
        sites: [
          { siteId: village.own.mainSite, method: 'byName' },
          { siteId: village.own.mainSite, method: 'byTeller' },
        ],
      }),
    ],
  ] as const)('%s is refused, and nothing is made', async (_what, code, change) => {
    const { own } = village;
    const answer = await door.app.inject({
      method: 'POST',
      url: '/api/meetings',
      headers: { authorization: `Bearer ${await door.tokenOf(own.secretary)}` },
      payload: {
        cellId: own.cellId,
        kind: 'topic',
        title: 'X',
        startsAt: 1,
        sites: [],
        clerkId: own.clerk,
        ...change(),
      },
    });
    expect(answer.json().code).toBe(code);
    expect(await door.index.ofCells([own.cellId])).toEqual([]);
  });
});

describe('SITE3 a site opens by a one-time code under a named responsible person', () => {
  const codeFor = async (responsibleId?: typeof village.own.member) => {
    const meetingId = await summon(door.clock.at);
    const answer = await door.ask('issueSiteCode', {
      token: await door.tokenOf(village.own.clerk),
      params: { meetingId, siteId: village.own.otherSite },
      body: responsibleId === undefined ? {} : { responsibleId },
    });
    if (!answer.value) throw new Error(answer.text);
    return { meetingId, ...answer.value };
  };
  const open = (code: string, remoteAddress?: string) =>
    door.ask('openTerminal', { body: { code }, remoteAddress });

  test('eight digits, once, without an account or a telephone', async () => {
    const { code, meetingId, responsibleName } = await codeFor(village.own.member);
    expect(code).toMatch(/^\d{8}$/);
    expect(responsibleName).toBe('Nông Văn Trong');
    const opened = await open(`${code.slice(0, 4)} ${code.slice(4)}`);
    expect(opened.value?.session).toEqual({
      kind: 'terminal',
      meetingId,
      siteId: village.own.otherSite,
      siteName: 'Điểm trường',
      cellName: 'Chi bộ thôn Trong',
      title: 'Sinh hoạt thường kỳ tháng 11',
      responsibleName: 'Nông Văn Trong',
    });
    const session = await door.auth.sessions.authenticate(opened.value?.accessToken ?? '');
    expect(session).toMatchObject({
      ok: true,
      value: { kind: 'terminal', responsibleId: village.own.member },
    });
    expect(await open(code)).toMatchObject({ status: 401, code: 'codeInvalid' });
  });

  test('a second code for the site ends the first; another site’s stands', async () => {
    const { code, meetingId } = await codeFor();
    const issue = async (siteId: typeof village.own.mainSite) =>
      (
        await door.ask('issueSiteCode', {
          token: await door.tokenOf(village.own.secretary),
          params: { meetingId, siteId },
          body: {},
        })
      ).value?.code ?? '';
    const other = await issue(village.own.mainSite);
    const second = await issue(village.own.otherSite);
    expect(await open(code)).toMatchObject({ code: 'codeInvalid' });
    expect((await open(second)).status).toBe(200);
    expect((await open(other)).status).toBe(200);
  });

  test('it ends with the meeting and after twelve hours', async () => {
    const { code, meetingId } = await codeFor();
    const entry = await door.index.get(meetingId);
    if (!entry) throw new Error('no entry');
    await door.index.upsert({ ...entry, phase: 'sealed' });
    expect(await open(code)).toMatchObject({ code: 'codeInvalid' });
    const late = await codeFor();
    door.clock.at += 12 * HOUR;
    expect(await open(late.code)).toMatchObject({ code: 'codeInvalid' });
  });

  test('nobody answers for a site who is not of the cell', async () => {
    const meetingId = await summon(door.clock.at);
    const answer = await door.ask('issueSiteCode', {
      token: await door.tokenOf(village.own.clerk),
      params: { meetingId, siteId: village.own.otherSite },
      body: { responsibleId: village.strange.member },
    });
    expect(answer.code).toBe('officeHolderUnknown');
    const strange = await door.ask('issueSiteCode', {
      token: await door.tokenOf(village.own.clerk),
      params: { meetingId, siteId: village.strange.mainSite },
      body: {},
    });
    expect(strange.code).toBe('siteUnknown');
  });

  test('who guesses is slowed down, and the hall that has the right code is not', async () => {
    const { code } = await codeFor();
    const guesses = [];
    for (let guess = 0; guess < 12; guess += 1)
      guesses.push((await open(`0000000${guess % 10}`, '10.9.9.9')).code);
    expect(guesses.slice(0, 9)).toEqual(Array(9).fill('codeInvalid'));
    expect(guesses.at(-1)).toBe('tooManyRequests');
    expect((await open(code, '10.1.1.1')).status).toBe(200);
  });

  test('a flood of sign-ins from one place is turned away with the time to wait', async () => {
    const { code } = await codeFor();
    const answers = [];
    for (let round = 0; round < 31; round += 1) answers.push(await open(code, '10.2.2.2'));
    const last = answers.at(-1);
    expect(last).toMatchObject({ status: 429, code: 'tooManyRequests' });
    expect(JSON.parse(last?.text ?? '').params.seconds).toBeGreaterThan(0);
  });
});
