import { connect } from 'node:net';
import { zipSync } from 'fflate';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest';
import { createBackoff } from '../../server/src/auth/backoff.ts';
import { Guesses, type GuessOutcome } from '../../server/src/auth/guesses.ts';
import { deriveKeys } from '../../server/src/auth/keys.ts';
import { TooManyWait, Turns } from '../../server/src/auth/turns.ts';
import { callerOf } from '../../server/src/http/addresses.ts';
import { startDoor } from './support/door.ts';
import { openTestDoor, type TestDoor } from './support/http-app.ts';
import { type MatrixWorld, openMatrixWorld } from './support/matrix-world.ts';
import { openAccount, password, settle, type Village } from './support/village.ts';

let door: TestDoor;
let village: Village;
beforeEach(async () => {
  door = await openTestDoor();
  village = await settle(door);
});
afterEach(() => door.close());

describe('SEC3 guesses', () => {
  test('SEC3 of many guesses at once no more are checked than one after another', async () => {
    await openAccount(door, village.own.member, 'binh');
    const guess = () => door.ask('login', { body: { name: 'Nông Văn Trong', password: 'wrong' } });
    const answers = await Promise.all(Array.from({ length: 20 }, guess));
    expect(answers.filter(({ code }) => code === 'wrongCredentials')).toHaveLength(6);
    expect(answers.filter(({ code }) => code === 'accountLocked')).toHaveLength(14);
    door.clock.at += 15_000;
    const right = await door.ask('login', { body: { name: 'Nông Văn Trong', password } });
    expect(right.status).toBe(200);
  });

  test('SEC3 of many codes of a hall guessed at once eight are free, and the right one is found out by none', async () => {
    const guess = () => door.ask('openTerminal', { body: { code: '00000000' } });
    const answers = await Promise.all(Array.from({ length: 20 }, guess));
    expect(answers.filter(({ code }) => code === 'codeInvalid')).toHaveLength(9);
    expect(answers.filter(({ code }) => code === 'tooManyRequests')).toHaveLength(11);
  });

  test('SEC3 who signs in between guesses takes back that one attempt and no other', () => {
    let at = 0;
    const backoff = createBackoff({ free: 3, firstWaitMs: 1_000, longestWaitMs: 8_000, now: () => at });
    for (let guess = 0; guess < 3; guess += 1) backoff.fail('name');
    backoff.fail('name');
    expect(backoff.waitSeconds('name')).toBe(1);
    backoff.forgive('name');
    expect(backoff.waitSeconds('name')).toBe(0);
    backoff.fail('name');
    expect(backoff.waitSeconds('name')).toBe(1);
    at += 1_000;
    backoff.fail('name');
    expect(backoff.waitSeconds('name')).toBe(2);
    backoff.forgive('nobody');
    expect(backoff.waitSeconds('nobody')).toBe(0);
  });
});

describe('SEC3 NODE9 guesses at several servers', () => {
  const rules = { free: 2, firstWaitMs: 1_000, longestWaitMs: 8_000 };
  const told: GuessOutcome[] = [];

  /** Two servers of one installation that hear of each other. */
  function pair() {
    told.length = 0;
    const parts = { keys: deriveKeys('x'.repeat(48)), now: () => 0 };
    const [a, b] = [new Guesses(parts), new Guesses(parts)];
    const hear = (other: Guesses) => (outcome: GuessOutcome) => {
      told.push(outcome);
      other.note(outcome);
    };
    a.onOutcome(hear(b));
    b.onOutcome(hear(a));
    return [a.counter('pin', rules), b.counter('pin', rules)] as const;
  }

  test('SEC3 what fails at one counts at the other, and is forgotten at both by who gets it right', () => {
    const [a, b] = pair();
    for (const counter of [a, b, a]) {
      counter.begin('somebody');
      counter.failed('somebody');
    }
    expect([a.waitSeconds('somebody'), b.waitSeconds('somebody')]).toEqual([1, 1]);
    expect(a.waitSeconds('another')).toBe(0);
    a.begin('somebody');
    a.succeed('somebody');
    b.begin('somebody');
    expect([a.waitSeconds('somebody'), b.waitSeconds('somebody')]).toEqual([0, 0]);
  });

  test('SEC3 who gets it right at once is spoken of to nobody, and nobody is by name', () => {
    const [a] = pair();
    a.begin('somebody');
    a.succeed('somebody');
    expect(told).toEqual([]);
    a.begin('somebody');
    a.failed('somebody');
    expect(told).toHaveLength(1);
    expect(JSON.stringify(told)).not.toContain('somebody');
  });
});

describe('SEC3 a flood of sign-ins', () => {
  test('SEC3 passwords are checked two at a time, in order, and who would wait too long is told at once', async () => {
    const turns = new Turns({ atOnce: 2, waiting: 3 });
    const begun: number[] = [];
    const ends: (() => void)[] = [];
    const work = (number: number) =>
      turns.take(
        () =>
          new Promise<number>((resolve) => {
            begun.push(number);
            ends[number] = () => resolve(number);
          }),
      );
    const taken = [0, 1, 2, 3, 4].map(work);
    await expect(work(5)).rejects.toThrow(TooManyWait);
    expect(begun).toEqual([0, 1]);
    for (const number of [1, 0, 2, 3, 4]) {
      ends[number]?.();
      expect(await taken[number]).toBe(number);
    }
    expect(begun).toEqual([0, 1, 2, 3, 4]);
    await expect(turns.take(() => Promise.reject(new Error('wrong')))).rejects.toThrow('wrong');
    expect(await turns.take(async () => 'free again')).toBe('free again');
  });
});

describe('SEC4 who asks too often', () => {
  test('SEC4 one person has one allowance over HTTP, whatever the session and the address; others are served', async () => {
    const tokens = [await door.tokenOf(village.own.member), await door.tokenOf(village.own.member)];
    const answers = [];
    for (let count = 0; count < 1_200; count += 1) {
      const remoteAddress = `10.0.${count % 3}.1`;
      answers.push(await door.ask('home', { token: tokens[count % 2], remoteAddress }));
      if (answers.at(-1)?.code !== null) break;
    }
    expect(answers.at(-1)).toMatchObject({ status: 429, code: 'tooManyRequests' });
    expect(answers.length).toBeGreaterThan(400);
    expect((await door.ask('home', { token: await door.tokenOf(village.own.clerk) })).status).toBe(200);
  });

  test('SEC4 every route counts by address, closer ones as they say', async () => {
    const limitOf = async (method: 'GET' | 'POST', url: string) =>
      Number((await door.app.inject({ method, url })).headers['x-ratelimit-limit']);
    expect(await limitOf('GET', '/api/home')).toBe(18_000);
    expect(await limitOf('GET', '/api/nothing')).toBe(18_000);
    expect(await limitOf('POST', '/api/first-administrator')).toBe(10);
  });

  test.each([
    ['10.1.2.3', '10.1.2.3'],
    ['::ffff:10.1.2.3', '10.1.2.3'],
    ['2001:db8:1:2:3:4:5:6', '2001:db8:1:2::/64'],
    ['2001:0db8:0001:0002::9', '2001:db8:1:2::/64'],
    ['2001:db8::1', '2001:db8:0:0::/64'],
    ['fe80::1%eth0', 'fe80:0:0:0::/64'],
    ['::1', '0:0:0:0::/64'],
  ])('SEC4 %s is counted as %s', (address, caller) => {
    expect(callerOf(address)).toBe(caller);
  });

  test('SEC4 a connection that floods without asking for answers is counted like any other, and ended', async () => {
    const world = await startDoor();
    const [flooder, other] = [await world.personEnters('an'), await world.personEnters('binh')];
    expect(await flooder.ask('clock', {})).toMatchObject({ ok: true });
    const gone = new Promise((resolve) => flooder.socket.on('disconnect', resolve));
    for (let count = 0; count < 700; count += 1) flooder.socket.emit('clock', {});
    await gone;
    expect(await other.ask('clock', {})).toMatchObject({ ok: true });
    await world.close();
    await world.remove();
  });
});

describe('SEC11 meetings of one cell', () => {
  test('SEC11 a hundred may be to come, and not one more', async () => {
    const { own } = village;
    const token = await door.tokenOf(own.secretary);
    const summon = () =>
      door.ask('createMeeting', {
        token,
        body: {
          cellId: own.cellId,
          kind: 'topic',
          title: 'Chuyên đề',
          startsAt: door.clock.at,
          sites: [],
          clerkId: own.clerk,
        },
      });
    for (let count = 0; count < 100; count += 1) expect((await summon()).status).toBe(200);
    expect(await summon()).toMatchObject({ status: 422, code: 'tooMany' });
  });
});

describe('SEC4 connections', () => {
  test('SEC4 one person holds 64 connections at most, and another one when one of them has ended', async () => {
    const world = await startDoor();
    const guests = [];
    for (let count = 0; count < 64; count += 1) {
      const guest = await world.personEnters('an');
      expect(await guest.ask('clock', {})).toMatchObject({ ok: true });
      guests.push(guest);
    }
    const refusalOf = async () => {
      const { socket } = await world.personEnters('an');
      return new Promise((resolve) => {
        socket.on('connect_error', (error: Error & { data?: { code?: string } }) =>
          resolve(error.data?.code),
        );
        socket.on('connect', () => resolve('connected'));
      });
    };
    expect(await refusalOf()).toBe('tooManyRequests');
    expect(await (await world.personEnters('binh')).ask('clock', {})).toMatchObject({ ok: true });
    guests[0]?.socket.disconnect();
    await vi.waitFor(async () => expect(await refusalOf()).toBe('connected'), {
      timeout: 5_000,
      interval: 50,
    });
    await world.close();
    await world.remove();
  });
});

describe('SEC7 uploads', () => {
  const upload = async (payload: Buffer) => {
    const answer = await door.app.inject({
      method: 'POST',
      url: `/api/cells/${village.own.cellId}/members/import?mode=preview`,
      headers: {
        authorization: `Bearer ${await door.tokenOf(village.administrator)}`,
        'content-type': 'multipart/form-data; boundary=bbb',
      },
      payload,
    });
    return answer.json().code ?? 'ok';
  };
  const head = '--bbb\r\ncontent-disposition: form-data; name="file"; filename="a.xlsx"\r\n\r\n';
  const part = (file: Buffer) => Buffer.concat([Buffer.from(head), file, Buffer.from('\r\n--bbb--\r\n')]);

  test('SEC7 seed 6, message 14562: one that breaks off is a file that cannot be read, and no fault of the server', async () => {
    expect(await upload(Buffer.from(head))).toBe('fileNotReadable');
    expect(await upload(Buffer.from(`${head}STT;Họ và tên`))).toBe('fileNotReadable');
    expect(await upload(Buffer.from('--bbb\r\n'))).toBe('fileNotReadable');
  });

  test('SEC7 an archive that unpacks to far more than it says is given up, while others are answered', async () => {
    const zip = Buffer.from(
      zipSync({
        '[Content_Types].xml': new Uint8Array(0),
        'xl/worksheets/sheet1.xml': new Uint8Array(300 * 2 ** 20),
      }),
    );
    // Its directory says that nothing is in it.
    for (
      let at = zip.indexOf('PK\x01\x02', 0, 'latin1');
      at >= 0;
      at = zip.indexOf('PK\x01\x02', at + 4, 'latin1')
    )
      zip.writeUInt32LE(10, at + 24);
    const order: string[] = [];
    const token = await door.tokenOf(village.own.member);
    const uploaded = upload(part(zip)).then((code) => order.push(code));
    await door.ask('home', { token }).then(({ status }) => order.push(String(status)));
    await uploaded;
    expect(order).toEqual(['200', 'fileNotReadable']);
  });
});

describe('SEC6 what is no HTTP', () => {
  let world: MatrixWorld;
  let port: number;
  beforeAll(async () => {
    world = await openMatrixWorld();
    port = Number(new URL(await world.app.http.listen({ host: '127.0.0.1', port: 0 })).port);
  });
  afterAll(() => world.close());

  const say = (text: string) =>
    new Promise<string>((resolve) => {
      const socket = connect(port, '127.0.0.1');
      let answer = '';
      socket.setEncoding('utf8').on('data', (piece) => {
        answer += piece;
      });
      socket.on('close', () => resolve(answer));
      socket.write(text);
    });

  test.each([
    [
      'seed 1, message 2348: no header at all',
      'POST /api/refresh HTTP/1.1\r\nx-a: b\r\nconnection: lose\u0001\r\n\r\n',
      400,
    ],
    ['seed 1, message 2495: a line of nonsense', 'H0PpplClNd4qFt1hVyKeGFuh0414\r\n\r\n', 400],
    ['seed 1, message 2388: endless headers', `GET / HTTP/1.1\r\nx-a: ${'a'.repeat(40_000)}\r\n\r\n`, 431],
  ])('SEC6 %s is answered with a closed code, and hung up on', async (_, text, status) => {
    const [head = '', body = ''] = (await say(text)).split('\r\n\r\n');
    expect(head).toContain(`HTTP/1.1 ${status} `);
    expect(JSON.parse(body)).toMatchObject({
      code: 'malformed',
      message: expect.stringContaining('Đề nghị'),
    });
  });

  test('SEC6 seed 3, message 17277: a body that no page takes is refused in the same form', async () => {
    const answer = await world.app.http.inject({
      method: 'POST',
      url: '/ap/refresh',
      headers: { 'content-type': 'json;' },
      payload: 'x',
    });
    expect(answer.json()).toMatchObject({ code: 'malformed' });
  });
});
